package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;

/** What moves elements about within 128 bits: unpacking, packing, shuffles, byte shifts, alignment, blends by immediate. */
public enum PackedShuffle implements Blockwise {
    PUNPCKLBW,
    PUNPCKLWD,
    PUNPCKLDQ,
    PUNPCKLQDQ,
    PUNPCKHBW,
    PUNPCKHWD,
    PUNPCKHDQ,
    PUNPCKHQDQ,
    PACKSSWB,
    PACKSSDW,
    PACKUSWB,
    PACKUSDW,
    PSHUFB,
    PSHUFD,
    PSHUFHW,
    PSHUFLW,
    /** MMX only. */
    PSHUFW,
    PSLLDQ,
    PSRLDQ,
    PALIGNR,
    PBLENDW,
    /** Two bits of the immediate for each half of a block. */
    VPBLENDD;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.shuffle(this, i);
        return hot != null ? hot : general(i);
    }

    @Override
    public long low(long a0, long a1, long b0, long b1, int i) {
        return switch (this) {
            case PUNPCKLBW -> Swar.interleave8(a0, b0);
            case PUNPCKLWD -> Swar.interleave16(a0, b0);
            case PUNPCKLDQ -> Swar.interleave32(a0, b0);
            case PUNPCKLQDQ -> a0;
            case PUNPCKHBW -> Swar.interleave8(a1, b1);
            case PUNPCKHWD -> Swar.interleave16(a1, b1);
            case PUNPCKHDQ -> Swar.interleave32(a1, b1);
            case PUNPCKHQDQ -> a1;
            case PACKSSWB, PACKSSDW, PACKUSWB, PACKUSDW -> pack(a0, a1);
            case PSHUFB -> bytes(a0, a1, b0);
            case PSHUFD -> doublewords(b0, b1, i);
            case PSHUFHW -> b0;
            case PSHUFLW -> words(b0, i);
            case PSLLDQ -> shifted(0, 0, b0, b1, 16 - i);
            case PSRLDQ -> shifted(b0, b1, 0, 0, i);
            case PALIGNR -> shifted(b0, b1, a0, a1, i);
            case PBLENDW -> blend(a0, b0, i);
            case VPBLENDD -> blend(a0, b0, twice(i));
            case PSHUFW -> throw new IllegalStateException(name());
        };
    }

    @Override
    public long high(long a0, long a1, long b0, long b1, int i) {
        return switch (this) {
            case PUNPCKLBW -> Swar.interleave8(a0 >>> 32, b0 >>> 32);
            case PUNPCKLWD -> Swar.interleave16(a0 >>> 32, b0 >>> 32);
            case PUNPCKLDQ -> Swar.interleave32(a0 >>> 32, b0 >>> 32);
            case PUNPCKLQDQ -> b0;
            case PUNPCKHBW -> Swar.interleave8(a1 >>> 32, b1 >>> 32);
            case PUNPCKHWD -> Swar.interleave16(a1 >>> 32, b1 >>> 32);
            case PUNPCKHDQ -> Swar.interleave32(a1 >>> 32, b1 >>> 32);
            case PUNPCKHQDQ -> b1;
            case PACKSSWB, PACKSSDW, PACKUSWB, PACKUSDW -> pack(b0, b1);
            case PSHUFB -> bytes(a0, a1, b1);
            case PSHUFD -> doublewords(b0, b1, i >> 4);
            case PSHUFHW -> words(b1, i);
            case PSHUFLW -> b1;
            case PSLLDQ -> shifted(0, 0, b0, b1, 24 - i);
            case PSRLDQ -> shifted(b0, b1, 0, 0, i + 8);
            case PALIGNR -> shifted(b0, b1, a0, a1, i + 8);
            case PBLENDW -> blend(a1, b1, i >> 4);
            case VPBLENDD -> blend(a1, b1, twice(i >> 2));
            case PSHUFW -> throw new IllegalStateException(name());
        };
    }

    @Override
    public long mmx(long a, long b, int i) {
        return switch (this) {
            case PUNPCKLBW, PUNPCKLWD, PUNPCKLDQ -> low(a, 0, b, 0, i);
            case PUNPCKHBW -> Swar.interleave8(a >>> 32, b >>> 32);
            case PUNPCKHWD -> Swar.interleave16(a >>> 32, b >>> 32);
            case PUNPCKHDQ -> Swar.interleave32(a >>> 32, b >>> 32);
            case PACKSSWB, PACKSSDW, PACKUSWB -> pack(a, b);
            case PSHUFB -> bytes(a, a, b);
            case PSHUFW -> words(b, i);
            case PALIGNR -> shifted(b, a, 0, 0, i);
            default -> throw new IllegalStateException(name());
        };
    }

    @Override
    public int upperImmediate(int i) {
        return this == VPBLENDD ? i >> 4 : i;
    }

    /** Eight bytes from position {@code at} of the 32 bytes x0 to x3; zeros outside of them. */
    static long shifted(long x0, long x1, long x2, long x3, int at) {
        int lane = at >> 3;
        int bits = (at & 7) * 8;
        long low = lane(x0, x1, x2, x3, lane);
        return bits == 0 ? low : low >>> bits | lane(x0, x1, x2, x3, lane + 1) << 64 - bits;
    }

    private static long lane(long x0, long x1, long x2, long x3, int k) {
        return switch (k) {
            case 0 -> x0;
            case 1 -> x1;
            case 2 -> x2;
            case 3 -> x3;
            default -> 0;
        };
    }

    /** PSHUFB: bytes of (x0, x1) by the indices in {@code control}; zero where its top bit is set. */
    static long bytes(long x0, long x1, long control) {
        long result = 0;
        for (int k = 56; k >= 0; k -= 8) {
            int at = (int) (control >>> k);
            long from = (at & 8) == 0 ? x0 : x1;
            result = result << 8 | ((at & 0x80) != 0 ? 0 : from >>> (at << 3 & 63) & 0xff);
        }
        return result;
    }

    /** Two doublewords of (x0, x1) by two 2-bit indices. */
    static long doublewords(long x0, long x1, int i) {
        long low = ((i & 2) == 0 ? x0 : x1) >>> ((i & 1) << 5);
        long high = ((i & 8) == 0 ? x0 : x1) >>> ((i & 4) << 3);
        return low & 0xffffffffL | high << 32;
    }

    /** Four words of {@code x} by four 2-bit indices. */
    private static long words(long x, int i) {
        return x >>> (i & 3) * 16 & 0xffff
                | (x >>> (i >> 2 & 3) * 16 & 0xffff) << 16
                | (x >>> (i >> 4 & 3) * 16 & 0xffff) << 32
                | x >>> (i >> 6 & 3) * 16 << 48;
    }

    /** Words of {@code b} where the mask has a one. */
    private static long blend(long a, long b, int mask) {
        long ones = (mask & 1) | (mask & 2L) << 15 | (mask & 4L) << 30 | (mask & 8L) << 45;
        return Swar.select(ones * 0xffff, b, a);
    }

    private static int twice(int i) {
        return (i & 1) * 3 | (i & 2) * 6;
    }

    /** The elements of (x0, x1), lowest first, each cut to half its width with saturation. */
    private long pack(long x0, long x1) {
        return half(x0) & 0xffffffffL | half(x1) << 32;
    }

    private long half(long x) {
        return switch (this) {
            case PACKSSWB -> bytes(x, -128, 127);
            case PACKUSWB -> bytes(x, 0, 255);
            case PACKSSDW ->
                clamp((int) x, -32768, 32767) & 0xffff | (clamp((int) (x >>> 32), -32768, 32767) & 0xffff) << 16;
            default -> clamp((int) x, 0, 65535) | (long) clamp((int) (x >>> 32), 0, 65535) << 16;
        };
    }

    private static long bytes(long x, int least, int greatest) {
        long result = 0;
        for (int k = 3; k >= 0; k--) result = result << 8 | clamp(Swar.word(x, k), least, greatest) & 0xff;
        return result;
    }

    private static int clamp(int x, int least, int greatest) {
        return Math.max(least, Math.min(greatest, x));
    }
}
