package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Swar.unsignedByte;
import static dev.gostub.emulator.isa.Swar.word;

/** Sums and differences of neighbours, the least word of all, sums of absolute differences at eight offsets. */
public enum PackedHorizontal implements Blockwise {
    PHADDW,
    PHADDD,
    PHADDSW,
    PHSUBW,
    PHSUBD,
    PHSUBSW,
    PHMINPOSUW,
    MPSADBW;

    @Override
    public long low(long a0, long a1, long b0, long b1, int i) {
        return switch (this) {
            case PHMINPOSUW -> leastWord(b0, b1);
            case MPSADBW -> differences(a0, a1, b0, b1, i, 0);
            default -> neighbours(a0, a1);
        };
    }

    @Override
    public long high(long a0, long a1, long b0, long b1, int i) {
        return switch (this) {
            case PHMINPOSUW -> 0;
            case MPSADBW -> differences(a0, a1, b0, b1, i, 4);
            default -> neighbours(b0, b1);
        };
    }

    @Override
    public long mmx(long a, long b, int i) {
        return neighbours(a, b);
    }

    @Override
    public int upperImmediate(int i) {
        return i >> 3;
    }

    private long neighbours(long x0, long x1) {
        return pair(x0) & 0xffffffffL | (long) pair(x1) << 32;
    }

    /** The results of one quadword: two words or a doubleword. */
    private int pair(long x) {
        return switch (this) {
            case PHADDW -> word(x, 0) + word(x, 1) & 0xffff | word(x, 2) + word(x, 3) << 16;
            case PHSUBW -> word(x, 0) - word(x, 1) & 0xffff | word(x, 2) - word(x, 3) << 16;
            case PHADDSW -> saturate(word(x, 0) + word(x, 1)) & 0xffff | saturate(word(x, 2) + word(x, 3)) << 16;
            case PHSUBSW -> saturate(word(x, 0) - word(x, 1)) & 0xffff | saturate(word(x, 2) - word(x, 3)) << 16;
            case PHADDD -> (int) x + (int) (x >>> 32);
            case PHSUBD -> (int) x - (int) (x >>> 32);
            default -> throw new IllegalStateException(name());
        };
    }

    private static int saturate(int x) {
        return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** The least unsigned word, and the index of the first that has it. */
    private static long leastWord(long x0, long x1) {
        int least = 0x10000;
        int at = 0;
        for (int k = 0; k < 8; k++) {
            int word = word(k < 4 ? x0 : x1, k & 3) & 0xffff;
            if (word < least) {
                least = word;
                at = k;
            }
        }
        return least | at << 16;
    }

    /** Four words, from offset {@code from} on: each the difference of four bytes of the first source and the four selected ones of the second. */
    private static long differences(long a0, long a1, long b0, long b1, int i, int from) {
        int first = (i & 4) + from;
        int second = (i & 3) * 4;
        long result = 0;
        for (int k = 3; k >= 0; k--) {
            int sum = 0;
            for (int j = 0; j < 4; j++) sum += Math.abs(octet(a0, a1, first + k + j) - octet(b0, b1, second + j));
            result = result << 16 | sum;
        }
        return result;
    }

    private static int octet(long x0, long x1, int k) {
        return unsignedByte(k < 8 ? x0 : x1, k & 7);
    }
}
