package dev.gostub.emulator.kernel;

import static dev.gostub.emulator.abi.FutexOperation.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Locks whose word holds the number of the owner, and which the kernel hands from one owner to the next: kernel/futex/pi.c. All tasks
 * have the same priority, so the longest waiter is next and nobody's priority need be lent.
 *
 * <p>Invariant: a word has an entry in {@code owners} exactly while tasks wait for the lock.
 */
public final class PiFutexes {
    /** What {@link #take} says if the lock is somebody else's. */
    public static final long MUST_WAIT = 1;

    private final Kernel kernel;
    private final Futexes futexes;
    private final LinkedHashMap<WaitCondition.FutexKey, Integer> owners = new LinkedHashMap<>();

    PiFutexes(Kernel kernel, Futexes futexes) {
        this.kernel = kernel;
        this.futexes = futexes;
    }

    /** A futex word where a process sees it. */
    public record Word(Process process, long address, WaitCondition.FutexKey key) {
        OptionalInt read() {
            byte[] bytes = new byte[4];
            return process.memory().copyIn(address, bytes, 0, 4) == 4
                    ? OptionalInt.of(LittleEndian.get32(bytes, 0))
                    : OptionalInt.empty();
        }

        boolean write(int value) {
            byte[] bytes = new byte[4];
            LittleEndian.put32(bytes, 0, value);
            return process.memory().copyOut(address, bytes, 0, 4) == 4;
        }
    }

    /**
     * Takes the lock for a task if nobody has it (futex_lock_pi_atomic).
     *
     * @return 0, {@link #MUST_WAIT} or a negative errno
     */
    public long take(Task task, Word word) {
        return take(task, word, false);
    }

    private long take(Task task, Word word, boolean othersFollow) {
        OptionalInt value = word.read();
        if (value.isEmpty()) {
            return Errno.EFAULT.result();
        }
        int owner = value.getAsInt() & FUTEX_TID_MASK;
        if (owner == task.id()) {
            return Errno.EDEADLK.result();
        }
        if (!futexes.waiters(word.key()).isEmpty()) {
            // Somebody who waits in another way, or a word that was changed behind the kernel's back
            // (attach_to_pi_state).
            Integer holder = owners.get(word.key());
            return holder != null && holder == owner ? MUST_WAIT : Errno.EINVAL.result();
        }
        if (owner == 0) {
            int others = othersFollow ? FUTEX_WAITERS : 0;
            boolean written = word.write(value.getAsInt() & FUTEX_OWNER_DIED | task.id() | others);
            return written ? 0 : Errno.EFAULT.result();
        }
        if (!word.write(value.getAsInt() | FUTEX_WAITERS)) {
            return Errno.EFAULT.result();
        }
        return kernel.task(owner).isPresent() ? MUST_WAIT : Errno.ESRCH.result();
    }

    /**
     * Notes that a task is going to wait for a lock that it could not {@link #take}.
     *
     * @return 0, or EDEADLK if the owner waits, directly or by others, for a lock of the task
     */
    public long attach(Task task, Word word) {
        int owner = word.read().orElse(0) & FUTEX_TID_MASK;
        int at = owner;
        for (int i = 0; i <= owners.size(); i++) {
            if (at == task.id()) {
                return Errno.EDEADLK.result();
            }
            at = kernel.task(at).map(this::lockOwnerWaitedFor).orElse(0);
        }
        owners.put(word.key(), owner);
        return 0;
    }

    private int lockOwnerWaitedFor(Task task) {
        return task.state instanceof TaskState.Blocked(Block block)
                        && block.condition() instanceof WaitCondition.PiFutex lock
                ? owners.getOrDefault(lock.key(), 0)
                : 0;
    }

    /** {@code FUTEX_UNLOCK_PI}: 0 or a negative errno. */
    public long unlock(Task task, Word word) {
        OptionalInt value = word.read();
        if (value.isEmpty()) {
            return Errno.EFAULT.result();
        }
        if ((value.getAsInt() & FUTEX_TID_MASK) != task.id()) {
            return Errno.EPERM.result();
        }
        if (futexes.waiters(word.key()).isEmpty()) {
            return word.write(0) ? 0 : Errno.EFAULT.result();
        }
        Integer holder = owners.get(word.key());
        if (holder == null || holder != task.id()) {
            return Errno.EINVAL.result();
        }
        handOver(word.key(), 0);
        return 0;
    }

    /** The longest waiter has the lock now; the word says that the kernel is to be asked, also if nobody else waits (wake_futex_pi). */
    private void handOver(WaitCondition.FutexKey key, int died) {
        Task next = futexes.waiters(key).getFirst();
        if (Futexes.condition(next) instanceof WaitCondition.PiFutex waiting) {
            new Word(next.process(), waiting.address(), key).write(FUTEX_WAITERS | died | next.id());
        }
        owners.put(key, next.id());
        futexes.leave(next);
        kernel.complete(next, 0);
    }

    /** Nobody waits for the word any more. */
    void deserted(WaitCondition.FutexKey key) {
        owners.remove(key);
    }

    /** A task ends: the locks it holds go to those who wait for them (exit_pi_state_list). */
    void ownerDied(Task task) {
        for (Map.Entry<WaitCondition.FutexKey, Integer> entry : List.copyOf(owners.entrySet())) {
            if (entry.getValue() == task.id()) {
                handOver(entry.getKey(), FUTEX_OWNER_DIED);
            }
        }
    }

    /**
     * {@code FUTEX_CMP_REQUEUE_PI}, once the value was compared: tasks that wait on a condition wait for its lock from now on, and the first has it if it is free.
     *
     * @param most how many may wait for the lock besides the first
     * @return how many were moved or have the lock, or a negative errno
     */
    public long requeue(WaitCondition.FutexKey from, Word lock, int most) {
        List<Task> queue = List.copyOf(futexes.waiters(from));
        if (queue.isEmpty()) {
            return 0;
        }
        if (!waitsFor(queue.getFirst(), lock)) {
            return Errno.EINVAL.result();
        }
        long taken = take(queue.getFirst(), lock, most > 0);
        if (taken < 0) {
            return taken;
        }
        int moved = 0;
        if (taken == 0) {
            futexes.leave(queue.getFirst());
            kernel.complete(queue.getFirst(), 0);
            moved++;
        }
        while (moved < queue.size() && moved - 1 < most) {
            Task task = queue.get(moved);
            if (!waitsFor(task, lock)) {
                return Errno.EINVAL.result();
            }
            long attached = attach(task, lock);
            if (attached < 0) {
                futexes.leave(task);
                kernel.complete(task, attached);
                return attached;
            }
            futexes.move(task, new WaitCondition.PiFutex(lock.key(), lockAddress(task)), Block.Restart.AGAIN);
            moved++;
        }
        return moved;
    }

    private static boolean waitsFor(Task task, Word lock) {
        return Futexes.condition(task) instanceof WaitCondition.RequeuePi waiting
                && waiting.lock().equals(lock.key());
    }

    private static long lockAddress(Task task) {
        return Futexes.condition(task) instanceof WaitCondition.RequeuePi waiting ? waiting.lockAddress() : 0;
    }

    /** Owners by word. */
    List<Map.Entry<WaitCondition.FutexKey, Integer>> capture() {
        return List.copyOf(owners.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList());
    }

    void restore(List<Map.Entry<WaitCondition.FutexKey, Integer>> snapshot) {
        owners.clear();
        snapshot.forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
    }
}
