package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;

/** Arithmetic on one float, in the low half of a long. See {@link ScalarDouble}; here a double holds the error terms. */
final class ScalarSingle {
    private static final int MODES = 0x7020, NEAREST_INEXACT = 0x1020, NEAREST = 0x1000;

    private ScalarSingle() {}

    private static boolean plain(int x) {
        int magnitude = x << 1;
        return magnitude == 0 || Integer.compareUnsigned(magnitude - (1 << 24), 0xfe << 24) < 0;
    }

    static boolean clear(int x) {
        return Integer.compareUnsigned((x << 1) - (2 << 24), 0xfd << 24) < 0;
    }

    private static boolean nearest(Cpu c, boolean exact) {
        int modes = c.mxcsr & MODES;
        return modes == NEAREST_INEXACT || exact && modes == NEAREST;
    }

    private static long bits(float r) {
        return Float.floatToRawIntBits(r) & 0xffffffffL;
    }

    static long add(Cpu c, long x, long y) {
        float a = Float.intBitsToFloat((int) x);
        float b = Float.intBitsToFloat((int) y);
        float r = a + b;
        int z = Float.floatToRawIntBits(r);
        if (plain((int) x) && plain((int) y) && (clear(z) || z << 1 == 0) && nearest(c, exactSum(a, b, r)))
            return z & 0xffffffffL;
        return FloatArithmetic.ADD.exact(c, FloatFormat.SINGLE, x, y);
    }

    static long subtract(Cpu c, long x, long y) {
        float a = Float.intBitsToFloat((int) x);
        float b = Float.intBitsToFloat((int) y);
        float r = a - b;
        int z = Float.floatToRawIntBits(r);
        if (plain((int) x) && plain((int) y) && (clear(z) || z << 1 == 0) && nearest(c, exactSum(a, -b, r)))
            return z & 0xffffffffL;
        return FloatArithmetic.SUB.exact(c, FloatFormat.SINGLE, x, y);
    }

    /** The error of a sum of floats, computed in doubles, which cannot overflow. */
    private static boolean exactSum(double a, double b, double sum) {
        double virtual = sum - a;
        return a - (sum - virtual) + (b - virtual) == 0;
    }

    static long multiply(Cpu c, long x, long y) {
        float a = Float.intBitsToFloat((int) x);
        float b = Float.intBitsToFloat((int) y);
        float r = a * b;
        int z = Float.floatToRawIntBits(r);
        if (plain((int) x)
                && plain((int) y)
                && (clear(z) || (int) x << 1 == 0 || (int) y << 1 == 0)
                && nearest(c, (double) a * b == r)) return z & 0xffffffffL;
        return FloatArithmetic.MUL.exact(c, FloatFormat.SINGLE, x, y);
    }

    static long divide(Cpu c, long x, long y) {
        float a = Float.intBitsToFloat((int) x);
        float b = Float.intBitsToFloat((int) y);
        float r = a / b;
        int z = Float.floatToRawIntBits(r);
        if (plain((int) x)
                && plain((int) y)
                && (clear(z) || (int) x << 1 == 0 && (int) y << 1 != 0)
                && nearest(c, (double) r * b == a)) return z & 0xffffffffL;
        return FloatArithmetic.DIV.exact(c, FloatFormat.SINGLE, x, y);
    }

    static long squareRoot(Cpu c, long x) {
        float a = Float.intBitsToFloat((int) x);
        float r = (float) Math.sqrt(a); // rounding twice is innocuous: 53 >= 2 * 24 + 2
        if (plain((int) x) && (int) x >= 0 && nearest(c, (double) r * r == a)) return bits(r);
        return FloatArithmetic.SQRT.exact(c, FloatFormat.SINGLE, x, x);
    }

    static boolean canMultiplyAdd(Cpu c, long x, long y, long w) {
        return (c.mxcsr & MODES) == NEAREST_INEXACT && plain((int) x) && plain((int) y) && plain((int) w);
    }

    /** x * y + w. */
    static long multiplyAdd(long x, long y, long w) {
        return bits(
                Math.fma(Float.intBitsToFloat((int) x), Float.intBitsToFloat((int) y), Float.intBitsToFloat((int) w)));
    }
}
