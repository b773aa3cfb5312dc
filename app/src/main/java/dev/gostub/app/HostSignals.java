package dev.gostub.app;

import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/**
 * Signals that this process gets and the guest is meant to have: whoever types Ctrl-C means the program. Java has no other
 * way to learn of them than {@code sun.misc.Signal}, of the module jdk.unsupported, which exists for such uses (JEP 260).
 */
final class HostSignals {
    private static final String[] NAMES = {"HUP", "INT", "TERM"};

    /** Bit n - 1 for signal n. The three have the same numbers on every Unix. */
    private final AtomicLong arrived = new AtomicLong();

    private final Runnable bell;

    /**
     * Begins to take them.
     *
     * @param bell is rung, on a thread of the JVM's, when one has come
     */
    HostSignals(Runnable bell) {
        this.bell = bell;
        for (String name : NAMES) Signal.handle(new Signal(name), this::arrived);
    }

    private void arrived(Signal signal) {
        arrived.accumulateAndGet(1L << signal.getNumber() - 1, (before, bit) -> before | bit);
        bell.run();
    }

    boolean isWaiting() {
        return arrived.getOpaque() != 0;
    }

    /** The numbers of those that came since the last call, a bit each; as with Linux, two of a kind are one. */
    long take() {
        return arrived.getAndSet(0);
    }
}
