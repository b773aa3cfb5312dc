package dev.gostub.emulator.memory;

/** A 64-bit content hash for comparing states, with zeros hashing to zero. Not cryptographic. */
final class Hash {
    private static final long PRIME = 0x9e3779b97f4a7c15L;

    private Hash() {}

    /** Hash of a whole number of 64-bit little-endian words. */
    static long of(byte[] bytes) {
        long hash = 0;
        for (int i = 0; i < bytes.length; i += 8) {
            long word = (long) Memory.LONG.get(bytes, i);
            if (word != 0) hash += mix(word + (i + 1) * PRIME);
        }
        return hash;
    }

    /** Scatters a word over all 64 bits (the finaliser of Stafford's variant 13). */
    static long mix(long x) {
        x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }
}
