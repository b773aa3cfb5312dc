package dev.gostub.emulator.vfs;

/**
 * Counts everything that can make a waiting task ready. A kernel that has seen every waiting task since {@link #count} last
 * moved need not look at them again, but for timers.
 */
public final class Changes {
    private long count;

    Changes() {}

    /** Grows with every change. */
    public long count() {
        return count;
    }

    void note() {
        count++;
    }
}
