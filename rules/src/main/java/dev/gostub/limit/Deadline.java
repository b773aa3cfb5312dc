package dev.gostub.limit;

import java.util.function.LongSupplier;

/** A limit that has begun to run. */
public final class Deadline {
    private final TimeLimit limit;
    private final Pace pace;
    private final LongSupplier clock;
    private final long startNanos;

    Deadline(TimeLimit limit, Pace pace, LongSupplier clock) {
        this.limit = limit;
        this.pace = pace;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
    }

    /** True when the time is up. Before that is said, the fixed work is timed again: the machine may have become busy since. */
    public boolean isOver() {
        return leftNanos(pace.factor()) <= 0 && leftNanos(pace.measuredAgain()) <= 0;
    }

    /** How long to wait before {@link #isOver} is asked again; at least 1. */
    public long leftMillis() {
        return Math.max(1, leftNanos(pace.factor()) / 1_000_000);
    }

    private long leftNanos(double factor) {
        return limit.stretched(factor).toNanos() - (clock.getAsLong() - startNanos);
    }
}
