package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SystemVIpc;
import dev.gostub.emulator.kernel.SemaphoreSet.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * System V semaphores, ipc/sem.c. Who makes a change also makes the operations that become possible by it, for those who wait: first those that wait for zero, then the others in the order in which
 * they came.
 */
public final class SemaphoreSets {
    /** What {@link #operate} says if the operations cannot be made now. */
    public static final long WOULD_BLOCK = 1;

    private final Kernel kernel;
    private final IpcIds<SemaphoreSet> ids = new IpcIds<>(SystemVIpc.SEMMNI);
    /** Waiting tasks of all sets in the order in which they came. */
    private final ArrayList<Task> waiting = new ArrayList<>();
    /** What SEM_UNDO will add at the end of the tasks that share a list of undos, for each set; the arrays are never changed. */
    private final TreeMap<Integer, TreeMap<Integer, int[]>> undos = new TreeMap<>();

    private int undoLists;

    SemaphoreSets(Kernel kernel) {
        this.kernel = kernel;
    }

    public boolean isFull() {
        return ids.isFull();
    }

    public Optional<SemaphoreSet> find(int id) {
        return ids.find(id);
    }

    public Optional<SemaphoreSet> at(int place) {
        return ids.at(place);
    }

    public Optional<SemaphoreSet> findKey(int key) {
        return ids.findKey(key);
    }

    public List<SemaphoreSet> all() {
        return ids.all();
    }

    public int highestPlace() {
        return ids.highestPlace();
    }

    /** Makes a set of so many semaphores: its id. */
    public int create(int key, Process process, int mode, int count) {
        IpcPermission permission = IpcPermission.of(key, ids.next(), process.credentials(), mode);
        ids.put(new SemaphoreSet(permission, new int[count], new int[count], 0, Ipc.seconds(kernel)));
        return permission.id();
    }

    public void change(SemaphoreSet set, IpcPermission permission) {
        ids.put(set.with(permission).changedAt(Ipc.seconds(kernel)));
    }

    /** {@code IPC_RMID}. */
    public void remove(SemaphoreSet set) {
        int id = set.permission().id();
        ids.remove(id);
        undos.values().forEach(each -> each.remove(id));
        for (Task task : waiting(id)) {
            finish(task, Errno.EIDRM.result());
        }
    }

    /** {@code SETALL}, and with one value at a number {@code SETVAL}: what was to be undone there is forgotten. */
    public void set(SemaphoreSet set, int first, int[] values, Process by) {
        int[] newValues = set.values().clone();
        int[] pids = set.pids().clone();
        System.arraycopy(values, 0, newValues, first, values.length);
        Arrays.fill(pids, first, first + values.length, by.id());
        ids.put(set.with(newValues, pids).changedAt(Ipc.seconds(kernel)));
        for (TreeMap<Integer, int[]> undo : undos.values()) {
            undo.computeIfPresent(set.permission().id(), (_, old) -> {
                int[] cleared = old.clone();
                Arrays.fill(cleared, first, first + values.length, 0);
                return cleared;
            });
        }
        wake(set.permission().id());
    }

    // ---- operations

    /** {@code semop(2)}: all of the operations or none. 0, a negative errno, or {@link #WOULD_BLOCK}. */
    public long operate(Task task, SemaphoreSet set, List<Operation> operations) {
        long result = attempt(task, set, operations);
        if (result == 0 && alters(operations)) {
            wake(set.permission().id());
        }
        return result;
    }

    private static boolean alters(List<Operation> operations) {
        return operations.stream().anyMatch(operation -> operation.change() != 0);
    }

    private long attempt(Task task, SemaphoreSet set, List<Operation> operations) {
        int[] values = set.values().clone();
        int[] pids = set.pids().clone();
        boolean undone = operations.stream().anyMatch(operation -> operation.has(SystemVIpc.SEM_UNDO));
        int[] undo = undone ? undo(task, set).clone() : new int[0];
        for (Operation operation : operations) {
            int number = operation.number();
            if (blocks(operation, values)) {
                return operation.has(SystemVIpc.IPC_NOWAIT) ? Errno.EAGAIN.result() : WOULD_BLOCK;
            }
            values[number] += operation.change();
            if (values[number] > SystemVIpc.SEMVMX) {
                return Errno.ERANGE.result();
            }
            if (operation.has(SystemVIpc.SEM_UNDO)) {
                undo[number] -= operation.change();
                if (undo[number] < -SystemVIpc.SEMVMX - 1 || undo[number] > SystemVIpc.SEMVMX) {
                    return Errno.ERANGE.result();
                }
            }
            pids[number] = task.process().id();
        }
        ids.put(set.with(values, pids).operatedAt(Ipc.seconds(kernel)));
        if (undone) {
            undos.computeIfAbsent(task.undoList, _ -> new TreeMap<>())
                    .put(set.permission().id(), undo);
        }
        return 0;
    }

    private static boolean blocks(Operation operation, int[] values) {
        int value = values[operation.number()];
        return operation.change() == 0 ? value != 0 : value + operation.change() < 0;
    }

    /** The list of a task, which has one from now on. */
    int undoList(Task task) {
        if (task.undoList == 0) {
            task.undoList = ++undoLists;
        }
        return task.undoList;
    }

    private int[] undo(Task task, SemaphoreSet set) {
        int[] none = new int[set.values().length];
        TreeMap<Integer, int[]> undo = undos.get(undoList(task));
        return undo == null ? none : undo.getOrDefault(set.permission().id(), none);
    }

    // ---- those who wait

    void enter(Task task) {
        waiting.add(task);
    }

    void leave(Task task) {
        waiting.remove(task);
    }

    private void finish(Task task, long result) {
        waiting.remove(task);
        kernel.complete(task, result);
    }

    private List<Task> waiting(int id) {
        return waiting.stream().filter(task -> condition(task).id() == id).toList();
    }

    private static WaitCondition.Semaphores condition(Task task) {
        if (task.state instanceof TaskState.Blocked(Block block)
                && block.condition() instanceof WaitCondition.Semaphores semaphores) {
            return semaphores;
        }
        throw new IllegalStateException("task " + task.id() + " waits for no semaphore: " + task.state);
    }

    /** A set has changed ({@code do_smart_update}). */
    private void wake(int id) {
        while (wakeOne(id, false) || wakeOne(id, true)) {
            // Each may have made another one possible.
        }
    }

    private boolean wakeOne(int id, boolean altering) {
        for (Task task : waiting(id)) {
            List<Operation> operations = condition(task).operations();
            if (alters(operations) == altering) {
                long result = attempt(task, ids.find(id).orElseThrow(), operations);
                if (result != WOULD_BLOCK) {
                    finish(task, result);
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code GETNCNT} and {@code GETZCNT}: how many tasks are kept waiting by this semaphore, for it to grow or to be zero. */
    public int waiters(SemaphoreSet set, int number, boolean forZero) {
        int count = 0;
        for (Task task : waiting(set.permission().id())) {
            int[] values = set.values().clone();
            for (Operation operation : condition(task).operations()) {
                if (blocks(operation, values)) {
                    count += operation.number() == number && (operation.change() == 0) == forZero ? 1 : 0;
                    break;
                }
                values[operation.number()] += operation.change();
            }
        }
        return count;
    }

    // ---- the end of tasks

    /** {@code exit_sem}: with the last task that has the list, what it says is undone. */
    void exit(Task task) {
        boolean shared = kernel.tasks().stream().anyMatch(other -> other != task && other.undoList == task.undoList);
        TreeMap<Integer, int[]> undo = undos.get(task.undoList);
        if (task.undoList == 0 || shared || undo == null) {
            return;
        }
        undos.remove(task.undoList);
        undo.forEach((id, changes) -> ids.find(id).ifPresent(set -> undo(task, set, changes)));
    }

    private void undo(Task task, SemaphoreSet set, int[] changes) {
        int[] values = set.values().clone();
        int[] pids = set.pids().clone();
        for (int i = 0; i < changes.length; i++) {
            if (changes[i] != 0) {
                values[i] = Math.clamp(values[i] + changes[i], 0, SystemVIpc.SEMVMX);
                pids[i] = task.process().id();
            }
        }
        ids.put(set.with(values, pids).operatedAt(Ipc.seconds(kernel)));
        wake(set.permission().id());
    }

    Snapshot capture() {
        TreeMap<Integer, TreeMap<Integer, int[]>> copy = new TreeMap<>();
        undos.forEach((list, undo) -> copy.put(list, new TreeMap<>(undo)));
        return new Snapshot(ids.capture(), waiting.stream().map(Task::id).toList(), copy, undoLists);
    }

    /** The tasks are there already. */
    void restore(Snapshot snapshot) {
        ids.restore(snapshot.ids);
        waiting.clear();
        snapshot.waiting.forEach(id -> waiting.add(kernel.task(id).orElseThrow()));
        undos.clear();
        snapshot.undos.forEach((list, undo) -> undos.put(list, new TreeMap<>(undo)));
        undoLists = snapshot.undoLists;
    }

    /** The semaphores at one moment; the maps are never changed after capture. */
    record Snapshot(
            IpcIds.Snapshot<SemaphoreSet> ids,
            List<Integer> waiting,
            TreeMap<Integer, TreeMap<Integer, int[]>> undos,
            int undoLists) {}
}
