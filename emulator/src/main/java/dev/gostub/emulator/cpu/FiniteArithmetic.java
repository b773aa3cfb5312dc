package dev.gostub.emulator.cpu;

/**
 * The arithmetic of a {@link SoftFloat} on numbers that are finite and not zero. Results are not rounded: two words of significand, of which the lowest bit is set if anything lies below it.
 */
final class FiniteArithmetic {
    private FiniteArithmetic() {}

    /** r = x + y, where both have a second word; x is not smaller in magnitude. */
    static void sum(SoftFloat s, UnpackedFloat x, long xLow, UnpackedFloat y, long yLow) {
        int distance = x.exponent - y.exponent;
        long high = Unsigned128.shiftedHigh(y.significand, distance);
        long lower = Unsigned128.shiftedLow(y.significand, yLow, distance);
        int exponent = x.exponent;
        if (x.negative == y.negative) {
            s.low = xLow + lower;
            long carry = Long.compareUnsigned(s.low, xLow) < 0 ? 1 : 0;
            long sum = x.significand + high;
            boolean overflow = Long.compareUnsigned(sum, high) < 0;
            sum += carry;
            overflow |= carry != 0 && sum == 0;
            if (overflow) {
                s.low = s.low >>> 1 | sum << 63 | s.low & 1;
                sum = sum >>> 1 | Long.MIN_VALUE;
                exponent++;
            }
            s.r.setFinite(x.negative, exponent, sum);
            return;
        }
        s.low = xLow - lower;
        long difference = x.significand - high - (Long.compareUnsigned(xLow, lower) < 0 ? 1 : 0);
        if ((difference | s.low) == 0) {
            s.r.set(UnpackedFloat.ZERO, s.rounding == SoftFloat.DOWN);
            return;
        }
        int zeros = difference != 0 ? Long.numberOfLeadingZeros(difference) : 64 + Long.numberOfLeadingZeros(s.low);
        if (zeros >= 64) {
            difference = s.low << zeros - 64;
            s.low = 0;
        } else if (zeros > 0) {
            difference = difference << zeros | s.low >>> 64 - zeros;
            s.low <<= zeros;
        }
        s.r.setFinite(x.negative, exponent - zeros, difference);
    }

    /** r = a * b. */
    static void product(SoftFloat s, boolean negative) {
        long high = Math.unsignedMultiplyHigh(s.a.significand, s.b.significand);
        s.low = s.a.significand * s.b.significand;
        int exponent = s.a.exponent + s.b.exponent + 1;
        if (high >= 0) {
            high = high << 1 | s.low >>> 63;
            s.low <<= 1;
            exponent--;
        }
        s.r.setFinite(negative, exponent, high);
    }

    /** r = a / b. */
    static void quotient(SoftFloat s, boolean negative) {
        boolean below = Long.compareUnsigned(s.a.significand, s.b.significand) < 0;
        long high = below ? s.a.significand : s.a.significand >>> 1;
        long lower = below ? 0 : s.a.significand << 63;
        long first = Unsigned128.divide(high, lower, s.b.significand);
        long rest = lower - first * s.b.significand;
        s.low = Unsigned128.divide(rest, 0, s.b.significand);
        if (s.low * s.b.significand != 0) s.low |= 1;
        s.r.setFinite(negative, s.a.exponent - s.b.exponent - (below ? 1 : 0), first);
    }

    /** r = the square root of b. */
    static void squareRoot(SoftFloat s) {
        boolean odd = (s.b.exponent & 1) != 0;
        long high = odd ? s.b.significand : s.b.significand >>> 1;
        long lower = odd ? 0 : s.b.significand << 63;
        long root = 0;
        long restHigh = 0; // the remainder, below 2^67
        long rest = 0;
        for (int i = 0; i < 64; i++) {
            restHigh = restHigh << 2 | rest >>> 62;
            rest = rest << 2 | high >>> 62;
            high = high << 2 | lower >>> 62;
            lower <<= 2;
            long trialHigh = root >>> 62;
            long trial = root << 2 | 1;
            root <<= 1;
            if (restHigh > trialHigh || restHigh == trialHigh && Long.compareUnsigned(rest, trial) >= 0) {
                restHigh -= trialHigh + (Long.compareUnsigned(rest, trial) < 0 ? 1 : 0);
                rest -= trial;
                root |= 1;
            }
        }
        if (restHigh != 0 || Long.compareUnsigned(rest, root) > 0) s.low = Long.MIN_VALUE | 1; // over half
        else if (rest != 0) s.low = 1;
        s.r.setFinite(false, s.b.exponent >> 1, root);
    }
}
