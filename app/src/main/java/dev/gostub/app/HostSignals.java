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

    /** HUP, INT and TERM, a bit each: whoever sends them wants this process to end. */
    private static final long ENDING = 1L << 0 | 1L << 1 | 1L << 14;
    /** So long the machine may take to hand one on: it cannot while a system call lasts, or when something is wrong with it. */
    private static final long PATIENCE_MILLIS = 100;

    /** Bit n - 1 for signal n. */
    private final AtomicLong arrived = new AtomicLong();
    /** Those that the guest has had and has not ended by: the next one of the kind ends this process. */
    private final AtomicLong last = new AtomicLong();

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
        long bit = 1L << number - 1;
        if ((last.get() & bit) != 0) Ending.bySignal(number);
        arrived.accumulateAndGet(bit, (before, more) -> before | more);
        bell.run();
        if ((bit & ENDING) != 0) watch(number, bit);
    }

    /** On the thread of the signal, of which there is one for each: nothing else waits for it. */
    private void watch(int number, long bit) {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if ((arrived.get() & bit) != 0) Ending.bySignal(number);
    }

    static boolean isEnding(int number) {
        return (1L << number - 1 & ENDING) != 0;
    }

    /** The guest has had this signal, and does nothing about it that would speak for waiting: the next one ends this process. */
    void nextEnds(int number) {
        last.accumulateAndGet(1L << number - 1, (before, bit) -> before | bit);
    }

    boolean isWaiting() {
        return arrived.getOpaque() != 0;
    }

    /** The numbers of those that came since the last call, a bit each; as with Linux, two of a kind are one. */
    long take() {
        return arrived.getAndSet(0);
    }
}
