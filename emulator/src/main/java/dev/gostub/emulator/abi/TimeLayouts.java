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
}
