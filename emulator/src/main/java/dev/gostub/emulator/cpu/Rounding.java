package dev.gostub.emulator.cpu;

/**
 * Rounds the result of a {@link SoftFloat} to what a format can hold (SDM vol. 1, 4.8.4), and finds the exceptions of that: overflow, underflow and inexact result (4.9.1.4 to 4.9.1.6).
 */
final class Rounding {
    /** What x87 corrects exponents by when #O or #U is not masked (SDM vol. 1, 8.5.4). */
    private static final int BIAS_ADJUSTMENT = 24576;

    private Rounding() {}

    /** Rounds r to a precision (x87 has a choice) within the range of exponents of a format. Afterwards bit 63 of a denormal's significand is clear. */
    static void round(SoftFloat s, FloatFormat f, int precision) {
        if (s.r.kind != UnpackedFloat.FINITE) return;
        int drop = 64 - precision;
        if (s.r.exponent < f.minimum) {
            boolean tiny = s.r.exponent < f.minimum - 1 || !carries(s, drop);
            if (tiny && s.underflowUnmasked && f != FloatFormat.HALF) { // nobody sees the number
                roundAt(s, drop);
                s.flags |= SoftFloat.UNDERFLOW;
                return;
            }
            if (tiny && s.flushToZero) {
                s.flags |= SoftFloat.UNDERFLOW | SoftFloat.PRECISION;
                s.r.set(UnpackedFloat.ZERO, s.r.negative);
                return;
            }
            int distance = f.minimum - s.r.exponent;
            long high = s.r.significand;
            s.r.significand = Unsigned128.shiftedHigh(high, distance);
            s.low = Unsigned128.shiftedLow(high, s.low, distance);
            s.r.exponent = f.minimum;
            boolean inexact = roundAt(s, drop);
            if (tiny && (inexact || s.underflowUnmasked)) s.flags |= SoftFloat.UNDERFLOW;
            if (s.r.significand == 0) s.r.kind = UnpackedFloat.ZERO;
            return;
        }
        roundAt(s, drop);
        if (s.r.exponent > f.maximum) overflow(s, f, drop);
    }

    /** Rounds r for an x87 register; where #O or #U is not masked, the exponent is corrected so that the number fits. */
    static void roundExtended(SoftFloat s, int precision) {
        if (s.r.kind != UnpackedFloat.FINITE) return;
        FloatFormat f = FloatFormat.EXTENDED;
        int drop = 64 - precision;
        if (s.r.exponent > f.maximum + BIAS_ADJUSTMENT || s.r.exponent < f.minimum - BIAS_ADJUSTMENT) {
            extreme(s, f, drop);
        } else if (s.underflowUnmasked
                && s.r.exponent < f.minimum
                && (s.r.exponent < f.minimum - 1 || !carries(s, drop))) {
            s.flags |= SoftFloat.UNDERFLOW;
            s.r.exponent += BIAS_ADJUSTMENT;
            roundAt(s, drop);
        } else if (s.overflowUnmasked && (s.r.exponent > f.maximum || s.r.exponent == f.maximum && carries(s, drop))) {
            s.flags |= SoftFloat.OVERFLOW;
            s.r.exponent -= BIAS_ADJUSTMENT;
            roundAt(s, drop);
        } else {
            round(s, f, precision);
        }
    }

    /** Only FSCALE comes so far out that no correction helps: then the result is that of masked exceptions (observed). */
    private static void extreme(SoftFloat s, FloatFormat f, int drop) {
        boolean unmasked = s.underflowUnmasked;
        int mode = s.rounding;
        s.underflowUnmasked = false;
        if (s.r.exponent > f.maximum) {
            if (s.overflowUnmasked) s.rounding = SoftFloat.NEAREST; // infinity in all modes
            overflow(s, f, drop);
        } else {
            if (unmasked) s.rounding = SoftFloat.TRUNCATE; // zero in all modes
            round(s, f, 64 - drop);
        }
        s.flags |= SoftFloat.PRECISION;
        s.rounding = mode;
        s.underflowUnmasked = unmasked;
    }

    private static void overflow(SoftFloat s, FloatFormat f, int drop) {
        s.flags |= s.overflowUnmasked ? SoftFloat.OVERFLOW : SoftFloat.OVERFLOW | SoftFloat.PRECISION;
        s.roundedUp = s.rounding == SoftFloat.NEAREST || s.rounding == (s.r.negative ? SoftFloat.DOWN : SoftFloat.UP);
        if (s.roundedUp) s.r.set(UnpackedFloat.INFINITE, s.r.negative);
        else s.r.setFinite(s.r.negative, f.maximum, -1L << drop);
    }

    /** Rounding would carry into the next binade. */
    private static boolean carries(SoftFloat s, int drop) {
        return (s.r.significand | (1L << drop) - 1) == -1L && up(s, drop);
    }

    /** Drops bits of r and low by the rounding mode; true (and #P) if that changed the value. */
    private static boolean roundAt(SoftFloat s, int drop) {
        boolean inexact = (s.r.significand & (1L << drop) - 1 | s.low) != 0;
        if (!inexact) return false;
        s.flags |= SoftFloat.PRECISION;
        boolean up = up(s, drop);
        s.roundedUp = up;
        s.r.significand &= -1L << drop;
        s.low = 0;
        if (up) {
            s.r.significand += 1L << drop;
            if (s.r.significand == 0) {
                s.r.significand = Long.MIN_VALUE;
                s.r.exponent++;
            }
        }
        return true;
    }

    /** Whether the rounding mode makes the magnitude greater when so many bits of r, and low, are dropped. */
    static boolean up(SoftFloat s, int drop) {
        long rest = s.r.significand & (1L << drop) - 1;
        if ((rest | s.low) == 0) return false;
        return switch (s.rounding) {
            case SoftFloat.NEAREST -> {
                boolean odd = (s.r.significand >>> drop & 1) != 0;
                if (drop == 0) yield s.low < 0 && (odd || s.low != Long.MIN_VALUE);
                long half = 1L << drop - 1;
                yield rest > half || rest == half && (s.low != 0 || odd);
            }
            case SoftFloat.DOWN -> s.r.negative;
            case SoftFloat.UP -> !s.r.negative;
            default -> false;
        };
    }
}
