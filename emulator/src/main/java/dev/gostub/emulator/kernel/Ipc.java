package dev.gostub.emulator.kernel;

/** System V inter-process communication ({@code sysvipc(7)}): what processes find by a key, and what outlives them. */
public final class Ipc {
    private static final long NANOS = 1_000_000_000L;

    private final SharedSegments memory;
    private final SemaphoreSets semaphores;
    private final MessageQueues messages;

    Ipc(Kernel kernel) {
        memory = new SharedSegments(kernel);
        semaphores = new SemaphoreSets(kernel);
        messages = new MessageQueues(kernel);
    }

    public SharedSegments memory() {
        return memory;
    }

    public SemaphoreSets semaphores() {
        return semaphores;
    }

    public MessageQueues messages() {
        return messages;
    }

    static long seconds(Kernel kernel) {
        return kernel.clock().realtime() / NANOS;
    }

    /** A task begins to wait. */
    void enter(Task task, WaitCondition condition) {
        if (condition instanceof WaitCondition.Semaphores) {
            semaphores.enter(task);
        } else if (condition instanceof WaitCondition.MessageIn || condition instanceof WaitCondition.MessageOut) {
            messages.enter(task);
        }
    }

    /** A task waits no longer. */
    void leave(Task task, WaitCondition condition) {
        if (condition instanceof WaitCondition.Semaphores) {
            semaphores.leave(task);
        } else if (condition instanceof WaitCondition.MessageIn || condition instanceof WaitCondition.MessageOut) {
            messages.leave(task);
        }
    }

    Snapshot capture() {
        return new Snapshot(memory.capture(), semaphores.capture(), messages.capture());
    }

    void restore(Snapshot snapshot) {
        memory.restore(snapshot.memory);
        semaphores.restore(snapshot.semaphores);
        messages.restore(snapshot.messages);
    }

    /** All of it at one moment; the content of shared memory belongs to the files. */
    record Snapshot(
            IpcIds.Snapshot<SharedSegment> memory,
            SemaphoreSets.Snapshot semaphores,
            MessageQueues.Snapshot messages) {}
}
