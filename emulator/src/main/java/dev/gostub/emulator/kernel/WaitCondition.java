package dev.gostub.emulator.kernel;

import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.vfs.FileLocks;
import java.util.List;

/** What a blocked task waits for besides its deadline and signals. Data only: descriptors and addresses, no objects, so that a snapshot can hold it. */
public sealed interface WaitCondition {
    /** Nothing: only the deadline or a signal ends the wait. */
    record Never() implements WaitCondition {}

    /** Something on a futex word, which {@code key} names. The waker completes the call. */
    sealed interface OnFutex extends WaitCondition {
        FutexKey key();
    }

    /** A wake-up. */
    record Futex(FutexKey key, int bitset) implements OnFutex {}

    /** A lock that its owner hands over ({@code FUTEX_LOCK_PI}); {@code address} is where the process sees the word. */
    record PiFutex(FutexKey key, long address) implements OnFutex {}

    /** To wait for a lock instead ({@code FUTEX_WAIT_REQUEUE_PI}). */
    record RequeuePi(FutexKey key, FutexKey lock, long lockAddress) implements OnFutex {}

    /** One of the files becomes ready. The call is then made again. */
    record Files(List<Interest> interests) implements WaitCondition {}

    /** One of these signals becomes pending ({@code rt_sigtimedwait(2)}). */
    record Signals(long set) implements WaitCondition {}

    /** A child changes its state; {@code news} is {@link Kinship#childNews()} at the last look. */
    record Child(long news) implements WaitCondition {}

    /** No lock of somebody else stands in the way of one. */
    record FileLock(int descriptor, FileLocks.Wanted wanted) implements WaitCondition {}

    /** The child that shares the memory has exited or executed another program ({@code vfork(2)}). It completes the call. */
    record Released(int processId) implements WaitCondition {}

    /** All of the operations on a set of semaphores can be made. Who makes that possible makes them, and completes the call. */
    record Semaphores(int id, List<SemaphoreSet.Operation> operations) implements WaitCondition {}

    /** A message comes to a queue. Who sends it completes the call. */
    record MessageIn(int id, MessageQueues.Selection selection) implements WaitCondition {}

    /** A queue has room for a message. Who makes room puts it there, and completes the call. */
    record MessageOut(int id, MessageQueue.Text text) implements WaitCondition {}

    /** A descriptor and the {@code POLL*} bits that end the wait. */
    record Interest(int descriptor, int events) {}

    /** A futex word: the address space it is in and its address there; in shared memory {@link dev.gostub.emulator.memory.Backing#identity} and the place in the object. */
    record FutexKey(long space, long address) {
        /**
         * The word that a process knows by an address (get_futex_key of kernel/futex/core.c).
         *
         * @param everywhere processes that share the memory are meant as well: the operation is without FUTEX_PRIVATE_FLAG
         */
        public static FutexKey of(Process process, long address, boolean everywhere) {
            Mapping mapping = everywhere ? process.memory().mappingAt(address) : null;
            return mapping != null && mapping.shared() && mapping.backing().identity() != 0
                    ? new FutexKey(mapping.backing().identity(), mapping.offsetOf(address))
                    : new FutexKey(process.space(), address);
        }
    }
}
