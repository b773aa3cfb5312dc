package dev.gostub.emulator.cpu;

/**
 * What the time-stamp counter reads at a time, and with it every clock that a program can see. A processor's clock never counts a loop twice alike: caches, interrupts and
 * the memory's refresh see to that, and programs take entropy from it (SP 800-90B sources as that of Go's FIPS module, jitterentropy). So the counter runs a little
 * ahead of the time, now more, now less, as the seed says: time is cut into windows, each has its lead, and between them the counter goes straight.
 *
 * <p>That is a function of time and seed and nothing else. It has no state, it never goes back, and nobody who looks can change it.
 */
public final class TimeStamp {
    private static final int WINDOW_SHIFT = 6;
    private static final long WINDOW_MASK = (1L << WINDOW_SHIFT) - 1;
    /** Leads have 5 bits: less than half a window, or the counter could stand still for long. */
    private static final int LEAD_SHIFT = Long.SIZE - 5;

    private TimeStamp() {}

    /** The counter at a time, both in nanoseconds since the start; at least the time, at most 31 more. */
    public static long read(long time, long seed) {
        long window = time >> WINDOW_SHIFT;
        long lead = lead(window, seed);
        long change = lead(window + 1, seed) - lead;
        return time + lead + (change * (time & WINDOW_MASK) >> WINDOW_SHIFT);
    }

    /** SplitMix64 at a place of its sequence. */
    private static long lead(long window, long seed) {
        long z = seed + window * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (z ^ z >>> 31) >>> LEAD_SHIFT;
    }
}
