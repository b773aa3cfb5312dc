package dev.gostub.emulator.abi;

/** Clock numbers and timer flags ({@code linux/time.h}). */
public final class Clocks {
    // spotless:off
    public static final int CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 1, CLOCK_PROCESS_CPUTIME_ID = 2, CLOCK_THREAD_CPUTIME_ID = 3,
            CLOCK_MONOTONIC_RAW = 4, CLOCK_REALTIME_COARSE = 5, CLOCK_MONOTONIC_COARSE = 6, CLOCK_BOOTTIME = 7, CLOCK_REALTIME_ALARM = 8,
            CLOCK_BOOTTIME_ALARM = 9, CLOCK_TAI = 11;
    public static final int TIMER_ABSTIME = 1;
    public static final int ITIMER_REAL = 0, ITIMER_VIRTUAL = 1, ITIMER_PROF = 2;
    /** Ticks of {@code times(2)} and of AT_CLKTCK in a second. */
    public static final int USER_HZ = 100;
    /** {@code struct sigevent}. */
    public static final int SIGEVENT_BYTES = 64;
    // spotless:on

    private Clocks() {}
}
