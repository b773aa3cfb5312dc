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
        long entry = LittleEndian.get64(words, 0) & ~1L;
        long offset = LittleEndian.get64(words, 8);
        long pending = LittleEndian.get64(words, 16) & ~1L;
        for (int i = 0; i < FutexOperation.ROBUST_LIST_LIMIT && entry != head && entry != 0; i++) {
            byte[] next = new byte[8];
            if (task.process().memory().copyIn(entry, next, 0, 8) < 8) {
                return;
            }
            if (entry != pending) {
                die(kernel, task, entry + offset);
            }
            entry = LittleEndian.get64(next, 0) & ~1L;
        }
        if (pending != 0) {
            die(kernel, task, pending + offset);
        }
    }

    private static void die(Kernel kernel, Task task, long address) {
        AddressSpace memory = task.process().memory();
        byte[] word = new byte[4];
        if (memory.copyIn(address, word, 0, 4) < 4) {
            return;
        }
        int value = LittleEndian.get32(word, 0);
        if ((value & FutexOperation.FUTEX_TID_MASK) != task.id()) {
            return;
        }
        LittleEndian.put32(word, 0, value & FutexOperation.FUTEX_WAITERS | FutexOperation.FUTEX_OWNER_DIED);
        memory.copyOut(address, word, 0, 4);
        if ((value & FutexOperation.FUTEX_WAITERS) != 0) {
            kernel.futexes().wake(WaitCondition.FutexKey.of(task.process(), address, true), 1, -1);
        }
    }
}
