package dev.gostub.server.handler;

import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.MonitorLine;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.MonitorCommand;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/** gdb's {@code monitor}: the target's own commands, and four of the server's. */
public final class MonitorHandler {
    private final Dialogue dialogue;

    /** Serves one session. */
    public MonitorHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code line}. */
    public Reply handle(MonitorLine line) throws TargetException {
        String text = line.text().strip();
        int blank = text.indexOf(' ');
        String word = (blank < 0 ? text : text.substring(0, blank)).toLowerCase(Locale.ROOT);
        String arguments = blank < 0 ? "" : text.substring(blank).strip();
        return Reply.text(Hex.of(run(word, arguments)));
    }

    private String run(String word, String arguments) throws TargetException {
        for (MonitorCommand command : dialogue.target().monitorCommands()) {
            if (command.name().equals(word)) {
                return command.run(arguments);
            }
        }
        return switch (word) {
            case "", "help" -> help();
            case "threads" -> threads();
            case "exit" -> exit();
            case "stop" -> dialogue.target().lastStop().map(stop -> stop + "\n").orElse("nothing was run yet\n");
            default -> "unknown command \"" + word + "\"; try \"monitor help\"\n";
        };
    }

    private String help() {
        StringBuilder text = new StringBuilder();
        describe(text, "help", "this list");
        describe(text, "exit", "end the program and this session");
        describe(text, "stop", "why the program stopped last");
        describe(text, "threads", "number, program counter and name of each thread");
        for (MonitorCommand command : dialogue.target().monitorCommands()) {
            describe(text, command.name(), command.summary());
        }
        return text.toString();
    }

    private static void describe(StringBuilder text, String name, String summary) {
        text.append(name).append(" - ").append(summary).append('\n');
    }

    /** As in gdbserver, whose manual says to use it where {@code kill} would only end the program. */
    private String exit() {
        dialogue.target().kill();
        dialogue.end(EndCause.KILLED);
        return "the program is killed, the session ends\n";
    }

    private String threads() throws TargetException {
        Optional<Inferior> process = dialogue.process();
        if (process.isEmpty()) {
            return "the program is not running\n";
        }
        StringBuilder text = new StringBuilder();
        for (ThreadId thread : process.get().threads()) {
            byte[] pc = process.get().register(thread, Amd64Registers.RIP_OFFSET, Long.BYTES);
            long address = ByteBuffer.wrap(pc).order(ByteOrder.LITTLE_ENDIAN).getLong();
            text.append(thread.tid())
                    .append("  0x")
                    .append(Long.toHexString(address))
                    .append("  ");
            text.append(process.get().threadName(thread)).append('\n');
        }
        return text.toString();
    }
}
