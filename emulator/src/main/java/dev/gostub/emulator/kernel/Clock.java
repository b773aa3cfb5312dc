package dev.gostub.emulator.kernel;

import dev.gostub.emulator.vfs.GuestClock;

/**
 * The machine's time. It advances by one nanosecond for each retired instruction, and jumps where nothing can run until a timer expires;
 * the sum of the jumps is state like any other.
 */
public final class Clock implements GuestClock {
    /**
     * What CLOCK_MONOTONIC says at the start: a machine that has been up for a while. Zero would be a trap, programs take it for
     * "not set".
     */
    public static final long UPTIME_AT_START_NANOS = 1_000_000_000_000L;

    private final long startDateNanos;
    private long retired;
    private long jumpedNanos;

    Clock(long startDateNanos) {
        this.startDateNanos = startDateNanos;
    }

    /** Instructions that the machine has retired. */
    public long retired() {
        return retired;
    }

    /** Nanoseconds since the start; the time-stamp counter, too, so that both clocks agree. */
    public long sinceStart() {
        return retired + jumpedNanos;
    }

    /** CLOCK_MONOTONIC in nanoseconds. All deadlines in the kernel are of this clock. */
    public long monotonic() {
        return UPTIME_AT_START_NANOS + retired + jumpedNanos;
    }

    /** CLOCK_REALTIME in nanoseconds since 1970. */
    public long realtime() {
        return startDateNanos + retired + jumpedNanos;
    }

    @Override
    public long monotonicNanos() {
        return monotonic();
    }

    @Override
    public long realtimeNanos() {
        return realtime();
    }

    /** What has to be added to a date to have it on {@link #monotonic()}. */
    public long monotonicMinusRealtime() {
        return UPTIME_AT_START_NANOS - startDateNanos;
    }

    /** Counts instructions. */
    public void retire(long instructions) {
        retired += instructions;
    }

    /** Lets time pass without instructions: nothing could run. */
    public void jump(long nanos) {
        jumpedNanos += nanos;
    }

    public Snapshot capture() {
        return new Snapshot(retired, jumpedNanos);
    }

    public void restore(Snapshot snapshot) {
        retired = snapshot.retired;
        jumpedNanos = snapshot.jumpedNanos;
    }

    /** The clock at one moment. */
    public record Snapshot(long retired, long jumpedNanos) {}
}
