package dev.gostub.emulator.kernel;

/**
 * {@code struct sem_array}. Times are seconds since 1970; the arrays are never changed.
 *
 * @param pids who changed each semaphore last
 */
public record SemaphoreSet(IpcPermission permission, int[] values, int[] pids, long operated, long changed)
        implements IpcObject {
    SemaphoreSet with(int[] newValues, int[] newPids) {
        return new SemaphoreSet(permission, newValues, newPids, operated, changed);
    }

    SemaphoreSet operatedAt(long now) {
        return new SemaphoreSet(permission, values, pids, now, changed);
    }

    SemaphoreSet changedAt(long now) {
        return new SemaphoreSet(permission, values, pids, operated, now);
    }

    SemaphoreSet with(IpcPermission other) {
        return new SemaphoreSet(other, values, pids, operated, changed);
    }

    /** An element of {@code semop(2)}'s array. */
    public record Operation(int number, int change, int flags) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }
}
