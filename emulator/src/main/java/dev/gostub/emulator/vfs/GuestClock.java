package dev.gostub.emulator.vfs;

/** The guest's clocks, in nanoseconds. */
public interface GuestClock {
    /** Since the machine's boot. */
    long monotonicNanos();

    /** Since 1970-01-01 UTC. */
    long realtimeNanos();
}
