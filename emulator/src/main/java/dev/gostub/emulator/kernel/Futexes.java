package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Errno;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who waits on which futex word, in the order of arrival ({@code futex(2)}). */
public final class Futexes {
    private final Kernel kernel;
    private final LinkedHashMap<WaitCondition.FutexKey, ArrayList<Task>> waiters = new LinkedHashMap<>();

    Futexes(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Wakes up to {@code count} tasks that wait on a word with a bit of {@code bitset}.
     *
     * @return how many were woken, or EINVAL if one waits for a lock ({@link PiFutexes})
     */
    public int wake(WaitCondition.FutexKey key, int count, int bitset) {
        ArrayList<Task> queue = waiters.get(key);
        if (queue == null) {
            return 0;
        }
        int woken = 0;
        for (int i = 0; i < queue.size() && woken < count; ) {
            Task task = queue.get(i);
            if (!(condition(task) instanceof WaitCondition.Futex futex)) {
                return (int) Errno.EINVAL.result();
            }
            if ((futex.bitset() & bitset) == 0) {
                i++;
                continue;
            }
            queue.remove(i);
            kernel.complete(task, 0);
            woken++;
        }
        if (queue.isEmpty()) {
            waiters.remove(key);
        }
        return woken;
    }

    /**
     * Lets up to {@code count} tasks wait on another word instead.
     *
     * @return how many were moved, or EINVAL if one waits for a lock
     */
    public int requeue(WaitCondition.FutexKey from, WaitCondition.FutexKey to, int count) {
        ArrayList<Task> queue = waiters.get(from);
        if (queue == null || from.equals(to)) {
            return 0;
        }
        List<Task> moving = List.copyOf(queue.subList(0, Math.min(count, queue.size())));
        for (Task task : moving) {
            if (!(condition(task) instanceof WaitCondition.Futex futex)) {
                return (int) Errno.EINVAL.result();
            }
            if (task.state instanceof TaskState.Blocked(Block block)) {
                move(task, new WaitCondition.Futex(to, futex.bitset()), block.restart());
            }
        }
        return moving.size();
    }

    /** Lets a task wait for something else, at the end of that queue. */
    void move(Task task, WaitCondition.OnFutex condition, Block.Restart restart) {
        leave(task);
        if (task.state instanceof TaskState.Blocked(Block block)) {
            task.state = new TaskState.Blocked(block.with(condition).restart(restart));
        }
        enter(task, condition.key());
    }

    /** Those who wait on a word, the longest waiter first. */
    List<Task> waiters(WaitCondition.FutexKey key) {
        ArrayList<Task> queue = waiters.get(key);
        return queue == null ? List.of() : Collections.unmodifiableList(queue);
    }

    void enter(Task task, WaitCondition.FutexKey key) {
        waiters.computeIfAbsent(key, _ -> new ArrayList<>()).add(task);
    }

    /** Takes a task from the queue it is in. */
    void leave(Task task) {
        WaitCondition.FutexKey key = condition(task).key();
        ArrayList<Task> queue = waiters.get(key);
        if (queue != null) {
            queue.remove(task);
            if (queue.isEmpty()) {
                waiters.remove(key);
                kernel.piFutexes().deserted(key);
            }
        }
    }

    static WaitCondition.OnFutex condition(Task task) {
        if (task.state instanceof TaskState.Blocked(Block block)
                && block.condition() instanceof WaitCondition.OnFutex futex) {
            return futex;
        }
        throw new IllegalStateException("task " + task.id() + " waits on no futex: " + task.state);
    }

    /** Task numbers by word, in the order of arrival. */
    List<Map.Entry<WaitCondition.FutexKey, List<Integer>>> capture() {
        List<Map.Entry<WaitCondition.FutexKey, List<Integer>>> entries = new ArrayList<>();
        waiters.forEach((key, queue) ->
                entries.add(Map.entry(key, queue.stream().map(Task::id).toList())));
        return List.copyOf(entries);
    }

    void restore(List<Map.Entry<WaitCondition.FutexKey, List<Integer>>> snapshot) {
        waiters.clear();
        for (Map.Entry<WaitCondition.FutexKey, List<Integer>> entry : snapshot) {
            ArrayList<Task> queue = new ArrayList<>();
            for (int id : entry.getValue()) {
                kernel.task(id).ifPresent(queue::add);
            }
            waiters.put(entry.getKey(), queue);
        }
    }
}
