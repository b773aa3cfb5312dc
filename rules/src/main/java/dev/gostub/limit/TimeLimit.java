package dev.gostub.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a test waits before it takes something for hanging. The numbers are several times what the reference machine needs
 * ({@link FixedWork}); slower and busier machines get as much more as they are slower, up to {@link Pace#MOST} times.
 *
 * @param onReference the limit on the reference machine
 */
public record TimeLimit(Duration onReference) {
    /** What a server, a program or a debugger may take to say something: all but the exceptions. */
    public static final TimeLimit ANSWER = seconds(180);

    /** What is waited for in the same JVM. */
    public static final TimeLimit NEAR = seconds(60);

    private static final long POLL_MILLIS = 1;

    /** A limit in seconds of the reference machine. */
    public static TimeLimit seconds(long seconds) {
        return new TimeLimit(Duration.ofSeconds(seconds));
    }

    /** What it comes to here and now. */
    public Duration here() {
        return stretched(Pace.HERE.factor());
    }

    Duration stretched(double factor) {
        return Duration.ofNanos((long) (onReference.toNanos() * factor));
    }

    /** Begins to count. */
    public Deadline start() {
        return new Deadline(this, Pace.HERE, System::nanoTime);
    }

    /** Waits for something that another thread brings about; false if it does not in time. */
    public boolean await(BooleanSupplier condition) throws InterruptedException {
        Deadline deadline = start();
        while (!condition.getAsBoolean()) {
            if (deadline.isOver()) return false;
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** The next element of a queue; empty if none comes in time. */
    public <T> Optional<T> next(BlockingQueue<T> queue) throws InterruptedException {
        Deadline deadline = start();
        T element = null;
        while (element == null && !deadline.isOver()) {
            element = queue.poll(deadline.leftMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.ofNullable(element);
    }

    /** Waits for a process to end; false if it does not in time. */
    public boolean awaitEnd(Process process) throws InterruptedException {
        Deadline deadline = start();
        while (!process.waitFor(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
            if (deadline.isOver()) return false;
        }
        return true;
    }

    @Override
    public String toString() {
        return "%d s × %.1f (this machine, now)".formatted(onReference.toSeconds(), Pace.HERE.factor());
    }
}
