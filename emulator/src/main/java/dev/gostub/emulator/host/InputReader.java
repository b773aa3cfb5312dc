package dev.gostub.emulator.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a stream of the host on a thread of its own and keeps what it read until the machine takes it. Stops reading while
 * {@link #LIMIT_BYTES} lie waiting, so that a guest that reads slowly does not draw all of a big input into memory.
 *
 * <p>A terminal ends (^D) as often as somebody likes: once the end was told it is read again when it is wanted again.
 */
final class InputReader {
    private static final int LIMIT_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream source;
    private final Doorbell doorbell;
    private final boolean endsOften;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final Condition wantedAgain = lock.newCondition();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private volatile Optional<Thread> pump = Optional.empty();
    private boolean ended;
    private boolean endTold;

    InputReader(InputStream source, Doorbell doorbell, boolean endsOften) {
        this.source = source;
        this.doorbell = doorbell;
        this.endsOften = endsOften;
    }

    void start() {
        if (pump.isEmpty()) {
            pump = Optional.of(Thread.ofPlatform().name("gostub-input").daemon().start(this::pump));
            return;
        }
        lock.lock();
        try {
            if (endsOften && endTold) {
                ended = false;
                endTold = false;
                wantedAgain.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Any thread: ends a read that goes on, if the source can be interrupted. The end of a JVM takes 300 ms longer while a thread sits in one (VM_Exit::wait_for_threads_in_native_to_block). */
    void close() {
        pump.ifPresent(Thread::interrupt);
    }

    Terminal.Input take() {
        lock.lock();
        try {
            boolean end = ended && !endTold;
            if (waiting.size() == 0 && !end) {
                return Terminal.Input.none();
            }
            endTold |= end;
            byte[] bytes = waiting.toByteArray();
            waiting.reset();
            taken.signalAll();
            return new Terminal.Input(bytes, end);
        } finally {
            lock.unlock();
        }
    }

    private void pump() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            do {
                int count = source.read(chunk);
                while (count >= 0) {
                    keep(chunk, count);
                    count = source.read(chunk);
                }
            } while (endsOften && isWantedAgain());
        } catch (IOException _) {
            // A terminal that hung up: for the guest that is the end of its input.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
        doorbell.ring();
    }

    /** Tells the end and waits until more is wanted. */
    private boolean isWantedAgain() throws InterruptedException {
        end();
        lock.lock();
        try {
            while (ended) {
                wantedAgain.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void keep(byte[] chunk, int count) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.size() >= LIMIT_BYTES) {
                taken.await();
            }
            waiting.write(chunk, 0, count);
        } finally {
            lock.unlock();
        }
        doorbell.ring();
    }
}
