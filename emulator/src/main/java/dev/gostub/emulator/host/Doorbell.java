package dev.gostub.emulator.host;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the machine's thread wait in real time until another thread has something for it: terminal input, a debugger's
 * interrupt. A ring that comes while nobody waits is kept for the next wait, so none is lost.
 */
public final class Doorbell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean pending;

    /** Wakes the machine's thread, now or at its next wait. May be called by any thread. */
    public void ring() {
        lock.lock();
        try {
            pending = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a ring, at most so many nanoseconds of real time.
     *
     * @return whether it rang
     */
    public boolean await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!pending && left > 0) {
                left = rung.awaitNanos(left);
            }
            boolean rang = pending;
            pending = false;
            return rang;
        } catch (InterruptedException _) {
            // Whoever interrupts the machine's thread wants it to look up; keep the fact for its owner.
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Real time in nanoseconds, for pacing only; its origin means nothing. */
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Like {@link #await}, in milliseconds, for callers that count so. */
    public boolean awaitMillis(long millis) {
        return await(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
