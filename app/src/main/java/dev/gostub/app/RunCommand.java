package dev.gostub.app;

import dev.gostub.emulator.host.Terminal;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.RunPlan;
import dev.gostub.emulator.machine.StopEvent;

/** {@code gostub run}: a machine and nothing else. No class of the debug server is loaded. */
final class RunCommand {
    /** What the user reads when the guest has used up the memory that this JVM may have. */
    static final String OUT_OF_MEMORY =
            "the program used up the memory there is, and was killed; see MaxRAMPercentage in the launcher";

    static final int SIGKILL = 9;
    private static final int SIGINT = 2;
    private static final int SIGNAL_STATUS = 128;
    /** What a terminal sends: SIGHUP, SIGINT, SIGWINCH; bit n for signal n. */
    private static final long KEYBOARD = 1L << 1 | 1L << 2 | 1L << 28;

    private RunCommand() {}

    static int run(Invocation.Run run) throws UserError {
        Logging.level(run.options().logLevel());
        try (GuestStart guest = GuestStart.here(run.options())) {
            // A terminal as input alone sees nothing of a sleep, and a wait for its keys takes real time in any case.
            boolean watched = guest.terminal().isTerminal(Terminal.Stream.OUTPUT);
            Machine machine = guest.machine(guest.start(run.program()), watched);
            guest.opened().ifPresent(opened -> System.err.println("gostub: " + opened));
            int status = toTheEnd(guest, machine, new HostSignals(guest::wake));
            guest.leave(machine);
            return status;
        } catch (BadProgramException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            System.err.println("gostub: " + OUT_OF_MEMORY);
            return SIGNAL_STATUS + SIGKILL;
        }
    }

    private static int toTheEnd(GuestStart guest, Machine machine, HostSignals signals) {
        while (true) {
            StopEvent event = machine.run(RunPlan.ALL, Machine.UNLIMITED, signals::isWaiting);
            if (!(event instanceof StopEvent.Interrupted)) return status(event);
            long set = signals.take();
            for (int signal = 1; signal <= Long.SIZE; signal++) {
                if ((set >>> signal - 1 & 1) == 0) continue;
                send(guest, machine, signal);
                if (!HostSignals.isEnding(signal)) continue;
                if (hasNoEffect(machine.process(), signal)) return SIGNAL_STATUS + signal;
                // A shell or an interpreter lives on by Ctrl-C, as often as it likes.
                boolean keepsIt =
                        signal == SIGINT && machine.process().action(SIGINT).isHandler();
                if (!keepsIt) signals.nextEnds(signal);
            }
        }
    }

    /**
     * A process that is stopped would find the signal when it goes on, for which nobody is here; and whoever sends SIGTERM or SIGHUP to this process wants it to end, even if the program ignores or blocks
     * them. A handler gets its time, until the signal comes again; Ctrl-C may be ignored once, too.
     */
    private static boolean hasNoEffect(Process process, int signal) {
        boolean waits = (process.pendingSet() >>> signal - 1 & 1) != 0;
        return process.isStopped()
                || signal != SIGINT && (waits || process.action(signal).ignores(signal));
    }

    private static void send(GuestStart guest, Machine machine, int signal) {
        boolean fromKeyboard = guest.terminal().isTerminal(Terminal.Stream.INPUT);
        if (fromKeyboard && (1L << signal & KEYBOARD) != 0) machine.signalForeground(signal);
        else machine.kernel().signaling().send(machine.process(), SignalInformation.kernel(signal));
    }

    private static int status(StopEvent event) {
        // Not a type switch: the first one of a JVM costs milliseconds, and every run ends here.
        if (event instanceof StopEvent.Exited exited) return exited.status();
        if (event instanceof StopEvent.KilledBySignal killed) return SIGNAL_STATUS + killed.signal();
        throw new IllegalStateException("a run without a debugger stopped: " + event);
    }
}
