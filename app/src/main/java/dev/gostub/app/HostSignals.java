package dev.gostub.app;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;

/**
 * Signals that this process gets and the guest is meant to have: whoever types Ctrl-C means the program. Java has no other
 * way to learn of them than {@code sun.misc.Signal}, of the module jdk.unsupported, which exists for such uses (JEP 260).
 */
final class HostSignals {
    /** By Linux's numbers; those of this system may be others. The JVM keeps QUIT and, on Linux, USR2 for itself. */
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "USR1", 10, "TERM", 15, "WINCH", 28);

    /** Bit n - 1 for signal n. */
    private final AtomicLong arrived = new AtomicLong();

    private final Runnable bell;

    /**
     * Begins to take them.
     *
     * @param bell is rung, on a thread of the JVM's, when one has come
     */
    HostSignals(Runnable bell) {
        this.bell = bell;
        NUMBERS.forEach((name, number) -> Signal.handle(new Signal(name), _ -> arrived(number)));
    }

    private void arrived(int number) {
        arrived.accumulateAndGet(1L << number - 1, (before, bit) -> before | bit);
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
