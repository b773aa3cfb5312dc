package dev.gostub.server.handler;

import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import dev.gostub.server.target.WatchKind;

/** Writes stop replies (manual, E.3) as the client at hand wants them. */
final class StopReplies {
    private static final int SIGINT = 2;
    private static final int SIGTRAP = 5;
    private static final int SIGSTOP = 19;

    private final Dialogue dialogue;

    StopReplies(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** The one answer to a resume. */
    Reply of(StopReason reason) throws TargetException {
        return switch (reason) {
            case StopReason.Exited(long pid, int status) -> end('W', status, pid);
            case StopReason.Killed(long pid, int signal) -> end('X', dialogue.signalToClient(signal), pid);
            case StopReason.NoneLeft() -> Reply.text("N");
            case StopReason.OfThread stop -> Reply.text(ofThread(stop, true));
        };
    }

    /** The answer to {@code ?}: where it stands, without claiming that a breakpoint of this client was hit. */
    Reply atRest(StopReason reason) throws TargetException {
        return switch (reason) {
            case StopReason.OfThread stop ->
                Reply.text(ofThread(stop, dialogue.personality().isLldb()));
            case StopReason.OfEnd _, StopReason.NoneLeft _ -> of(reason);
        };
    }

    /** The answer to {@code vAttach}: stopped, without a signal. */
    Reply attached(ThreadId thread) throws TargetException {
        return Reply.text("T00" + (dialogue.personality().isLldb() ? "" : registers(thread)) + place(thread));
    }

    /** lldb: a thread that is not the reason of the stop. */
    Reply bystander(ThreadId thread) {
        return Reply.text("T00thread:" + dialogue.format(thread) + ";");
    }

    private Reply end(char kind, int number, long pid) {
        String process = dialogue.features().multiprocess() ? ";process:" + Long.toHexString(pid) : "";
        return Reply.text(kind + Hex.ofByte(number) + process);
    }

    private String ofThread(StopReason.OfThread stop, boolean withCause) throws TargetException {
        String signal = "T" + Hex.ofByte(dialogue.signalToClient(signal(stop)));
        String cause = withCause ? cause(stop) : "";
        if (dialogue.personality().isLldb()) {
            return signal + "thread:" + dialogue.format(stop.thread()) + ";threads:" + threads() + ";reason:"
                    + lldbReason(stop) + ";" + cause;
        }
        return signal + cause + registers(stop.thread()) + place(stop.thread());
    }

    private int signal(StopReason.OfThread stop) {
        return switch (stop) {
            case StopReason.Signalled(ThreadId _, int signal) -> signal;
            // What gdbserver and lldb-server report after ^C; dlv never hands the latter's back to the program.
            case StopReason.Interrupted _ -> dialogue.personality().isLldb() ? SIGSTOP : SIGINT;
            // As lldb-server. lldb takes a SIGTRAP at the entry for the breakpoint that it sets there itself, and goes
            // on.
            case StopReason.Started _ -> dialogue.personality().isLldb() ? SIGSTOP : SIGTRAP;
            case StopReason.Breakpoint _,
                    StopReason.Watchpoint _,
                    StopReason.Stepped _,
                    StopReason.CallEntered _,
                    StopReason.CallReturned _,
                    StopReason.Executed _ -> SIGTRAP;
        };
    }

    private String cause(StopReason.OfThread stop) {
        ClientFeatures features = dialogue.features();
        return switch (stop) {
            case StopReason.Breakpoint(ThreadId _, BreakpointKind kind) ->
                switch (kind) {
                    case SOFTWARE -> features.swbreak() ? "swbreak:;" : "";
                    case HARDWARE -> features.hwbreak() ? "hwbreak:;" : "";
                };
            case StopReason.Watchpoint(ThreadId _, WatchKind kind, long address) ->
                watchKey(kind) + ":" + Long.toHexString(address) + ";";
            case StopReason.CallEntered(ThreadId _, long number) -> "syscall_entry:" + Long.toHexString(number) + ";";
            case StopReason.CallReturned(ThreadId _, long number) -> "syscall_return:" + Long.toHexString(number) + ";";
            case StopReason.Executed(ThreadId _, String file) ->
                features.execEvents() ? "exec:" + Hex.of(file) + ";" : "";
            case StopReason.Started _, StopReason.Stepped _, StopReason.Signalled _, StopReason.Interrupted _ -> "";
        };
    }

    private static String watchKey(WatchKind kind) {
        return switch (kind) {
            case WRITE -> "watch";
            case READ -> "rwatch";
            case ACCESS -> "awatch";
        };
    }

    private static String lldbReason(StopReason.OfThread stop) {
        return switch (stop) {
            case StopReason.Breakpoint _ -> "breakpoint";
            // An int3 of the program's own text: lldb-server calls it a breakpoint too, and dlv looks for that.
            case StopReason.Signalled(ThreadId _, int signal) -> signal == SIGTRAP ? "breakpoint" : "signal";
            case StopReason.Watchpoint _ -> "watchpoint";
            case StopReason.Stepped _, StopReason.CallEntered _, StopReason.CallReturned _ -> "trace";
            case StopReason.Executed _ -> "exec";
            case StopReason.Started _, StopReason.Interrupted _ -> "signal";
        };
    }

    private String threads() throws TargetException {
        StringBuilder list = new StringBuilder();
        for (ThreadId thread : dialogue.inferior().threads()) {
            list.append(list.isEmpty() ? "" : ",").append(dialogue.format(thread));
        }
        return list.toString();
    }

    /** Saves gdb a g packet for each step: frame pointer, stack pointer, program counter. */
    private String registers(ThreadId thread) throws TargetException {
        Inferior inferior = dialogue.inferior();
        return register(inferior, thread, Amd64Registers.RBP, Amd64Registers.RBP_OFFSET)
                + register(inferior, thread, Amd64Registers.RSP, Amd64Registers.RSP_OFFSET)
                + register(inferior, thread, Amd64Registers.RIP, Amd64Registers.RIP_OFFSET);
    }

    private static String register(Inferior inferior, ThreadId thread, int number, int offset) throws TargetException {
        return Hex.ofByte(number) + ":" + Hex.of(inferior.register(thread, offset, Long.BYTES)) + ";";
    }

    private String place(ThreadId thread) throws TargetException {
        return "thread:" + dialogue.format(thread) + ";core:"
                + Integer.toHexString(dialogue.inferior().core(thread)) + ";";
    }
}
