package dev.gostub.emulator.cpu;

import java.math.BigInteger;

/**
 * The elementary functions of x87 for finite operands that are not zero, to 128 bits: rounded to the 64 of a register, the result is the correct one. Processors are allowed an error below one unit in the last place (SDM vol. 1,
 * 8.3.10), so that their last bit may differ. Like {@link SoftFloat}, which holds operands and results; a result counts as inexact unless it is told to be exact.
 */
public final class ElementaryFunctions {
    private final SoftFloat s;

    public ElementaryFunctions(SoftFloat s) {
        this.s = s;
    }

    /** Fraction bits beyond those that a tiny argument needs. */
    private static final int GUARD = 256;

    /** Below 2^-70 the first term of a series is all that a register can hold. */
    private static final int TINY = -70;

    private static int bitsFor(UnpackedFloat u) {
        return GUARD - Math.min(u.exponent, 0);
    }

    /** r = u, inexactly; whatever the rounding mode, as processors answer (observed). */
    private void nearly(UnpackedFloat u) {
        s.r.setFinite(u.negative, u.exponent, u.significand);
        s.low = 0;
        s.flags |= SoftFloat.PRECISION;
        if (u.exponent < FloatFormat.EXTENDED.minimum) s.flags |= SoftFloat.UNDERFLOW;
    }

    /** r = u times a coefficient in units of 2^-GUARD. */
    private void linear(UnpackedFloat u, BigInteger coefficient) {
        setInexact(s.r, coefficient.multiply(unsigned(u.significand)), GUARD + 63);
        s.r.exponent += u.exponent;
        s.r.negative = u.negative;
    }

    private static BigInteger fixed(UnpackedFloat u, int bits) {
        BigInteger significand =
                BigInteger.valueOf(u.significand >>> 1).shiftLeft(1).or(BigInteger.valueOf(u.significand & 1));
        int shift = bits + u.exponent - 63;
        BigInteger magnitude = shift >= 0 ? significand.shiftLeft(shift) : significand.shiftRight(-shift);
        return u.negative ? magnitude.negate() : magnitude;
    }

    /** r = an irrational number, given in units of 2^-bits; so it is never exact. */
    private void setInexact(UnpackedFloat to, BigInteger value, int bits) {
        BigInteger magnitude = value.abs();
        int length = magnitude.bitLength();
        BigInteger top = length >= 128 ? magnitude.shiftRight(length - 128) : magnitude.shiftLeft(128 - length);
        to.setFinite(value.signum() < 0, length - 1 - bits, top.shiftRight(64).longValue());
        s.low = top.longValue() | 1;
    }

    /** r = sin u, finite and below 2^63. */
    public void sine(UnpackedFloat u) {
        trigonometric(u, 0);
    }

    /** r = cos u. */
    public void cosine(UnpackedFloat u) {
        trigonometric(u, 1);
    }

    private void trigonometric(UnpackedFloat u, int quadrants) {
        if (u.exponent < TINY) {
            if (quadrants == 0) {
                nearly(u);
            } else {
                s.r.setFinite(false, 0, Long.MIN_VALUE);
                s.low = 0;
                s.flags |= SoftFloat.PRECISION;
            }
            return;
        }
        int bits = bitsFor(u);
        Transcendental t = new Transcendental(bits);
        Transcendental.Reduced reduced = t.reduce(fixed(u, bits));
        int quadrant = reduced.quadrant() + quadrants & 3;
        BigInteger value = (quadrant & 1) == 0 ? t.sine(reduced.rest()) : t.cosine(reduced.rest());
        setInexact(s.r, quadrant >= 2 ? value.negate() : value, bits);
    }

    /** r = tan u. */
    public void tangent(UnpackedFloat u) {
        if (u.exponent < TINY) {
            nearly(u);
            return;
        }
        int bits = bitsFor(u);
        Transcendental t = new Transcendental(bits);
        Transcendental.Reduced reduced = t.reduce(fixed(u, bits));
        BigInteger sine = t.sine(reduced.rest());
        BigInteger cosine = t.cosine(reduced.rest());
        boolean cotangent = (reduced.quadrant() & 1) != 0;
        setInexact(s.r, cotangent ? t.divide(cosine, sine).negate() : t.divide(sine, cosine), bits);
    }

    /** r = 2^u - 1 for u between -1 and 1. */
    public void powerLessOne(UnpackedFloat u) {
        if (u.exponent < TINY) {
            linear(u, new Transcendental(GUARD).naturalLogarithmOfTwo());
            return;
        }
        int bits = bitsFor(u);
        setInexact(s.r, new Transcendental(bits).powerLessOne(fixed(u, bits)), bits);
    }

    /** r = y * log2(u), for u above zero; exact for powers of two. */
    public void logarithm(UnpackedFloat u, UnpackedFloat y) {
        if (u.significand == Long.MIN_VALUE) {
            s.fromInteger(u.exponent);
        } else {
            boolean upper = u.significand >>> 62 == 3; // keeps the significand between 3/4 and 3/2
            Transcendental t = new Transcendental(GUARD);
            s.c.setFinite(false, upper ? -1 : 0, u.significand);
            BigInteger x = fixed(s.c, GUARD);
            BigInteger natural = t.hyperbolicArcTangent(t.divide(x.subtract(t.one()), x.add(t.one())))
                    .shiftLeft(1);
            BigInteger binary = t.divide(natural, t.naturalLogarithmOfTwo());
            setInexact(
                    s.r,
                    binary.add(BigInteger.valueOf(upper ? u.exponent + 1L : u.exponent)
                            .shiftLeft(GUARD)),
                    GUARD);
        }
        times(y);
    }

    /** r = y * log2(1 + u). */
    public void logarithmOfOneMore(UnpackedFloat u, UnpackedFloat y) {
        if (u.exponent < TINY) {
            Transcendental t = new Transcendental(GUARD);
            linear(u, t.divide(t.one(), t.naturalLogarithmOfTwo()));
            times(y);
            return;
        }
        if (u.exponent >= -1) { // outside of the range that the manual allows
            s.a.setFinite(false, 0, Long.MIN_VALUE);
            s.b.set(u);
            s.add();
            UnpackedFloat sum = new UnpackedFloat();
            sum.set(s.r);
            s.low = 0;
            logarithm(sum, y);
            return;
        }
        int bits = bitsFor(u);
        Transcendental t = new Transcendental(bits);
        BigInteger x = fixed(u, bits);
        BigInteger natural =
                t.hyperbolicArcTangent(t.divide(x, x.add(t.one().shiftLeft(1)))).shiftLeft(1);
        setInexact(s.r, t.divide(natural, t.naturalLogarithmOfTwo()), bits);
        times(y);
    }

    /** r and s.low times y, to 128 bits. */
    private void times(UnpackedFloat y) {
        if (s.r.kind != UnpackedFloat.FINITE || y.kind != UnpackedFloat.FINITE) {
            s.a.set(s.r);
            s.b.set(y);
            s.product();
            return;
        }
        boolean inexact = s.low != 0;
        BigInteger wide =
                unsigned(s.r.significand).shiftLeft(64).or(unsigned(s.low)).multiply(unsigned(y.significand));
        int length = wide.bitLength();
        BigInteger top = wide.shiftRight(length - 128);
        boolean negative = s.r.negative != y.negative;
        s.r.setFinite(
                negative,
                s.r.exponent + y.exponent + length - 191,
                top.shiftRight(64).longValue());
        s.low = top.longValue() | (inexact ? 1 : 0);
    }

    private static BigInteger unsigned(long x) {
        return BigInteger.valueOf(x >>> 1).shiftLeft(1).or(BigInteger.valueOf(x & 1));
    }

    /** r = the angle of the point (x, y), both finite and not zero. */
    public void angle(UnpackedFloat y, UnpackedFloat x) {
        boolean steep = y.exponent > x.exponent
                || y.exponent == x.exponent && Long.compareUnsigned(y.significand, x.significand) > 0;
        UnpackedFloat small = steep ? x : y;
        UnpackedFloat large = steep ? y : x;
        int distance = large.exponent - small.exponent;
        if (distance > -TINY && !steep && !x.negative) {
            s.a.set(y);
            s.b.set(x);
            s.divide();
            s.low |= 1;
            return;
        }
        int bits = GUARD + Math.min(distance, -TINY);
        Transcendental t = new Transcendental(bits);
        BigInteger ratio = distance > GUARD
                ? BigInteger.ONE
                : unsigned(small.significand).shiftLeft(bits - distance).divide(unsigned(large.significand));
        BigInteger angle = t.arcTangent(ratio);
        if (steep) angle = t.pi().shiftRight(1).subtract(angle);
        if (x.negative) angle = t.pi().subtract(angle);
        setInexact(s.r, y.negative ? angle.negate() : angle, bits);
    }

    /** r = so many quarters of π. */
    public void quartersOfPi(int quarters, boolean negative) {
        Transcendental t = new Transcendental(GUARD);
        BigInteger angle = t.pi().multiply(BigInteger.valueOf(quarters)).shiftRight(2);
        setInexact(s.r, negative ? angle.negate() : angle, GUARD);
    }
}
