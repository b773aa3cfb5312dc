package dev.gostub.emulator.isa;

/**
 * Arithmetic on the bytes, words or doublewords of a long at once. {@code h} has the top bit of each element set and thereby says how wide they are; {@code w} is the width minus 1. Carries
 * are kept inside the elements by adding without their top bits and putting these right by exclusive or.
 */
final class Swar {
    static final long H8 = 0x8080808080808080L, H16 = 0x8000800080008000L, H32 = 0x8000000080000000L;

    private Swar() {}

    static long add(long a, long b, long h) {
        return (a & ~h) + (b & ~h) ^ (a ^ b) & h;
    }

    static long sub(long a, long b, long h) {
        return (a | h) - (b & ~h) ^ ~(a ^ b) & h;
    }

    /** All ones in the elements whose top bit is set in {@code top}, which has no other bits. */
    static long spread(long top, int w) {
        return top - (top >>> w) | top;
    }

    /** All ones in negative elements. */
    static long sign(long a, long h, int w) {
        return spread(a & h, w);
    }

    static long equal(long a, long b, long h, int w) {
        long x = a ^ b;
        return spread(~((x & ~h) + ~h | x) & h, w);
    }

    /** All ones where {@code a < b}, unsigned. */
    static long below(long a, long b, long h, int w) {
        return spread((~a & b | ~(a ^ b) & sub(a, b, h)) & h, w);
    }

    /** All ones where {@code a > b}, signed. */
    static long greater(long a, long b, long h, int w) {
        return below(b ^ h, a ^ h, h, w);
    }

    static long select(long mask, long yes, long no) {
        return no ^ (yes ^ no) & mask;
    }

    static long addUnsignedSaturated(long a, long b, long h, int w) {
        long s = add(a, b, h);
        return s | spread((a & b | (a | b) & ~s) & h, w);
    }

    static long subUnsignedSaturated(long a, long b, long h, int w) {
        return sub(a, b, h) & ~below(a, b, h, w);
    }

    static long addSigned(long a, long b, long h, int w) {
        long s = add(a, b, h);
        return saturate(s, ~(a ^ b) & (a ^ s) & h, a, h, w);
    }

    static long subSigned(long a, long b, long h, int w) {
        long s = sub(a, b, h);
        return saturate(s, (a ^ b) & (a ^ s) & h, a, h, w);
    }

    /** Puts the greatest or (where {@code a} is negative) the least value where {@code overflow} has the top bit set. */
    private static long saturate(long s, long overflow, long a, long h, int w) {
        long limit = ~h + ((a & h) >>> w);
        return select(spread(overflow, w), limit, s);
    }

    /** {@code (a + b + 1) / 2}, unsigned. */
    static long average(long a, long b, long h) {
        return (a | b) - ((a ^ b) >>> 1 & ~h);
    }

    static long absolute(long a, long h, int w) {
        long m = sign(a, h, w);
        return sub(a ^ m, m, h);
    }

    /** {@code a} with its sign changed where {@code b} is negative, zero where {@code b} is zero: PSIGN. */
    static long signed(long a, long b, long h, int w) {
        long m = sign(b, h, w);
        return sub(a ^ m, m, h) & ~equal(b, 0, h, w);
    }

    /** Ones in the bits of each element from {@code count} down to 0 exclusive: what stays after a logical shift right by {@code count}, less than the width. */
    private static long rightMask(int count, long h, int w) {
        long one = h >>> w;
        return one * ((1L << w + 1 - count) - 1);
    }

    static long shiftLeft(long a, long count, long h, int w) {
        if (Long.compareUnsigned(count, w) > 0) return 0;
        int n = (int) count;
        return (a & rightMask(n, h, w)) << n;
    }

    static long shiftRight(long a, long count, long h, int w) {
        if (Long.compareUnsigned(count, w) > 0) return 0;
        int n = (int) count;
        return a >>> n & rightMask(n, h, w);
    }

    static long shiftRightSigned(long a, long count, long h, int w) {
        int n = Long.compareUnsigned(count, w) > 0 ? w : (int) count;
        long mask = rightMask(n, h, w);
        return a >>> n & mask | sign(a, h, w) & ~mask;
    }

    /** The sum of the absolute differences of bytes. */
    static long sumOfDifferences(long a, long b) {
        long x = subUnsignedSaturated(a, b, H8, 7) | subUnsignedSaturated(b, a, H8, 7);
        long pairs = (x & 0x00ff00ff00ff00ffL) + (x >>> 8 & 0x00ff00ff00ff00ffL);
        return pairs * 0x0001000100010001L >>> 48;
    }

    /** The top bits of the eight bytes as the low eight bits. */
    static int mask8(long a) {
        return (int) (((a & H8) >>> 7) * 0x0102040810204080L >>> 56);
    }

    /** Bytes of the low halves of {@code a} and {@code b}, alternating, that of {@code a} first. */
    static long interleave8(long a, long b) {
        return widen8(a) | widen8(b) << 8;
    }

    static long interleave16(long a, long b) {
        return widen16(a) | widen16(b) << 16;
    }

    static long interleave32(long a, long b) {
        return a & 0xffffffffL | b << 32;
    }

    /** The low four bytes, zero-extended to words. */
    static long widen8(long a) {
        long x = a & 0xffffffffL;
        x = (x | x << 16) & 0x0000ffff0000ffffL;
        return (x | x << 8) & 0x00ff00ff00ff00ffL;
    }

    /** The low two words, zero-extended to doublewords. */
    static long widen16(long a) {
        long x = a & 0xffffffffL;
        return (x | x << 16) & 0x0000ffff0000ffffL;
    }

    static int word(long a, int k) {
        return (short) (a >>> 16 * k);
    }

    static int unsignedByte(long a, int k) {
        return (int) (a >>> 8 * k) & 0xff;
    }
}
