package dev.gostub.emulator.kernel;

import java.util.TreeSet;

/** Everything that happens at a time: the deadlines of waiting tasks, and timers on clocks that run by themselves. */
public final class Timers {
    /** {@link #next} when nothing is planned. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Defects defects;
    private final TreeSet<Timeout> queue = new TreeSet<>();
    private long order;
    private long next = NEVER;

    Timers(Defects defects) {
        this.defects = defects;
    }

    /** One planned event. */
    record Timeout(long deadline, long order, Runnable action) implements Comparable<Timeout> {
        static final Timeout NONE = new Timeout(NEVER, -1, () -> {});

        @Override
        public int compareTo(Timeout other) {
            int byDeadline = Long.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(order, other.order);
        }
    }

    /** When the next event is due (nanoseconds of {@link Clock#due}). */
    public long next() {
        return next;
    }

    Timeout plan(long deadline, Runnable action) {
        if (deadline == NEVER) {
            return Timeout.NONE;
        }
        return plan(deadline, order++, action);
    }

    /** Plans an event with its old place among those of the same time, after a snapshot was restored. */
    Timeout plan(long deadline, long place, Runnable action) {
        if (deadline == NEVER) {
            return Timeout.NONE;
        }
        Timeout timeout = new Timeout(deadline, place, action);
        queue.add(timeout);
        next = Math.min(next, deadline);
        return timeout;
    }

    void cancel(Timeout timeout) {
        if (timeout != Timeout.NONE && queue.remove(timeout)) {
            next = queue.isEmpty() ? NEVER : queue.first().deadline();
        }
    }

    /** Lets happen what is due at {@code now}, in the order of the deadlines. */
    void expire(long now) {
        while (next <= now) {
            Timeout due = queue.removeFirst();
            next = queue.isEmpty() ? NEVER : queue.first().deadline();
            defects.contain("a timer", due.action()::run);
        }
    }

    void clear() {
        queue.clear();
        next = NEVER;
    }

    long order() {
        return order;
    }

    void restoreOrder(long value) {
        order = value;
    }
}
