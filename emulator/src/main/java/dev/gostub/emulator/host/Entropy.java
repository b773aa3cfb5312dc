package dev.gostub.emulator.host;

/**
 * Deterministic source of the guest's random numbers: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
 * generators", 2014). Two sources with one seed give one sequence, which is all the guest may know of chance.
 */
public final class Entropy {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Entropy(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Fills a part of {@code into}; takes one step for each eight bytes begun. */
    public void fill(byte[] into, int at, int length) {
        long bits = 0;
        for (int i = 0; i < length; i++) {
            if ((i & 7) == 0) {
                bits = next();
            }
            into[at + i] = (byte) bits;
            bits >>>= 8;
        }
    }

    /** The state: restoring it gives the same sequence again. */
    public EntropySnapshot capture() {
        return new EntropySnapshot(state);
    }

    public void restore(EntropySnapshot snapshot) {
        state = snapshot.state();
    }
}
