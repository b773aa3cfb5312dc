package dev.gostub.emulator.machine;

import dev.gostub.emulator.engine.Engine;

/** What one task does while the machine runs. Signals are Linux numbers; 0 means none. */
public sealed interface TaskAction {
    /** Run, and no signal. */
    TaskAction GO_ON = new Continue(0);

    /** Run, after delivery of {@code signal} if it is not 0. */
    record Continue(int signal) implements TaskAction {}

    /** Execute one instruction, a system call included, after delivery of {@code signal} if it is not 0. */
    record Step(int signal) implements TaskAction {}

    /** Run until RIP is outside a range, or a signal comes; at least one instruction, even from a breakpoint. */
    record StepRange(Engine.Range range) implements TaskAction {
        public StepRange(long start, long end) {
            this(new Engine.Range(start, end));
        }
    }

    /** Stay where it is, even while others run. */
    record Stay() implements TaskAction {}
}
