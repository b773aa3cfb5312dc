package dev.gostub.emulator.cpu;

/**
 * Floating-point arithmetic exactly as the processor does it (SDM vol. 1, 4.8 and 4.9): any rounding mode, denormals, the six exceptions. It serves SSE, AVX and x87 alike: operands are
 * taken apart into {@link #a}, {@link #b} and {@link #c}, an operation leaves its result in {@link #r} and, where it is a number that still needs rounding, a second word of significand in {@link #low}; exceptions
 * accumulate in {@link #flags}. NaN operands are the caller's: SSE and x87 have different rules. Holds no architectural state.
 */
public final class SoftFloat {
    /** Exceptions, in the bits of MXCSR and of the x87 status word. */
    public static final int INVALID = 1, DENORMAL = 2, DIVIDE_BY_ZERO = 4, OVERFLOW = 8, UNDERFLOW = 16, PRECISION = 32;

    /** Rounding control, as encoded in MXCSR, the x87 control word and immediates. */
    public static final int NEAREST = 0, DOWN = 1, UP = 2, TRUNCATE = 3;

    /** Kinds of numbers. FINITE is not zero; UNSUPPORTED are encodings of 80 bits that only the 8087 knew. */
    public static final int ZERO = 0, FINITE = 1, INFINITE = 2, QUIET = 3, SIGNALLING = 4, UNSUPPORTED = 5;

    /** What x87 corrects exponents by when #O or #U is not masked (SDM vol. 1, 8.5.4). */
    private static final int BIAS_ADJUSTMENT = 24576;

    private static final long TOP = Long.MIN_VALUE;

    public final Unpacked a = new Unpacked();
    public final Unpacked b = new Unpacked();
    public final Unpacked c = new Unpacked();
    public final Unpacked r = new Unpacked();
    /** The 64 bits below {@code r.significand}; the lowest is set if anything lies below it. */
    public long low;

    /** Exceptions so far; the caller moves them to the status register. */
    public int flags;

    public int rounding;
    /** Denormal operands count as zero. */
    public boolean denormalsAreZero;
    /** Tiny results become zero. */
    public boolean flushToZero;
    /** The last rounding made the magnitude greater: C1 of x87. */
    public boolean roundedUp;
    /** #O is unmasked: #P is then about the result with an exponent of any size, as it is for #U. */
    public boolean overflowUnmasked;
    /** #U is unmasked: it is raised by tiny results even if they are exact. */
    public boolean underflowUnmasked;

    /** A number in parts. */
    public static final class Unpacked {
        public int kind;
        public boolean negative;
        /** The value is {@code significand * 2^(exponent - 63)}. */
        public int exponent;
        /** Bit 63 is set for finite numbers; for NaNs it is, too, bit 62 tells quiet ones, and the payload follows. */
        public long significand;
        /** It was encoded as a denormal number. */
        public boolean denormal;

        /** From the encoded parts; the integer bit is explicit. */
        public void set(boolean negative, int field, long significand, FloatFormat f) {
            this.negative = negative;
            this.significand = significand;
            this.denormal = false;
            if (field == 2 * f.maximum + 1) {
                kind = significand << 1 == 0 ? INFINITE : (significand & 1L << 62) != 0 ? QUIET : SIGNALLING;
            } else if (significand == 0) {
                kind = ZERO;
            } else {
                kind = FINITE;
                int zeros = Long.numberOfLeadingZeros(significand);
                this.significand = significand << zeros;
                exponent = Math.max(field, 1) - f.maximum - zeros;
                denormal = field == 0;
            }
        }

        /** From an x87 register. */
        public void setExtended(int signExponent, long significand) {
            int field = signExponent & 0x7fff;
            set((signExponent & 0x8000) != 0, field, significand, FloatFormat.EXTENDED);
            if (field != 0 && significand >= 0) kind = UNSUPPORTED;
        }

        public void set(Unpacked o) {
            kind = o.kind;
            negative = o.negative;
            exponent = o.exponent;
            significand = o.significand;
            denormal = o.denormal;
        }

        public void set(int kind, boolean negative) {
            this.kind = kind;
            this.negative = negative;
            this.significand = kind == ZERO ? 0 : TOP;
            this.denormal = false;
        }

        public void setFinite(boolean negative, int exponent, long significand) {
            this.kind = FINITE;
            this.negative = negative;
            this.exponent = exponent;
            this.significand = significand;
            this.denormal = false;
        }

        public boolean isNaN() {
            return kind >= QUIET;
        }

        public boolean isZero() {
            return kind == ZERO;
        }

        public boolean isInfinite() {
            return kind == INFINITE;
        }
    }

    /** Takes the modes from MXCSR. */
    public void modes(int mxcsr) {
        rounding = mxcsr >> 13 & 3;
        denormalsAreZero = (mxcsr & 1 << 6) != 0;
        flushToZero = (mxcsr & 1 << 15) != 0 && (mxcsr & 1 << 11) != 0; // without effect while #U is unmasked
        underflowUnmasked = (mxcsr & 1 << 11) == 0;
        overflowUnmasked = (mxcsr & 1 << 10) == 0;
    }

    /** Takes the modes from the x87 control word. */
    public void modesX87(int control) {
        rounding = control >> 10 & 3;
        denormalsAreZero = false;
        flushToZero = false;
        underflowUnmasked = (control & 1 << 4) == 0;
        overflowUnmasked = (control & 1 << 3) == 0;
    }

    /** Takes a number of SSE apart. */
    public void unpack(Unpacked u, long bits, FloatFormat f) {
        f.unpack(bits, u);
        if (denormalsAreZero && u.denormal) u.set(ZERO, u.negative);
    }

    /** The bits of an operand that counts as zero. */
    public long zero(Unpacked u, FloatFormat f) {
        return f.pack(u.negative, 0, 0);
    }

    private void denormalOperand(Unpacked u) {
        if (u.denormal) flags |= DENORMAL;
    }

    /** The result of an invalid operation: the QNaN floating-point indefinite. */
    public void invalid() {
        flags |= INVALID;
        r.set(QUIET, true);
        r.significand = 3L << 62;
    }

    /** {@code r} becomes a NaN operand, quiet. */
    public void propagate(Unpacked nan) {
        if (nan.kind == SIGNALLING) flags |= INVALID;
        r.set(nan);
        r.kind = QUIET;
        r.significand |= 3L << 62;
    }

    // ---- arithmetic on a, b, c into r and low

    /** a + b. */
    public void add() {
        if (a.isInfinite() && b.isInfinite() && a.negative != b.negative) {
            invalid();
            return;
        }
        denormalOperand(a);
        denormalOperand(b);
        sum(a, 0, b);
    }

    /** x + y, where x has a second word. */
    private void sum(Unpacked x, long xLow, Unpacked y) {
        low = 0;
        if (x.isInfinite() || y.isInfinite()) {
            r.set(INFINITE, x.isInfinite() ? x.negative : y.negative);
        } else if (x.isZero() && y.isZero()) {
            r.set(ZERO, x.negative == y.negative ? x.negative : rounding == DOWN);
        } else if (x.isZero()) {
            r.set(y);
        } else if (y.isZero()) {
            r.set(x);
            low = xLow;
        } else if (x.exponent > y.exponent
                || x.exponent == y.exponent && Long.compareUnsigned(x.significand, y.significand) >= 0) {
            sumOrdered(x, xLow, y, 0);
        } else {
            sumOrdered(y, 0, x, xLow);
        }
    }

    /** The first is not smaller in magnitude. */
    private void sumOrdered(Unpacked x, long xLow, Unpacked y, long yLow) {
        int distance = x.exponent - y.exponent;
        long high = shiftedHigh(y.significand, distance);
        long lower = shiftedLow(y.significand, yLow, distance);
        int exponent = x.exponent;
        if (x.negative == y.negative) {
            low = xLow + lower;
            long carry = Long.compareUnsigned(low, xLow) < 0 ? 1 : 0;
            long sum = x.significand + high;
            boolean overflow = Long.compareUnsigned(sum, high) < 0;
            sum += carry;
            overflow |= carry != 0 && sum == 0;
            if (overflow) {
                low = low >>> 1 | sum << 63 | low & 1;
                sum = sum >>> 1 | TOP;
                exponent++;
            }
            r.setFinite(x.negative, exponent, sum);
            return;
        }
        low = xLow - lower;
        long difference = x.significand - high - (Long.compareUnsigned(xLow, lower) < 0 ? 1 : 0);
        if ((difference | low) == 0) {
            r.set(ZERO, rounding == DOWN);
            return;
        }
        int zeros = difference != 0 ? Long.numberOfLeadingZeros(difference) : 64 + Long.numberOfLeadingZeros(low);
        if (zeros >= 64) {
            difference = low << zeros - 64;
            low = 0;
        } else if (zeros > 0) {
            difference = difference << zeros | low >>> 64 - zeros;
            low <<= zeros;
        }
        r.setFinite(x.negative, exponent - zeros, difference);
    }

    private static long shiftedHigh(long high, int distance) {
        return distance >= 64 ? 0 : high >>> distance;
    }

    /** The low word of high:low shifted right; its lowest bit collects what falls out. */
    private static long shiftedLow(long high, long low, int distance) {
        if (distance == 0) return low;
        if (distance >= 128) return (high | low) != 0 ? 1 : 0;
        if (distance == 64) return high | (low != 0 ? 1 : 0);
        if (distance > 64) return high >>> distance - 64 | ((high << 128 - distance | low) != 0 ? 1 : 0);
        return low >>> distance | high << 64 - distance | (low << 64 - distance != 0 ? 1 : 0);
    }

    /** a * b. */
    public void multiply() {
        if (a.isInfinite() && b.isZero() || a.isZero() && b.isInfinite()) {
            invalid();
            return;
        }
        denormalOperand(a);
        denormalOperand(b);
        product();
    }

    /** The product of a and b, whatever they are. */
    void product() {
        boolean negative = a.negative != b.negative;
        low = 0;
        if (a.isInfinite() || b.isInfinite()) {
            r.set(INFINITE, negative);
        } else if (a.isZero() || b.isZero()) {
            r.set(ZERO, negative);
        } else {
            long high = Math.unsignedMultiplyHigh(a.significand, b.significand);
            low = a.significand * b.significand;
            int exponent = a.exponent + b.exponent + 1;
            if (high >= 0) {
                high = high << 1 | low >>> 63;
                low <<= 1;
                exponent--;
            }
            r.setFinite(negative, exponent, high);
        }
    }

    /** a * b + c with one rounding; the significands of a and b have at most 53 bits. */
    public void multiplyAdd() {
        boolean negative = a.negative != b.negative;
        boolean infinite = a.isInfinite() || b.isInfinite();
        if (infinite && (a.isZero() || b.isZero()) || infinite && c.isInfinite() && negative != c.negative) {
            invalid();
            return;
        }
        denormalOperand(a);
        denormalOperand(b);
        denormalOperand(c);
        product();
        a.set(r);
        sum(a, low, c);
    }

    /** a / b. */
    public void divide() {
        if (a.isInfinite() && b.isInfinite() || a.isZero() && b.isZero()) {
            invalid();
            return;
        }
        boolean negative = a.negative != b.negative;
        low = 0;
        if (b.isZero()) {
            if (!a.isInfinite()) flags |= DIVIDE_BY_ZERO;
            r.set(INFINITE, negative);
            return;
        }
        denormalOperand(a);
        denormalOperand(b);
        if (a.isInfinite()) r.set(INFINITE, negative);
        else if (a.isZero() || b.isInfinite()) r.set(ZERO, negative);
        else quotient(negative);
    }

    private void quotient(boolean negative) {
        boolean below = Long.compareUnsigned(a.significand, b.significand) < 0;
        long high = below ? a.significand : a.significand >>> 1;
        long lower = below ? 0 : a.significand << 63;
        long first = divide(high, lower, b.significand);
        long rest = lower - first * b.significand;
        low = divide(rest, 0, b.significand);
        if (low * b.significand != 0) low |= 1;
        r.setFinite(negative, a.exponent - b.exponent - (below ? 1 : 0), first);
    }

    /** high:low divided by a divisor with bit 63 set, high below it: two digits of 32 bits (Knuth, 4.3.1, algorithm D). */
    static long divide(long high, long low, long divisor) {
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

    /** The square root of b. */
    public void squareRoot() {
        if (b.negative && !b.isZero()) {
            invalid();
            return;
        }
        denormalOperand(b);
        low = 0;
        if (b.kind != FINITE) {
            r.set(b);
            return;
        }
        boolean odd = (b.exponent & 1) != 0;
        long high = odd ? b.significand : b.significand >>> 1;
        long lower = odd ? 0 : b.significand << 63;
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
        if (restHigh != 0 || Long.compareUnsigned(rest, root) > 0) low = TOP | 1; // over half
        else if (rest != 0) low = 1;
        r.setFinite(false, b.exponent >> 1, root);
    }

    // ---- rounding

    /** Rounds r to a format of at most 64 bits and returns its bits. */
    public long pack(FloatFormat f) {
        round(f, f.precision);
        return f.pack(r.negative, field(f), r.significand);
    }

    /** The biased exponent of r after {@link #round}. */
    public int field(FloatFormat f) {
        if (r.kind == ZERO) return 0;
        if (r.kind != FINITE) return 2 * f.maximum + 1;
        return r.significand < 0 ? r.exponent + f.maximum : 0;
    }

    /** Rounds r to a precision (x87 has a choice) within the range of exponents of a format. Afterwards bit 63 of a denormal's significand is clear. */
    public void round(FloatFormat f, int precision) {
        if (r.kind != FINITE) return;
        int drop = 64 - precision;
        if (r.exponent < f.minimum) {
            boolean tiny = r.exponent < f.minimum - 1 || !carries(drop);
            if (tiny && underflowUnmasked && f != FloatFormat.HALF) { // nobody sees the number
                roundAt(drop);
                flags |= UNDERFLOW;
                return;
            }
            if (tiny && flushToZero) {
                flags |= UNDERFLOW | PRECISION;
                r.set(ZERO, r.negative);
                return;
            }
            int distance = f.minimum - r.exponent;
            long high = r.significand;
            r.significand = shiftedHigh(high, distance);
            low = shiftedLow(high, low, distance);
            r.exponent = f.minimum;
            boolean inexact = roundAt(drop);
            if (tiny && (inexact || underflowUnmasked)) flags |= UNDERFLOW;
            if (r.significand == 0) r.kind = ZERO;
            return;
        }
        roundAt(drop);
        if (r.exponent > f.maximum) overflow(f, drop);
    }

    /** Rounds r for an x87 register; where #O or #U is not masked, the exponent is corrected so that the number fits. */
    public void roundExtended(int precision) {
        if (r.kind != FINITE) return;
        FloatFormat f = FloatFormat.EXTENDED;
        int drop = 64 - precision;
        if (r.exponent > f.maximum + BIAS_ADJUSTMENT || r.exponent < f.minimum - BIAS_ADJUSTMENT) {
            extreme(f, drop);
        } else if (underflowUnmasked && r.exponent < f.minimum && (r.exponent < f.minimum - 1 || !carries(drop))) {
            flags |= UNDERFLOW;
            r.exponent += BIAS_ADJUSTMENT;
            roundAt(drop);
        } else if (overflowUnmasked && (r.exponent > f.maximum || r.exponent == f.maximum && carries(drop))) {
            flags |= OVERFLOW;
            r.exponent -= BIAS_ADJUSTMENT;
            roundAt(drop);
        } else {
            round(f, precision);
        }
    }

    /** Only FSCALE comes so far out that no correction helps: then the result is that of masked exceptions (observed). */
    private void extreme(FloatFormat f, int drop) {
        boolean unmasked = underflowUnmasked;
        int mode = rounding;
        underflowUnmasked = false;
        if (r.exponent > f.maximum) {
            if (overflowUnmasked) rounding = NEAREST; // infinity in all modes
            overflow(f, drop);
        } else {
            if (unmasked) rounding = TRUNCATE; // zero in all modes
            round(f, 64 - drop);
        }
        flags |= PRECISION;
        rounding = mode;
        underflowUnmasked = unmasked;
    }

    /** Sign and biased exponent of r for an x87 register. */
    public int signExponent() {
        return field(FloatFormat.EXTENDED) | (r.negative ? 0x8000 : 0);
    }

    private void overflow(FloatFormat f, int drop) {
        flags |= overflowUnmasked ? OVERFLOW : OVERFLOW | PRECISION;
        roundedUp = rounding == NEAREST || rounding == (r.negative ? DOWN : UP);
        if (roundedUp) r.set(INFINITE, r.negative);
        else r.setFinite(r.negative, f.maximum, -1L << drop);
    }

    /** Rounding would carry into the next binade. */
    private boolean carries(int drop) {
        return (r.significand | (1L << drop) - 1) == -1L && up(drop);
    }

    /** Drops bits of r and low by the rounding mode; true (and #P) if that changed the value. */
    private boolean roundAt(int drop) {
        boolean inexact = (r.significand & (1L << drop) - 1 | low) != 0;
        if (!inexact) return false;
        flags |= PRECISION;
        boolean up = up(drop);
        roundedUp = up;
        r.significand &= -1L << drop;
        low = 0;
        if (up) {
            r.significand += 1L << drop;
            if (r.significand == 0) {
                r.significand = TOP;
                r.exponent++;
            }
        }
        return true;
    }

    private boolean up(int drop) {
        long rest = r.significand & (1L << drop) - 1;
        if ((rest | low) == 0) return false;
        return switch (rounding) {
            case NEAREST -> {
                boolean odd = (r.significand >>> drop & 1) != 0;
                if (drop == 0) yield low < 0 && (odd || low != TOP);
                long half = 1L << drop - 1;
                yield rest > half || rest == half && (low != 0 || odd);
            }
            case DOWN -> r.negative;
            case UP -> !r.negative;
            default -> false;
        };
    }

    // ---- integers

    /** Sets r to a signed integer; exact. */
    public void fromInteger(long value) {
        low = 0;
        if (value == 0) {
            r.set(ZERO, false);
            return;
        }
        long magnitude = Math.abs(value); // 2^63 for the least
        int zeros = Long.numberOfLeadingZeros(magnitude);
        r.setFinite(value < 0, 63 - zeros, magnitude << zeros);
    }

    /** Rounds u to a signed integer of so many bits; outside of them it is #I and the integer indefinite, the least integer. */
    public long toInteger(Unpacked u, int bits, int mode) {
        long indefinite = -1L << bits - 1;
        if (u.kind == ZERO) return 0;
        if (u.kind != FINITE || u.exponent > 63) {
            flags |= INVALID;
            return indefinite;
        }
        integer(u, mode);
        long most = ~indefinite + (u.negative ? 1 : 0);
        if (Long.compareUnsigned(r.significand, most) > 0) {
            flags |= INVALID;
            return indefinite;
        }
        if (low != 0) flags |= PRECISION;
        return u.negative ? -r.significand : r.significand;
    }

    /** The magnitude of u (at most 2^64) rounded, as an integer in r.significand; low keeps the fraction. Saturates. */
    private void integer(Unpacked u, int mode) {
        int distance = 63 - u.exponent;
        long fraction = shiftedLow(u.significand, 0, distance);
        r.negative = u.negative;
        r.significand = shiftedHigh(u.significand, distance);
        low = fraction;
        int before = rounding;
        rounding = mode;
        roundedUp = up(0);
        if (roundedUp && r.significand != -1L) r.significand++;
        rounding = before;
    }

    /** r = u rounded to an integral value; #P if that changes it. */
    public void toIntegral(Unpacked u, int mode) {
        if (u.kind != FINITE || u.exponent >= 63) {
            low = 0;
            r.set(u);
            return;
        }
        integer(u, mode);
        if (low != 0) flags |= PRECISION;
        low = 0;
        long magnitude = r.significand;
        if (magnitude == 0) {
            r.set(ZERO, u.negative);
            return;
        }
        int zeros = Long.numberOfLeadingZeros(magnitude);
        r.setFinite(u.negative, 63 - zeros, magnitude << zeros);
    }

    /** The order of two operands that are no NaNs: negative, zero or positive. */
    public int compare(Unpacked x, Unpacked y) {
        if (x.isZero() && y.isZero()) return 0;
        if (x.isZero()) return y.negative ? 1 : -1;
        if (y.isZero() || x.negative != y.negative) return x.negative ? -1 : 1;
        int order;
        if (x.isInfinite() || y.isInfinite()) order = Boolean.compare(x.isInfinite(), y.isInfinite());
        else if (x.exponent != y.exponent) order = Integer.compare(x.exponent, y.exponent);
        else order = Long.compareUnsigned(x.significand, y.significand);
        return x.negative ? -order : order;
    }
}
