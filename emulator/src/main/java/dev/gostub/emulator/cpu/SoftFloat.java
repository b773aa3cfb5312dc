package dev.gostub.emulator.cpu;

/**
 * Floating-point arithmetic exactly as the processor does it (SDM vol. 1, 4.8 and 4.9): any rounding mode, denormals, the six exceptions. It serves SSE, AVX and x87 alike: operands are
 * taken apart into {@link #a}, {@link #b} and {@link #c}, an operation leaves its result in {@link #r} and, where it is a number that still needs rounding, a second word of significand in {@link #low}; exceptions
 * accumulate in {@link #flags}. NaN operands are the caller's: SSE and x87 have different rules. Holds no architectural state.
 *
 * <pre>
 * SoftFloat ── UnpackedFloat a, b, c, r; modes, exceptions; what operations make of zeros and infinities
 *      ├ FiniteArithmetic ── Unsigned128     the operations on other numbers, unrounded
 *      ├ Rounding                            of r to a format, with overflow and underflow
 *      └ IntegerConversion
 * </pre>
 */
public final class SoftFloat {
    /** Exceptions, in the bits of MXCSR and of the x87 status word. */
    public static final int INVALID = 1, DENORMAL = 2, DIVIDE_BY_ZERO = 4, OVERFLOW = 8, UNDERFLOW = 16, PRECISION = 32;

    /** Rounding control, as encoded in MXCSR, the x87 control word and immediates. */
    public static final int NEAREST = 0, DOWN = 1, UP = 2, TRUNCATE = 3;

    public final UnpackedFloat a = new UnpackedFloat();
    public final UnpackedFloat b = new UnpackedFloat();
    public final UnpackedFloat c = new UnpackedFloat();
    public final UnpackedFloat r = new UnpackedFloat();
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
    public void unpack(UnpackedFloat u, long bits, FloatFormat f) {
        f.unpack(bits, u);
        if (denormalsAreZero && u.denormal) u.set(UnpackedFloat.ZERO, u.negative);
    }

    /** The bits of an operand that counts as zero. */
    public long zero(UnpackedFloat u, FloatFormat f) {
        return f.pack(u.negative, 0, 0);
    }

    private void denormalOperand(UnpackedFloat u) {
        if (u.denormal) flags |= DENORMAL;
    }

    /** The result of an invalid operation: the QNaN floating-point indefinite. */
    public void invalid() {
        flags |= INVALID;
        r.set(UnpackedFloat.QUIET, true);
        r.significand = 3L << 62;
    }

    /** {@code r} becomes a NaN operand, quiet. */
    public void propagate(UnpackedFloat nan) {
        if (nan.kind == UnpackedFloat.SIGNALLING) flags |= INVALID;
        r.set(nan);
        r.kind = UnpackedFloat.QUIET;
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
    private void sum(UnpackedFloat x, long xLow, UnpackedFloat y) {
        low = 0;
        if (x.isInfinite() || y.isInfinite()) {
            r.set(UnpackedFloat.INFINITE, x.isInfinite() ? x.negative : y.negative);
        } else if (x.isZero() && y.isZero()) {
            r.set(UnpackedFloat.ZERO, x.negative == y.negative ? x.negative : rounding == DOWN);
        } else if (x.isZero()) {
            r.set(y);
        } else if (y.isZero()) {
            r.set(x);
            low = xLow;
        } else if (x.exponent > y.exponent
                || x.exponent == y.exponent && Long.compareUnsigned(x.significand, y.significand) >= 0) {
            FiniteArithmetic.sum(this, x, xLow, y, 0);
        } else {
            FiniteArithmetic.sum(this, y, 0, x, xLow);
        }
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
            r.set(UnpackedFloat.INFINITE, negative);
        } else if (a.isZero() || b.isZero()) {
            r.set(UnpackedFloat.ZERO, negative);
        } else {
            FiniteArithmetic.product(this, negative);
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
            r.set(UnpackedFloat.INFINITE, negative);
            return;
        }
        denormalOperand(a);
        denormalOperand(b);
        if (a.isInfinite()) r.set(UnpackedFloat.INFINITE, negative);
        else if (a.isZero() || b.isInfinite()) r.set(UnpackedFloat.ZERO, negative);
        else FiniteArithmetic.quotient(this, negative);
    }

    /** The square root of b. */
    public void squareRoot() {
        if (b.negative && !b.isZero()) {
            invalid();
            return;
        }
        denormalOperand(b);
        low = 0;
        if (b.kind == UnpackedFloat.FINITE) FiniteArithmetic.squareRoot(this);
        else r.set(b);
    }

    // ---- rounding

    /** Rounds r to a format of at most 64 bits and returns its bits. */
    public long pack(FloatFormat f) {
        Rounding.round(this, f, f.precision);
        return f.pack(r.negative, field(f), r.significand);
    }

    /** Rounds r for an x87 register; where #O or #U is not masked, the exponent is corrected so that the number fits. */
    public void roundExtended(int precision) {
        Rounding.roundExtended(this, precision);
    }

    /** Sign and biased exponent of r for an x87 register. */
    public int signExponent() {
        return field(FloatFormat.EXTENDED) | (r.negative ? 0x8000 : 0);
    }

    /** The biased exponent of r, rounded. */
    private int field(FloatFormat f) {
        if (r.isZero()) return 0;
        if (r.kind != UnpackedFloat.FINITE) return 2 * f.maximum + 1;
        return r.significand < 0 ? r.exponent + f.maximum : 0;
    }

    // ---- integers

    /** Sets r to a signed integer; exact. */
    public void fromInteger(long value) {
        IntegerConversion.fromInteger(this, value);
    }

    /** Rounds u to a signed integer of so many bits; outside of them it is #I and the integer indefinite, the least integer. */
    public long toInteger(UnpackedFloat u, int bits, int mode) {
        return IntegerConversion.toInteger(this, u, bits, mode);
    }

    /** r = u rounded to an integral value; #P if that changes it. */
    public void toIntegral(UnpackedFloat u, int mode) {
        IntegerConversion.toIntegral(this, u, mode);
    }
}
