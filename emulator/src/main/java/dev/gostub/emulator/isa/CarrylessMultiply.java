package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;

/**
 * PCLMULQDQ: the product of two polynomials over GF(2). Integer multiplication of operands in which only every fourth bit is set leaves three bits of room for each sum, the lowest bit of which is the one
 * wanted; the upper half of a product is the lower half of that of the operands in reverse.
 */
public enum CarrylessMultiply implements Blockwise {
    PCLMULQDQ;
    private static final long M0 = 0x1111111111111111L, M1 = M0 << 1, M2 = M0 << 2, M3 = M0 << 3;

    @Override
    public Op lower(Instruction i) {
        return new PackedOps.Pclmulqdq(i);
    }

    @Override
    public long low(long a0, long a1, long b0, long b1, int i) {
        return low((i & 1) == 0 ? a0 : a1, (i & 16) == 0 ? b0 : b1);
    }

    @Override
    public long high(long a0, long a1, long b0, long b1, int i) {
        long x = (i & 1) == 0 ? a0 : a1;
        long y = (i & 16) == 0 ? b0 : b1;
        return high(x, y);
    }

    @Override
    public long mmx(long a, long b, int i) {
        throw new IllegalStateException(name());
    }

    /** The low 64 bits. Sums of up to 15 stay in their four bits; the one of 16 is the highest, whose carry falls off. */
    static long low(long x, long y) {
        long x0 = x & M0, x1 = x & M1, x2 = x & M2, x3 = x & M3;
        long y0 = y & M0, y1 = y & M1, y2 = y & M2, y3 = y & M3;
        return (x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1) & M0
                | (x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2) & M1
                | (x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3) & M2
                | (x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0) & M3;
    }

    /** The high 63 bits. */
    static long high(long x, long y) {
        return Long.reverse(low(Long.reverse(x), Long.reverse(y))) >>> 1;
    }
}
