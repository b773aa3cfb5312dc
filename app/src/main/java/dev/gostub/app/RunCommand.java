package dev.gostub.app;

import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.StopEvent;

/** {@code gostub run}: a machine and nothing else. No class of the debug server is loaded. */
final class RunCommand {
    private static final int SIGNAL_STATUS = 128;

    private RunCommand() {}

    static int run(Invocation.Run run) throws UserError {
        Logging.level(run.options().logLevel());
        GuestStart guest = GuestStart.here(run.options());
        try {
            return status(guest.machine(guest.start(run.program())).run(Machine.UNLIMITED));
        } catch (BadProgramException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private static int status(StopEvent event) {
        return switch (event) {
            case StopEvent.Exited exited -> exited.status();
            case StopEvent.KilledBySignal killed -> SIGNAL_STATUS + killed.signal();
            case StopEvent.Breakpoint _,
                    StopEvent.Stepped _,
                    StopEvent.SignalReceived _,
                    StopEvent.Executed _,
                    StopEvent.Interrupted _,
                    StopEvent.BudgetUsed _,
                    StopEvent.NoneLeft _ ->
                throw new IllegalStateException("a run without a debugger stopped: " + event);
        };
    }
}
