package dev.gostub.app;

import dev.gostub.server.transport.ListenAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line asks for, checked as far as that is possible without touching anything.
 *
 * <p>Each knows how to carry itself out, rather than one switch over all of them: the first type switch of a JVM costs
 * milliseconds, which no AOT cache saves, in every start.
 */
sealed interface Invocation {
    /**
     * Does what was asked for.
     *
     * @return the exit status
     */
    int carryOut() throws UserError;

    /** {@code gostub debug}. Without a program a client of the extended protocol names one. */
    record Debug(ListenAddress listen, boolean once, GuestOptions options, Optional<ProgramLine> program)
            implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return DebugCommand.debug(this);
        }
    }

    /** {@code gostub run}. */
    record Run(GuestOptions options, ProgramLine program) implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return RunCommand.run(this);
        }
    }

    /**
     * {@code lldb-server gdbserver [--attach PID] [HOST]:PORT [-- PROGRAM ARG...]}, as dlv and lldb start a stub.
     *
     * @param attach the process asked for; we have no processes to attach to, so it must come with a program
     */
    record LldbServer(ListenAddress listen, OptionalInt attach, GuestOptions options, Optional<ProgramLine> program)
            implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return DebugCommand.lldbServer(this);
        }
    }

    /** {@code gostub demo}. */
    record Demo() implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return DebugCommand.demo();
        }
    }

    /** {@code gostub samples}. */
    record ListSamples() implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return Main.print(Samples.embedded().list());
        }
    }

    /** {@code gostub syscalls}. */
    record ListSyscalls() implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return Main.print(SyscallList.text());
        }
    }

    /** {@code gostub dlv}, which the launcher script carries out: it needs this process only to say so. */
    record Delve(List<String> arguments) implements Invocation {
        @Override
        public int carryOut() throws UserError {
            throw new UserError("start dlv through the launcher script: ./gostub dlv ...");
        }
    }

    /** Not for users: goes once through all that a start needs, so that the JVM can record it. */
    record TrainingRun() implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return dev.gostub.app.TrainingRun.run();
        }
    }

    /** Text that was asked for: help or the version. */
    record Show(String text) implements Invocation {
        @Override
        public int carryOut() throws UserError {
            return Main.print(text);
        }
    }
}
