package dev.gostub.server.target;

/**
 * A set of Linux signals, 1 to 64.
 *
 * @param bits bit {@code n - 1} for signal {@code n}, as in the kernel's {@code sigset_t}
 */
public record SignalSet(long bits) {
    /** The greatest number of a signal. */
    public static final int LAST = 64;

    public static SignalSet none() {
        return new SignalSet(0);
    }

    public static SignalSet all() {
        return new SignalSet(-1);
    }

    /** This set and {@code signal}; numbers outside 1 to 64 are ignored. */
    public SignalSet with(int signal) {
        return signal < 1 || signal > LAST ? this : new SignalSet(bits | 1L << (signal - 1));
    }

    public boolean contains(int signal) {
        return signal >= 1 && signal <= LAST && (bits >>> (signal - 1) & 1) != 0;
    }
}
