package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;

/**
 * AES rounds (SDM vol. 1, 12.13). The state is four columns of four bytes, the lowest doubleword first. A round's SubBytes and MixColumns come from one table of 256 columns, turned by the row: two columns
 * of the result per 64-bit half.
 */
public enum Aes implements Blockwise {
    AESENC,
    AESENCLAST,
    AESDEC,
    AESDECLAST,
    AESIMC,
    AESKEYGENASSIST;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.aes(this, i);
        return hot != null ? hot : general(i);
    }

    private static final byte[] S = substitution();
    private static final byte[] INVERSE = inverse();
    /** What a byte of row 0 adds to its column in an encryption round. */
    private static final int[] ENCRYPT = encrypt();
    /** The same for a decryption round. */
    private static final int[] DECRYPT = decrypt();

    @Override
    public long low(long a0, long a1, long b0, long b1, int i) {
        return switch (this) {
            case AESENC -> encrypt(a0, a1) ^ b0;
            case AESENCLAST ->
                substitute(S, a0, a0 >>> 32, a1, a1 >>> 32) & 0xffffffffL
                        ^ (long) substitute(S, a0 >>> 32, a1, a1 >>> 32, a0) << 32
                        ^ b0;
            case AESDEC -> decrypt(a0, a1) ^ b0;
            case AESDECLAST ->
                substitute(INVERSE, a0, a1 >>> 32, a1, a0 >>> 32) & 0xffffffffL
                        ^ (long) substitute(INVERSE, a0 >>> 32, a0, a1 >>> 32, a1) << 32
                        ^ b0;
            case AESIMC -> inverseMix(b0);
            case AESKEYGENASSIST -> key(b0, i);
        };
    }

    /** The columns are taken in turn: the upper half of a state is the lower half of the state turned by two columns. */
    @Override
    public long high(long a0, long a1, long b0, long b1, int i) {
        return low(a1, a0, b1, b0, i);
    }

    @Override
    public long mmx(long a, long b, int i) {
        throw new IllegalStateException(name());
    }

    /** Columns 0 and 1 after ShiftRows, SubBytes and MixColumns. */
    static long encrypt(long s0, long s1) {
        int c0 = (int) s0, c1 = (int) (s0 >>> 32), c2 = (int) s1, c3 = (int) (s1 >>> 32);
        return column(ENCRYPT, c0, c1, c2, c3) & 0xffffffffL | (long) column(ENCRYPT, c1, c2, c3, c0) << 32;
    }

    static long decrypt(long s0, long s1) {
        int c0 = (int) s0, c1 = (int) (s0 >>> 32), c2 = (int) s1, c3 = (int) (s1 >>> 32);
        return column(DECRYPT, c0, c3, c2, c1) & 0xffffffffL | (long) column(DECRYPT, c1, c0, c3, c2) << 32;
    }

    /** A column of the result, from the columns that its four rows come from. */
    private static int column(int[] table, int r0, int r1, int r2, int r3) {
        return table[r0 & 0xff]
                ^ Integer.rotateLeft(table[r1 >>> 8 & 0xff], 8)
                ^ Integer.rotateLeft(table[r2 >>> 16 & 0xff], 16)
                ^ Integer.rotateLeft(table[r3 >>> 24], 24);
    }

    private static int substitute(byte[] box, long r0, long r1, long r2, long r3) {
        return box[(int) r0 & 0xff] & 0xff
                | (box[(int) r1 >>> 8 & 0xff] & 0xff) << 8
                | (box[(int) r2 >>> 16 & 0xff] & 0xff) << 16
                | box[(int) r3 >>> 24] << 24;
    }

    private static int substitute(long column) {
        return substitute(S, column, column, column, column);
    }

    /** InvMixColumns alone: the table of the decryption round after a substitution that undoes the table's. */
    private static long inverseMix(long x) {
        int c0 = substitute(x);
        int c1 = substitute(x >>> 32);
        return column(DECRYPT, c0, c0, c0, c0) & 0xffffffffL | (long) column(DECRYPT, c1, c1, c1, c1) << 32;
    }

    private static long key(long x, int constant) {
        int word = substitute(x >>> 32);
        return word & 0xffffffffL | (long) (Integer.rotateRight(word, 8) ^ constant) << 32;
    }

    // ---- tables (FIPS 197)

    /** The S-box: inverses in GF(2^8), found by walking the powers of 3 and of its inverse together, and the affine map. */
    private static byte[] substitution() {
        byte[] box = new byte[256];
        int p = 1;
        int q = 1;
        do {
            p = p ^ twice(p);
            q ^= q << 1;
            q ^= q << 2;
            q ^= q << 4;
            q &= 0xff;
            if ((q & 0x80) != 0) q ^= 9;
            int x = q | q << 8;
            box[p] = (byte) (x ^ x >>> 7 ^ x >>> 6 ^ x >>> 5 ^ x >>> 4 ^ 0x63);
        } while (p != 1);
        box[0] = 0x63;
        return box;
    }

    private static byte[] inverse() {
        byte[] box = new byte[256];
        for (int i = 0; i < 256; i++) box[S[i] & 0xff] = (byte) i;
        return box;
    }

    private static int[] encrypt() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int s = S[i] & 0xff;
            table[i] = twice(s) | s << 8 | s << 16 | (twice(s) ^ s) << 24;
        }
        return table;
    }

    private static int[] decrypt() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int s = INVERSE[i] & 0xff;
            int two = twice(s);
            int four = twice(two);
            int eight = twice(four);
            table[i] = (eight ^ four ^ two) | (eight ^ s) << 8 | (eight ^ four ^ s) << 16 | (eight ^ two ^ s) << 24;
        }
        return table;
    }

    private static int twice(int x) {
        return x << 1 & 0xff ^ (x >> 7) * 0x1b;
    }
}
