package dev.gostub.emulator.cpu;

/** Unsigned integers of 128 bits in two words: the significands of exact results, and the dividends of DIV. */
public final class Unsigned128 {
    private Unsigned128() {}

    /** The high word of high:low shifted right. */
    static long shiftedHigh(long high, int distance) {
        return distance >= 64 ? 0 : high >>> distance;
    }

    /** The low word of high:low shifted right; its lowest bit collects what falls out. */
    static long shiftedLow(long high, long low, int distance) {
        if (distance == 0) return low;
        if (distance >= 128) return (high | low) != 0 ? 1 : 0;
        if (distance == 64) return high | (low != 0 ? 1 : 0);
        if (distance > 64) return high >>> distance - 64 | ((high << 128 - distance | low) != 0 ? 1 : 0);
        return low >>> distance | high << 64 - distance | (low << 64 - distance != 0 ? 1 : 0);
    }

    /** high:low divided by a divisor with bit 63 set, high below it: two digits of 32 bits (Knuth, 4.3.1, algorithm D). */
    public static long divide(long high, long low, long divisor) {
        long d1 = divisor >>> 32;
        long d0 = divisor & 0xffffffffL;
        long q1 = digit(high, low >>> 32, d1, d0);
        long rest = (high << 32 | low >>> 32) - q1 * divisor;
        long q0 = digit(rest, low & 0xffffffffL, d1, d0);
        return (q1 << 32) + q0;
    }

    private static long digit(long high, long next, long d1, long d0) {
        long q = Long.divideUnsigned(high, d1);
        long rest = high - q * d1;
        while (q >>> 32 != 0 || Long.compareUnsigned(q * d0, rest << 32 | next) > 0) {
            q--;
            rest += d1;
            if (rest >>> 32 != 0) break;
        }
        return q;
    }
}
