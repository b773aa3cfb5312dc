package dev.gostub.emulator.machine;

/** What one task does while the machine runs. Signals are Linux numbers; 0 means none. */
public sealed interface TaskAction {
    /** Run, and no signal. */
    TaskAction GO_ON = new Continue(0);

    /** Run, after delivery of {@code signal} if it is not 0. */
    record Continue(int signal) implements TaskAction {}

    /** Execute one instruction, a system call included, after delivery of {@code signal} if it is not 0. */
    record Step(int signal) implements TaskAction {}

    /** Step until RIP leaves {@code [start, end)} (unsigned); at least one instruction. */
    record StepRange(long start, long end) implements TaskAction {
        boolean holds(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    /** Stay where it is, even while others run. */
    record Stay() implements TaskAction {}
}
