package dev.gostub.server.target;

/**
 * Why the target stopped. Exactly one is returned for each resume. The program counter is where the debugger expects it:
 * at a breakpoint's address (its instruction not executed), after the instruction that hit a watchpoint, after an
 * {@code int3} of the program's own text, at the instruction that faulted.
 */
public sealed interface StopReason {
    /** A stop of which one thread is the cause, and after which the process still lives. */
    sealed interface OfThread extends StopReason {
        ThreadId thread();
    }

    /** The process is gone. */
    sealed interface OfEnd extends StopReason {
        long pid();
    }

    /** Loaded or attached, nothing executed by this client's order yet. */
    record Started(ThreadId thread) implements OfThread {}

    /** An inserted breakpoint at the program counter; its instruction was not executed. */
    record Breakpoint(ThreadId thread, BreakpointKind kind) implements OfThread {}

    /** A watched access happened. {@code address} is the start of the watchpoint, as it was inserted. */
    record Watchpoint(ThreadId thread, WatchKind kind, long address) implements OfThread {}

    /** The step, or range step, is complete. */
    record Stepped(ThreadId thread) implements OfThread {}

    /** A signal arrived that is not passed silently; it is not delivered yet. Linux number. */
    record Signalled(ThreadId thread, int signal) implements OfThread {}

    /** The {@code interrupted} flag of the resume was seen. */
    record Interrupted(ThreadId thread) implements OfThread {}

    /** At the entry of a system call that is caught: nothing of it is done yet. */
    record CallEntered(ThreadId thread, long number) implements OfThread {}

    /** Behind a system call that is caught. */
    record CallReturned(ThreadId thread, long number) implements OfThread {}

    /** The process has replaced its program; {@code file} is the new one as the guest names it. */
    record Executed(ThreadId thread, String file) implements OfThread {}

    /** The process ended by itself; {@code status} 0 to 255. */
    record Exited(long pid, int status) implements OfEnd {}

    /** The process was ended by a signal. Linux number. */
    record Killed(long pid, int signal) implements OfEnd {}

    /** Every thread that the plan let move has ended, while others stay stopped. */
    record NoneLeft() implements StopReason {}
}
