package dev.gostub.app;

import dev.gostub.server.transport.ListenAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line of {@code lldb-server}, as far as dlv and lldb use it to start a stub:
 * {@code gdbserver [--attach PID] [HOST]:PORT [-- PROGRAM ARG...]} (delve, {@code pkg/proc/gdbserial/gdbserver.go}).
 */
final class LldbServerLine {
    /** What lldb passes to a native stub; nothing here depends on them. */
    private static final List<String> NATIVE_CHOICES = List.of("--native-regs", "--setsid", "-S");

    private LldbServerLine() {}

    /** Reads what follows the name {@code lldb-server}. */
    static Invocation parse(List<String> words, GuestOptions options) throws UserError {
        if (words.isEmpty() || !words.getFirst().equals("gdbserver")) {
            throw new UserError("of lldb-server only 'lldb-server gdbserver [HOST]:PORT -- PROGRAM ARG...' is offered");
        }
        OptionalInt attach = OptionalInt.empty();
        Optional<ListenAddress> listen = Optional.empty();
        int at = 1;
        for (; at < words.size() && !words.get(at).equals("--"); at++) {
            String word = words.get(at);
            if (word.equals("--attach") && at + 1 < words.size()) {
                attach = OptionalInt.of(pid(words.get(++at)));
            } else if (listen.isEmpty() && !word.startsWith("-")) {
                listen = Optional.of(Arguments.address(word));
            } else if (!NATIVE_CHOICES.contains(word)) {
                throw new UserError("lldb-server gdbserver: '" + word + "' is not understood");
            }
        }
        if (listen.isEmpty()) throw new UserError("lldb-server gdbserver: no [HOST]:PORT given");
        List<String> program = at < words.size() ? words.subList(at + 1, words.size()) : List.of();
        Optional<ProgramLine> line = program.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProgramLine(program.getFirst(), program.subList(1, program.size())));
        if (attach.isPresent() && line.isEmpty()) {
            throw new UserError("lldb-server gdbserver: cannot attach to process " + attach.getAsInt()
                    + ": the emulator runs its own programs only; use dlv exec instead of dlv attach");
        }
        return new Invocation.LldbServer(listen.get(), attach, options, line);
    }

    private static int pid(String text) throws UserError {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new UserError("lldb-server gdbserver: '" + text + "' is no process id");
        }
    }
}
