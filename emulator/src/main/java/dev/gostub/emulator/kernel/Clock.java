package dev.gostub.emulator.kernel;

import dev.gostub.emulator.cpu.TimeStamp;
import dev.gostub.emulator.vfs.GuestClock;

/**
 * The machine's time. It advances by one nanosecond for each retired instruction, by what system calls and wake-ups take on Linux, and jumps where nothing can run
 * until a timer expires. So it is another thing than the number of instructions, which names a moment; what it has passed besides is state like any other.
 */
public final class Clock implements GuestClock {
    /**
     * What CLOCK_MONOTONIC says at the start: a machine that has been up for a while. Zero would be a trap, programs take it for
     * "not set".
     */
    public static final long UPTIME_AT_START_NANOS = 1_000_000_000_000L;

    private final long startDateNanos;
    private final long seed;
    private long retired;
    private long besidesNanos;

    Clock(long startDateNanos, long seed) {
        this.startDateNanos = startDateNanos;
        this.seed = seed;
    }

    /** Instructions that the machine has retired. */
    public long retired() {
        return retired;
    }

    /** Nanoseconds since the start. */
    public long sinceStart() {
        return retired + besidesNanos;
    }

    /** What all clocks have in common: the time-stamp counter, so that programs that read it themselves agree with the kernel. */
    private long counter() {
        return TimeStamp.read(sinceStart(), seed);
    }

    /** CLOCK_MONOTONIC in nanoseconds, as programs read it. All deadlines in the kernel are of this clock. */
    public long monotonic() {
        return UPTIME_AT_START_NANOS + counter();
    }

    /** CLOCK_MONOTONIC without the counter's lead: what is due by this has passed for whoever reads the clock. One instruction is exactly one nanosecond of it. */
    public long due() {
        return UPTIME_AT_START_NANOS + sinceStart();
    }

    /** CLOCK_REALTIME in nanoseconds since 1970. */
    public long realtime() {
        return startDateNanos + counter();
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

    /** Lets time pass without instructions: inside the kernel, or asleep. */
    public void pass(long nanos) {
        besidesNanos += nanos;
    }

    public Snapshot capture() {
        return new Snapshot(retired, besidesNanos);
    }

    public void restore(Snapshot snapshot) {
        retired = snapshot.retired;
        besidesNanos = snapshot.besidesNanos;
    }

    /** The clock at one moment. */
    public record Snapshot(long retired, long besidesNanos) {}
}
