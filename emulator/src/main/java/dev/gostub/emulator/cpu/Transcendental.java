package dev.gostub.emulator.cpu;

import java.math.BigInteger;

/**
 * The elementary functions of x87 on fixed-point numbers: integers that count units of {@code 2^-bits}. Results are good to a few units, which is far below what a rounding to 64 bits can see. Slow, and rarely needed.
 */
final class Transcendental {
    /** π to 66 bits, in units of 2^-66: what the processor reduces arguments of trigonometric functions by (SDM vol. 1, 8.3.8). */
    private static final BigInteger SHORT_PI = new BigInteger("c90fdaa22168c234c", 16);

    private static final int SHORT_PI_BITS = 66;

    private final int bits;
    private final BigInteger one;

    Transcendental(int bits) {
        this.bits = bits;
        this.one = BigInteger.ONE.shiftLeft(bits);
    }

    BigInteger one() {
        return one;
    }

    private BigInteger multiply(BigInteger x, BigInteger y) {
        return x.multiply(y).shiftRight(bits);
    }

    BigInteger divide(BigInteger x, BigInteger y) {
        return x.shiftLeft(bits).divide(y);
    }

    /** An argument of a trigonometric function as a multiple of π/2 and a rest of at most π/4. */
    record Reduced(int quadrant, BigInteger rest) {}

    /** Needs at least 67 bits; exact. */
    Reduced reduce(BigInteger x) {
        BigInteger half = SHORT_PI.shiftLeft(bits - SHORT_PI_BITS - 1);
        BigInteger quarter = half.shiftRight(1);
        BigInteger count = x.add(quarter).subtract(mod(x.add(quarter), half)).divide(half);
        return new Reduced(count.intValue() & 3, x.subtract(count.multiply(half)));
    }

    private static BigInteger mod(BigInteger x, BigInteger m) {
        return x.mod(m);
    }

    BigInteger sine(BigInteger x) {
        return alternating(x, x, 1);
    }

    BigInteger cosine(BigInteger x) {
        return alternating(x, one, 0);
    }

    /** first - first x²/((n+1)(n+2)) + … */
    private BigInteger alternating(BigInteger x, BigInteger first, int n) {
        BigInteger square = multiply(x, x);
        BigInteger term = first;
        BigInteger sum = first;
        for (int k = n + 1; term.signum() != 0; k += 2) {
            term = divideSmall(multiply(term, square), (long) k * (k + 1)).negate();
            sum = sum.add(term);
        }
        return sum;
    }

    /** Rounds towards zero, so that terms come to an end. */
    private static BigInteger divideSmall(BigInteger x, long divisor) {
        return x.divide(BigInteger.valueOf(divisor));
    }

    /** e^x - 1 for small x. */
    private BigInteger exponentialLessOne(BigInteger x) {
        BigInteger term = x;
        BigInteger sum = x;
        for (int k = 2; term.signum() != 0; k++) {
            term = term.multiply(x).divide(BigInteger.valueOf(k).shiftLeft(bits));
            sum = sum.add(term);
        }
        return sum;
    }

    /** 2^x - 1. */
    BigInteger powerLessOne(BigInteger x) {
        return exponentialLessOne(multiply(x, naturalLogarithmOfTwo()));
    }

    /** ln 2 = 2 artanh(1/3). */
    BigInteger naturalLogarithmOfTwo() {
        return hyperbolicArcTangent(one.divide(BigInteger.valueOf(3))).shiftLeft(1);
    }

    /** z + z³/3 + z⁵/5 + … */
    BigInteger hyperbolicArcTangent(BigInteger z) {
        return odd(z, false);
    }

    /** z - z³/3 + z⁵/5 - … for z at most 1, halved three times before. */
    BigInteger arcTangent(BigInteger z) {
        BigInteger reduced = z;
        for (int i = 0; i < 3; i++) {
            BigInteger root = one.shiftLeft(bits).add(reduced.multiply(reduced)).sqrt();
            reduced = divide(reduced, one.add(root));
        }
        return odd(reduced, true).shiftLeft(3);
    }

    private BigInteger odd(BigInteger z, boolean alternates) {
        BigInteger square = multiply(z, z);
        BigInteger power = z;
        BigInteger sum = z;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = multiply(power, square);
            if (alternates) power = power.negate();
            if (power.equals(BigInteger.ONE.negate())) break;
            sum = sum.add(divideSmall(power, k));
        }
        return sum;
    }

    /** Machin's formula. */
    BigInteger pi() {
        BigInteger fifth = odd(one.divide(BigInteger.valueOf(5)), true);
        BigInteger other = odd(one.divide(BigInteger.valueOf(239)), true);
        return fifth.shiftLeft(2).subtract(other).shiftLeft(2);
    }
}
