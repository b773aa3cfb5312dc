package dev.gostub.server.target;

/** What one thread does when the target is resumed. Signals are Linux numbers; 0 means none. */
public sealed interface ResumeAction {
    /** Run, after delivery of {@code signal} if it is not 0. */
    record Continue(int signal) implements ResumeAction {}

    /** Execute one instruction, after delivery of {@code signal} if it is not 0. */
    record Step(int signal) implements ResumeAction {}

    /**
     * Step until the program counter leaves {@code [start, end)} (unsigned); at least one instruction. Any other reason
     * to stop ends it too.
     */
    record StepRange(long start, long end) implements ResumeAction {}

    /** Stay where it is, even while others run. */
    record Stay() implements ResumeAction {}

    /** Continue without a signal. */
    static ResumeAction resume() {
        return new Continue(0);
    }
}
