package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;

/**
 * Arithmetic on one double. The JVM's is IEEE 754 with rounding to nearest, so its result is the processor's wherever nothing but #P can be raised: operands and result are normal or zero, rounding is to nearest, and #P is masked
 * and either already set or, as the error term shows, not raised. Everything else goes the exact way, {@link FloatArithmetic#exact}.
 */
final class ScalarDouble {
    /** Rounding control, #P's mask and #P in MXCSR. */
    private static final int MODES = 0x7020, NEAREST_INEXACT = 0x1020, NEAREST = 0x1000;

    private ScalarDouble() {}

    /** Zero or normal. */
    private static boolean plain(long x) {
        long magnitude = x << 1;
        return magnitude == 0 || Long.compareUnsigned(magnitude - (1L << 53), 0x7feL << 53) < 0;
    }

    /** Normal, and not the least one, at which tininess is a question of the bits behind it. */
    static boolean clear(long x) {
        return Long.compareUnsigned((x << 1) - (2L << 53), 0x7fdL << 53) < 0;
    }

    /** Zero or of a magnitude that error terms neither overflow nor underflow at. */
    private static boolean moderate(long x) {
        int field = (int) (x >>> 52) & 0x7ff;
        return x << 1 == 0 || field > 0x200 && field < 0x600;
    }

    private static boolean inexactIsSet(Cpu c) {
        return (c.mxcsr & MODES) == NEAREST_INEXACT;
    }

    static long add(Cpu c, long x, long y) {
        double a = Double.longBitsToDouble(x);
        double b = Double.longBitsToDouble(y);
        double r = a + b;
        long z = Double.doubleToRawLongBits(r);
        if (plain(x) && plain(y) && (clear(z) || z << 1 == 0) && (c.mxcsr & MODES & ~0x20) == NEAREST) {
            if ((c.mxcsr & 0x20) != 0 || moderate(x) && moderate(y) && exactSum(a, b, r)) return z;
        }
        return FloatArithmetic.ADD.exact(c, FloatFormat.DOUBLE, x, y);
    }

    static long subtract(Cpu c, long x, long y) {
        double a = Double.longBitsToDouble(x);
        double b = Double.longBitsToDouble(y);
        double r = a - b;
        long z = Double.doubleToRawLongBits(r);
        if (plain(x) && plain(y) && (clear(z) || z << 1 == 0) && (c.mxcsr & MODES & ~0x20) == NEAREST) {
            if ((c.mxcsr & 0x20) != 0 || moderate(x) && moderate(y) && exactSum(a, -b, r)) return z;
        }
        return FloatArithmetic.SUB.exact(c, FloatFormat.DOUBLE, x, y);
    }

    /** Knuth, TAOCP vol. 2, 4.2.2, theorem B. */
    private static boolean exactSum(double a, double b, double sum) {
        double virtual = sum - a;
        return a - (sum - virtual) + (b - virtual) == 0;
    }

    static long multiply(Cpu c, long x, long y) {
        double a = Double.longBitsToDouble(x);
        double b = Double.longBitsToDouble(y);
        double r = a * b;
        long z = Double.doubleToRawLongBits(r);
        if (plain(x) && plain(y) && (clear(z) || x << 1 == 0 || y << 1 == 0)) {
            if (inexactIsSet(c)) return z;
            if ((c.mxcsr & MODES) == NEAREST && moderate(z) && Math.fma(a, b, -r) == 0) return z;
        }
        return FloatArithmetic.MUL.exact(c, FloatFormat.DOUBLE, x, y);
    }

    static long divide(Cpu c, long x, long y) {
        double a = Double.longBitsToDouble(x);
        double b = Double.longBitsToDouble(y);
        double r = a / b;
        long z = Double.doubleToRawLongBits(r);
        if (plain(x) && plain(y) && (clear(z) || x << 1 == 0 && y << 1 != 0)) {
            if (inexactIsSet(c)) return z;
            if ((c.mxcsr & MODES) == NEAREST && moderate(x) && moderate(y) && moderate(z) && Math.fma(r, b, -a) == 0)
                return z;
        }
        return FloatArithmetic.DIV.exact(c, FloatFormat.DOUBLE, x, y);
    }

    static long squareRoot(Cpu c, long x) {
        double a = Double.longBitsToDouble(x);
        double r = Math.sqrt(a);
        if (plain(x) && x >= 0) {
            if (inexactIsSet(c)) return Double.doubleToRawLongBits(r);
            if ((c.mxcsr & MODES) == NEAREST && moderate(x) && Math.fma(r, r, -a) == 0)
                return Double.doubleToRawLongBits(r);
        }
        return FloatArithmetic.SQRT.exact(c, FloatFormat.DOUBLE, x, x);
    }

    /** {@link #multiplyAdd} gives the processor's result if that is {@link #clear}. */
    static boolean canMultiplyAdd(Cpu c, long x, long y, long w) {
        return inexactIsSet(c) && plain(x) && plain(y) && plain(w);
    }

    /** x * y + w. */
    static long multiplyAdd(long x, long y, long w) {
        return Double.doubleToRawLongBits(
                Math.fma(Double.longBitsToDouble(x), Double.longBitsToDouble(y), Double.longBitsToDouble(w)));
    }
}
