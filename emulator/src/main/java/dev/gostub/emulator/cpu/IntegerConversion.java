package dev.gostub.emulator.cpu;

/** Conversions between floating-point numbers and signed integers, and rounding to an integral value: results go to, and exceptions accumulate in, a {@link SoftFloat}. */
final class IntegerConversion {
    private IntegerConversion() {}

    /** Sets r to a signed integer; exact. */
    static void fromInteger(SoftFloat s, long value) {
        s.low = 0;
        if (value == 0) {
            s.r.set(UnpackedFloat.ZERO, false);
            return;
        }
        long magnitude = Math.abs(value); // 2^63 for the least
        int zeros = Long.numberOfLeadingZeros(magnitude);
        s.r.setFinite(value < 0, 63 - zeros, magnitude << zeros);
    }

    /** Rounds u to a signed integer of so many bits; outside of them it is #I and the integer indefinite, the least integer. */
    static long toInteger(SoftFloat s, UnpackedFloat u, int bits, int mode) {
        long indefinite = -1L << bits - 1;
        if (u.kind == UnpackedFloat.ZERO) return 0;
        if (u.kind != UnpackedFloat.FINITE || u.exponent > 63) {
            s.flags |= SoftFloat.INVALID;
            return indefinite;
        }
        integer(s, u, mode);
        long most = ~indefinite + (u.negative ? 1 : 0);
        if (Long.compareUnsigned(s.r.significand, most) > 0) {
            s.flags |= SoftFloat.INVALID;
            return indefinite;
        }
        if (s.low != 0) s.flags |= SoftFloat.PRECISION;
        return u.negative ? -s.r.significand : s.r.significand;
    }

    /** The magnitude of u (at most 2^64) rounded, as an integer in r.significand; low keeps the fraction. Saturates. */
    private static void integer(SoftFloat s, UnpackedFloat u, int mode) {
        int distance = 63 - u.exponent;
        long fraction = Unsigned128.shiftedLow(u.significand, 0, distance);
        s.r.negative = u.negative;
        s.r.significand = Unsigned128.shiftedHigh(u.significand, distance);
        s.low = fraction;
        int before = s.rounding;
        s.rounding = mode;
        s.roundedUp = Rounding.up(s, 0);
        if (s.roundedUp && s.r.significand != -1L) s.r.significand++;
        s.rounding = before;
    }

    /** r = u rounded to an integral value; #P if that changes it. */
    static void toIntegral(SoftFloat s, UnpackedFloat u, int mode) {
        if (u.kind != UnpackedFloat.FINITE || u.exponent >= 63) {
            s.low = 0;
            s.r.set(u);
            return;
        }
        integer(s, u, mode);
        if (s.low != 0) s.flags |= SoftFloat.PRECISION;
        s.low = 0;
        long magnitude = s.r.significand;
        if (magnitude == 0) {
            s.r.set(UnpackedFloat.ZERO, u.negative);
            return;
        }
        int zeros = Long.numberOfLeadingZeros(magnitude);
        s.r.setFinite(u.negative, 63 - zeros, magnitude << zeros);
    }
}
