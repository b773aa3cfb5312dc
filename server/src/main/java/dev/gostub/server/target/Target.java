package dev.gostub.server.target;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a debug session works on: an all-stop machine that holds at most one process.
 *
 * <pre>
 * Target ── Inferior        the live process: threads, registers, memory, breakpoints
 *    ├───── GuestFiles      files as the guest sees them
 *    └───── Launcher, Watchpoints, …   what this target can do besides
 * </pre>
 *
 * <p>One thread at a time uses a target (the session's); between sessions the process stays as it was. A capability method
 * answers the same for the whole life of a session. An {@link IllegalStateException} from any method means a defect: the
 * call that met it ends with an error, nothing more.
 */
public interface Target {
    /** The live process; empty before the first run and after the process has ended. */
    Optional<Inferior> inferior();

    /** Why the target stands where it stands; empty if there was no process yet. */
    Optional<StopReason> lastStop();

    /**
     * Runs until there is a reason to stop. A breakpoint at the current program counter of a thread that moves is hit at
     * once, as an {@code int3} there would be, unless the thread steps over it ({@code Step} executes the instruction).
     *
     * @param plan what each thread does; names only live threads
     * @param interrupted polled between slices of some 100,000 instructions, and while every thread sleeps; once true,
     *     the target stops with {@link StopReason.Interrupted} unless it has another reason
     * @throws TargetException nothing was run
     */
    StopReason resume(ResumePlan plan, BooleanSupplier interrupted) throws TargetException;

    /**
     * True if a resume by this plan is over in a moment, unless something unusual comes between: a step over an instruction that is no system call. It may say no where it could say yes.
     */
    default boolean isBrief(ResumePlan plan) {
        return false;
    }

    /** Any thread: {@code interrupted} has become true, for a target that is asleep in {@link #resume} to look up. */
    default void wake() {}

    /** Ends the process, if there is one. {@link #lastStop} is then {@code Killed} by signal 9. */
    void kill();

    /**
     * Lets go of the process: breakpoints and watchpoints are removed; it stays stopped and can be attached to again.
     * Called on the protocol's {@code D}.
     */
    void detach();

    /** How signals are treated from now on. */
    void signalPolicy(SignalPolicy policy);

    /** Sets whether {@link #resume} returns {@link StopReason.Executed}; to begin with it does not. */
    void reportExecutions(boolean report);

    /** Sends the guest's standard output and error to {@code sink}; empty: to where the program's owner sends them. */
    void output(Optional<OutputSink> sink);

    GuestFiles files();

    default Optional<Launcher> launcher() {
        return Optional.empty();
    }

    default Optional<Watchpoints> watchpoints() {
        return Optional.empty();
    }

    default Optional<Catchpoints> catchpoints() {
        return Optional.empty();
    }

    default List<MonitorCommand> monitorCommands() {
        return List.of();
    }
}
