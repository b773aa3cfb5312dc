package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.FutexOperation;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.memory.AddressSpace;

/** Releases the locks that a task holds when it ends ({@code set_robust_list(2)}; exit_robust_list of kernel/futex/core.c). */
final class RobustLists {
    private RobustLists() {}

    static void release(Kernel kernel, Task task) {
        long head = task.robustList;
        if (head == 0) {
            return;
        }
        task.robustList = 0;
        byte[] words = new byte[FutexOperation.ROBUST_LIST_HEAD_BYTES];
        if (task.process().memory().copyIn(head, words, 0, words.length) < words.length) {
            return;
        }
        long entry = LittleEndian.get64(words, 0);
        long offset = LittleEndian.get64(words, 8);
        long pending = LittleEndian.get64(words, 16);
        for (int i = 0; i < FutexOperation.ROBUST_LIST_LIMIT && place(entry) != head && place(entry) != 0; i++) {
            byte[] next = new byte[8];
            if (task.process().memory().copyIn(place(entry), next, 0, 8) < 8) {
                return;
            }
            if (place(entry) != place(pending)) {
                die(kernel, task, place(entry) + offset, new Kind(isPi(entry), false));
            }
            entry = LittleEndian.get64(next, 0);
        }
        if (place(pending) != 0) {
            die(kernel, task, place(pending) + offset, new Kind(isPi(pending), true));
        }
    }

    private static long place(long entry) {
        return entry & ~1L;
    }

    private static boolean isPi(long entry) {
        return (entry & 1) != 0;
    }

    /**
     * @param pi the kernel hands the lock over ({@link PiFutexes#ownerDied})
     * @param pending the task was about to take or to release it
     */
    private record Kind(boolean pi, boolean pending) {}

    /** handle_futex_death. */
    private static void die(Kernel kernel, Task task, long address, Kind kind) {
        AddressSpace memory = task.process().memory();
        byte[] word = new byte[4];
        if (memory.copyIn(address, word, 0, 4) < 4) {
            return;
        }
        int value = LittleEndian.get32(word, 0);
        if (kind.pending && !kind.pi && (value & FutexOperation.FUTEX_TID_MASK) == 0) {
            // Released already, but the task has not come to wake the next.
            kernel.futexes().wake(WaitCondition.FutexKey.of(task.process(), address, true), 1, -1);
            return;
        }
        if ((value & FutexOperation.FUTEX_TID_MASK) != task.id()) {
            return;
        }
        LittleEndian.put32(word, 0, value & FutexOperation.FUTEX_WAITERS | FutexOperation.FUTEX_OWNER_DIED);
        memory.copyOut(address, word, 0, 4);
        if (!kind.pi && (value & FutexOperation.FUTEX_WAITERS) != 0) {
            kernel.futexes().wake(WaitCondition.FutexKey.of(task.process(), address, true), 1, -1);
        }
    }
}
