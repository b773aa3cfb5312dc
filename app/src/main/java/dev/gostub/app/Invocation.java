package dev.gostub.app;

import dev.gostub.server.transport.ListenAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the command line asks for, checked as far as that is possible without touching anything. */
sealed interface Invocation {
    /** {@code gostub debug}. Without a program a client of the extended protocol names one. */
    record Debug(ListenAddress listen, boolean once, GuestOptions options, Optional<ProgramLine> program)
            implements Invocation {}

    /** {@code gostub run}. */
    record Run(GuestOptions options, ProgramLine program) implements Invocation {}

    /**
     * {@code lldb-server gdbserver [--attach PID] [HOST]:PORT [-- PROGRAM ARG...]}, as dlv and lldb start a stub.
     *
     * @param attach the process asked for; we have no processes to attach to, so it must come with a program
     */
    record LldbServer(ListenAddress listen, OptionalInt attach, Optional<ProgramLine> program) implements Invocation {}

    /** {@code gostub demo}. */
    record Demo() implements Invocation {}

    /** {@code gostub samples}. */
    record ListSamples() implements Invocation {}

    /** {@code gostub syscalls}. */
    record ListSyscalls() implements Invocation {}

    /** {@code gostub dlv}, which the launcher script carries out: it needs this process only to say so. */
    record Delve(List<String> arguments) implements Invocation {}

    /** Not for users: goes once through all that a start needs, so that the JVM can record it. */
    record TrainingRun() implements Invocation {}

    /** Text that was asked for: help or the version. */
    record Show(String text) implements Invocation {}
}
