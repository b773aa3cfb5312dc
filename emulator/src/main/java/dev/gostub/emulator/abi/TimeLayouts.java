package dev.gostub.emulator.abi;

import static dev.gostub.emulator.abi.LittleEndian.get64;
import static dev.gostub.emulator.abi.LittleEndian.put64;

/** {@code timespec}, {@code timeval}, {@code itimerspec}, {@code itimerval}: all made of two or four 64-bit words on amd64. */
public final class TimeLayouts {
    public static final int TIMESPEC_BYTES = 16;
    public static final int TIMEVAL_BYTES = 16;
    public static final int ITIMERSPEC_BYTES = 32;

    /** {@code tv_nsec} of {@code utimensat(2)}: now, and leave alone. */
    public static final long UTIME_NOW = 0x3FFFFFFFL;

    public static final long UTIME_OMIT = 0x3FFFFFFEL;

    private static final long NANOS = 1_000_000_000L;
    private static final long MICROS = 1_000_000L;

    private TimeLayouts() {}

    public static void putTimespec(byte[] b, int at, long nanos) {
        put64(b, at, Math.floorDiv(nanos, NANOS));
        put64(b, at + 8, Math.floorMod(nanos, NANOS));
    }

    public static void putTimeval(byte[] b, int at, long nanos) {
        put64(b, at, Math.floorDiv(nanos, NANOS));
        put64(b, at + 8, Math.floorMod(nanos, NANOS) / 1000);
    }

    /** Is the timespec one that Linux takes: seconds not negative, nanoseconds below a second. */
    public static boolean validTimespec(byte[] b, int at) {
        long nanos = get64(b, at + 8);
        return get64(b, at) >= 0 && nanos >= 0 && nanos < NANOS;
    }

    /** Is the timeval one that Linux takes: seconds not negative, microseconds below a second. */
    public static boolean validTimeval(byte[] b, int at) {
        long micros = get64(b, at + 8);
        return get64(b, at) >= 0 && micros >= 0 && micros < MICROS;
    }

    /** Nanoseconds of a valid timespec; {@link Long#MAX_VALUE} if they do not fit. */
    public static long timespecNanos(byte[] b, int at) {
        return saturated(get64(b, at), get64(b, at + 8));
    }

    /** Nanoseconds of a valid timeval; {@link Long#MAX_VALUE} if they do not fit. */
    public static long timevalNanos(byte[] b, int at) {
        return saturated(get64(b, at), get64(b, at + 8) * 1000);
    }

    private static long saturated(long seconds, long nanos) {
        if (seconds > (Long.MAX_VALUE - nanos) / NANOS) {
            return Long.MAX_VALUE;
        }
        return seconds * NANOS + nanos;
    }

    // ---- struct timex

    public static final int TIMEX_BYTES = 208;
    public static final int ADJ_OFFSET_SS_READ = 0xa001;
    /** The clock is not synchronized. */
    public static final int TIME_ERROR = 5;

    private static final int STA_UNSYNC = 0x40;
    /** {@code NTP_PHASE_LIMIT} in microseconds. */
    private static final long LARGEST_ERROR = 16_000_000;

    /** A {@code struct timex} as {@code __do_adjtimex} leaves it where no daemon has ever set the clock. */
    public static byte[] undisciplined(int modes, long nanos) {
        byte[] b = new byte[TIMEX_BYTES];
        LittleEndian.put32(b, 0, modes);
        LittleEndian.put64(b, 24, LARGEST_ERROR);
        LittleEndian.put64(b, 32, LARGEST_ERROR);
        LittleEndian.put32(b, 40, STA_UNSYNC);
        LittleEndian.put64(b, 48, 2);
        LittleEndian.put64(b, 56, 1);
        LittleEndian.put64(b, 64, 500L << 16);
        LittleEndian.put64(b, 72, nanos / 1_000_000_000L);
        LittleEndian.put64(b, 80, nanos % 1_000_000_000L / 1000);
        LittleEndian.put64(b, 88, 10_000);
        return b;
    }
}
