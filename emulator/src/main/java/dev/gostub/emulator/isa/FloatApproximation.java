package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.decode.Instruction;

/**
 * RCPPS, RCPSS, RSQRTPS, RSQRTSS. The manual bounds the error only. Intel's processors answer for the middle of an interval (2,048 of them between powers of two, 1,024 for the root), rounded to 13 bits: found by running through
 * all significands on one of them, and equal for every one. MXCSR plays no part and no exception is raised.
 */
public enum FloatApproximation implements Family, Element {
    RSQRT(0x52),
    RCP(0x53);
    private static final int FRACTION = 0x7fffff, INFINITY = 0x7f800000, SIGN = 1 << 31, QUIET = 1 << 22;

    /** Opcode in map 0F. */
    final int opcode;

    FloatApproximation(int opcode) {
        this.opcode = opcode;
    }

    @Override
    public Op lower(Instruction i) {
        return Elementwise.of(this, i);
    }

    @Override
    public long apply(Cpu c, FloatFormat f, long a, long b, long d) {
        int x = (int) b;
        int sign = x & SIGN;
        int field = x >>> 23 & 0xff;
        int result;
        if (field == 0xff && (x & FRACTION) != 0) result = x | QUIET;
        else if (field == 0) result = sign | INFINITY; // denormals count as zero
        else if (this == RCP) result = field == 0xff ? sign : sign | reciprocal(field, x & FRACTION);
        else result = sign != 0 ? SIGN | INFINITY | QUIET : field == 0xff ? 0 : root(field, x & FRACTION);
        return result & 0xffffffffL;
    }

    /** Tiny results are zero. */
    private static int reciprocal(int field, int fraction) {
        double middle = 1 + ((fraction >> 12) + 0.5) / 2048;
        return field >= 253 ? 0 : packed(253 - field, Math.floor(8192 / middle + 0.5));
    }

    private static int root(int field, int fraction) {
        int exponent = field - 127;
        double middle = (1 + ((fraction >> 13) + 0.5) / 1024) * (1 + (exponent & 1));
        return packed(126 - (exponent >> 1), Math.floor(8192 / Math.sqrt(middle) + 0.5));
    }

    /** The significand has 13 bits, the integer bit among them. */
    private static int packed(int field, double significand) {
        return field << 23 | ((int) significand & 0xfff) << 11;
    }
}
