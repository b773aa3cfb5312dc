package dev.gostub.server.session;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Packets on their way from a network thread to the session thread. The taker spins for some 100 µs before it parks: waking a parked thread costs more than most answers.
 */
final class Mailbox {
    private static final int SPINS = 20_000;
    private static final int LIMIT_PACKETS = 1024;
    private static final int LIMIT_BYTES = 8 << 20;

    /** One packet and its place in the order of arrival. */
    record Letter(long sequence, byte[] payload) {}

    private final ConcurrentLinkedQueue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingPackets = new AtomicInteger();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicReference<Optional<Thread>> parked = new AtomicReference<>(Optional.empty());
    private volatile boolean closed;

    /** False if there is no room left: the client floods us. */
    boolean put(Letter letter) {
        if (waitingPackets.incrementAndGet() > LIMIT_PACKETS
                || waitingBytes.addAndGet(letter.payload().length) > LIMIT_BYTES) {
            return false;
        }
        letters.add(letter);
        wake();
        return true;
    }

    /** Nothing will be put any more; what is there can still be taken. */
    void close() {
        closed = true;
        wake();
    }

    boolean isClosed() {
        return closed;
    }

    private void wake() {
        parked.get().ifPresent(LockSupport::unpark);
    }

    boolean isEmpty() {
        return letters.isEmpty();
    }

    /** Waits until there is a letter, or the mailbox is closed. */
    void await() {
        int spins = SPINS;
        while (letters.isEmpty() && !closed) {
            if (spins > 0) {
                spins--;
                Thread.onSpinWait();
            } else {
                park();
            }
        }
    }

    /** The next letter, if there is one. */
    Optional<Letter> poll() {
        Letter letter = letters.poll();
        if (letter == null) {
            return Optional.empty();
        }
        waitingPackets.decrementAndGet();
        waitingBytes.addAndGet(-letter.payload().length);
        return Optional.of(letter);
    }

    private void park() {
        parked.set(Optional.of(Thread.currentThread()));
        if (letters.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        parked.set(Optional.empty());
    }
}
