package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which task runs. The task that has run least goes first (ties: the one with the smaller number), for a turn of an exact number of
 * instructions; a task that wakes up is not given more than a small credit for its sleep, and shortens the turn of the task that woke it.
 *
 * <p>There is no queue: the few tasks are looked at one by one at the end of a turn, their wait conditions included. A turn is some
 * 100,000 instructions long, the look costs less than one of them a thousand.
 */
public final class Scheduler {
    /** Instructions of a turn. */
    public static final long QUANTUM = 100_000;
    /** What is left of a turn at most once another task was woken. */
    static final long WAKE_LATENCY = 10_000;
    /** 2^64 over the golden ratio: the upper bits of its multiples repeat no pattern. */
    private static final long SCATTER = 0x9e3779b97f4a7c15L;
    /** Of 16 wake-ups one shortens the latency to a half, one to a quarter, and so on, up to this power of two. */
    private static final int SHORTEST = 8;
    /** How far behind the others a task may start after a sleep. */
    private static final long SLEEPER_CREDIT = QUANTUM / 2;

    private final List<Task> tasks;
    private final Defects defects;
    private @Nullable Task current;
    private @Nullable Task yielded;
    /** Whose wait condition is looked at; never set but during the look. */
    private @Nullable Task examined;

    private long turnLeft;
    private long wakes;
    /** Virtual run time of the task that got the last turn; never goes back. */
    private long floor;

    Scheduler(List<Task> tasks, Defects defects) {
        this.tasks = tasks;
        this.defects = defects;
    }

    /** The task whose turn it is: the same as before until its turn is over; null if none of those allowed can run. */
    public @Nullable Task next(Predicate<Task> allowed) {
        Task now = current;
        if (now != null && turnLeft > 0 && allowed.test(now) && isRunnable(now)) {
            return now;
        }
        Task best = null;
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            if (task != yielded && allowed.test(task) && isRunnable(task)) {
                task.virtualRuntime = Math.max(task.virtualRuntime, floor - SLEEPER_CREDIT);
                if (best == null || task.virtualRuntime < best.virtualRuntime) {
                    best = task;
                }
            }
        }
        Task last = yielded;
        yielded = null;
        if (best == null && last != null && allowed.test(last) && isRunnable(last)) {
            best = last;
        }
        if (best != null) {
            begin(best);
        }
        return best;
    }

    /** Gives the turn to a task, as a debugger does that steps one. */
    public void begin(Task task) {
        current = task;
        turnLeft = QUANTUM;
        floor = Math.max(floor, task.virtualRuntime);
    }

    /** Would a task that is stepped now be the first to move: one that has the turn keeps what is left of it. */
    public boolean hasTurnNext(Task task) {
        return isRunnable(task) && (task != current || turnLeft > 0);
    }

    /** Instructions left of the current turn; 0 or less when it is over. */
    public long turnLeft() {
        return turnLeft;
    }

    /** Counts instructions against the current turn. */
    public void charge(long instructions) {
        turnLeft -= instructions;
    }

    /** Ends the current turn; others that can run go first ({@code sched_yield(2)}). */
    public void yieldTurn() {
        yielded = current;
        turnLeft = 0;
    }

    /**
     * Says that a task can run again: the current turn will not last much longer. How much longer varies: with the same latency every time two tasks can fall into
     * step, and one that lets go of a lock for a moment at every round of a loop always has it back before the other looks (the global lock of Python).
     */
    void woken() {
        int shorter = (int) (++wakes * SCATTER >>> 60);
        turnLeft = Math.min(turnLeft, shorter > SHORTEST ? WAKE_LATENCY : WAKE_LATENCY >> shorter);
    }

    void admit(Task task) {
        task.virtualRuntime = floor;
        woken();
    }

    /** Would the task make progress if it got a turn. */
    public boolean isRunnable(Task task) {
        if (task.process().isStopped()) {
            return (task.pending.set() & Signaling.CONTINUES) != 0;
        }
        return switch (task.state) {
            case TaskState.Running _, TaskState.Entering _, TaskState.Retrying _, TaskState.Completed _ -> true;
            case TaskState.Dead _ -> false;
            case TaskState.Blocked(Block block) -> isInterrupted(task, block) || isFulfilled(task, block.condition());
        };
    }

    /** A parent that has lent its memory cannot go on before it has it back, whatever signal comes: only SIGKILL ends its wait. */
    private static boolean isInterrupted(Task task, Block block) {
        return block.condition() instanceof WaitCondition.Released
                ? (task.pendingSet() & Signals.bit(Signals.SIGKILL)) != 0
                : task.hasDeliverableSignal();
    }

    /** Has come what the blocked task waits for. */
    public boolean isFulfilled(Task task) {
        return task.state instanceof TaskState.Blocked(Block block) && isFulfilled(task, block.condition());
    }

    /** The task that has, or had last, the turn. */
    public Optional<Task> current() {
        return Optional.ofNullable(current);
    }

    /** A condition that cannot be looked at counts as fulfilled: the call is made again, and has to say why it fails. */
    private boolean isFulfilled(Task task, WaitCondition condition) {
        try {
            return holds(task, condition);
        } catch (RuntimeException | Error defect) {
            defects.report(defect, () -> "task " + task.id() + " looks at " + condition + " no more");
            return true;
        }
    }

    private boolean holds(Task task, WaitCondition condition) {
        return switch (condition) {
            case WaitCondition.Never _, WaitCondition.OnFutex _, WaitCondition.Released _ -> false;
            case WaitCondition.Semaphores _, WaitCondition.MessageIn _, WaitCondition.MessageOut _ -> false;
            case WaitCondition.Files(var interests) -> isAnyReady(task, interests);
            case WaitCondition.Signals(long set) -> (task.pendingSet() & set) != 0;
            case WaitCondition.FileLock(int descriptor, var wanted) ->
                task.process().mayLock(descriptor, wanted);
            case WaitCondition.Child(long news) -> task.process().kin().childNews() != news;
        };
    }

    private boolean isAnyReady(Task task, List<WaitCondition.Interest> interests) {
        examined = task;
        try {
            for (int i = 0; i < interests.size(); i++) {
                WaitCondition.Interest interest = interests.get(i);
                if ((task.process().readiness(interest.descriptor()) & interest.events()) != 0) {
                    return true;
                }
            }
            return false;
        } finally {
            examined = null;
        }
    }

    /** For whom a file is asked whether it is ready: who waits for it, or else who has the turn. */
    Task observer() {
        Task observer = examined != null ? examined : current;
        if (observer == null) {
            throw new IllegalStateException("nobody has had a turn yet");
        }
        return observer;
    }

    Snapshot capture() {
        return new Snapshot(
                current == null ? 0 : current.id(), yielded == null ? 0 : yielded.id(), turnLeft, wakes, floor);
    }

    void restore(Snapshot snapshot) {
        current = find(snapshot.current);
        yielded = find(snapshot.yielded);
        turnLeft = snapshot.turnLeft;
        wakes = snapshot.wakes;
        floor = snapshot.floor;
    }

    private @Nullable Task find(int id) {
        for (Task task : tasks) {
            if (task.id() == id) {
                return task;
            }
        }
        return null;
    }

    /** The scheduler at one moment. */
    public record Snapshot(int current, int yielded, long turnLeft, long wakes, long floor) {}
}
