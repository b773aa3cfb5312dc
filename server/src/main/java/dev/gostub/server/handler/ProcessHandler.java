package dev.gostub.server.handler;

import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.ProcessCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.util.Optional;
import java.util.OptionalLong;

/** Describes the process, ends it, lets go of it, takes it up again. */
public final class ProcessHandler {
    private static final int SIGKILL = 9;

    private final Dialogue dialogue;
    private final BreakpointHandler breakpoints;

    /** Serves one session. */
    public ProcessHandler(Dialogue dialogue, BreakpointHandler breakpoints) {
        this.dialogue = dialogue;
        this.breakpoints = breakpoints;
    }

    /** Answers {@code command}. */
    public Reply handle(ProcessCommand command) throws TargetException {
        return switch (command) {
            case ProcessCommand.Attached() -> attachedOrStarted();
            case ProcessCommand.Kill() -> kill();
            case ProcessCommand.KillProcess(long pid) -> killProcess(pid);
            case ProcessCommand.Detach(OptionalLong pid) -> detach(pid);
            case ProcessCommand.Attach(long pid) -> attach(pid);
            case ProcessCommand.ExecutableAndArguments() -> executableAndArguments();
            case ProcessCommand.Describe() -> describe(dialogue.inferior());
            case ProcessCommand.DescribePid(String pid) -> describePid(pid);
        };
    }

    private Reply attachedOrStarted() {
        return switch (dialogue.personality().origin()) {
            case STARTED -> Reply.text("0");
            case ATTACHED -> Reply.text("1");
        };
    }

    /** {@code X09} suits dlv, which takes {@code OK} for console output; gdb reads no answer. */
    private Reply kill() {
        breakpoints.forget();
        if (dialogue.process().isPresent()) {
            dialogue.target().kill();
        }
        if (dialogue.extended()) {
            return Reply.nothing();
        }
        dialogue.end(EndCause.KILLED);
        return Reply.text("X" + Hex.ofByte(SIGKILL));
    }

    private Reply killProcess(long pid) throws TargetException {
        expect(pid);
        breakpoints.forget();
        dialogue.target().kill();
        if (!dialogue.extended()) {
            dialogue.end(EndCause.KILLED);
        }
        return Reply.ok();
    }

    private Reply detach(OptionalLong pid) throws TargetException {
        if (pid.isPresent()) {
            expect(pid.getAsLong());
        }
        if (dialogue.process().isPresent()) {
            breakpoints.removeAll();
            dialogue.target().detach();
        }
        dialogue.detached();
        if (!dialogue.extended()) {
            dialogue.end(EndCause.DETACHED);
        }
        return Reply.ok();
    }

    private Reply attach(long pid) throws TargetException {
        Optional<Inferior> inferior = dialogue.target().inferior();
        if (inferior.isEmpty() || inferior.get().pid() != pid) {
            throw new TargetException(Errno.ESRCH, "no process " + pid);
        }
        dialogue.attached();
        ThreadId thread = dialogue.currentThread();
        return new StopReplies(dialogue).attached(thread);
    }

    private void expect(long pid) throws TargetException {
        if (dialogue.inferior().pid() != pid) {
            throw new TargetException(Errno.ESRCH, "no process " + pid);
        }
    }

    private Reply executableAndArguments() {
        Optional<Inferior> process = dialogue.process();
        if (process.isEmpty()) {
            return Reply.text("U");
        }
        String arguments = ShellWords.join(process.get().arguments());
        return Reply.text("S;" + Hex.of(process.get().executable()) + ";" + Hex.of(arguments) + ";");
    }

    private Reply describePid(String pid) throws TargetException {
        Inferior inferior = dialogue.inferior();
        if (!pid.equals(Long.toString(inferior.pid()))) {
            throw new TargetException(Errno.ESRCH, "no process " + pid);
        }
        return describe(inferior);
    }

    private static Reply describe(Inferior inferior) {
        return Reply.text("pid:" + Long.toHexString(inferior.pid())
                + ";parent-pid:0;real-uid:0;real-gid:0;effective-uid:0;effective-gid:0;triple:"
                + Hex.of(SessionHandler.TRIPLE) + ";ostype:linux;endian:little;ptrsize:8;name:"
                + Hex.of(inferior.executable()) + ";");
    }
}
