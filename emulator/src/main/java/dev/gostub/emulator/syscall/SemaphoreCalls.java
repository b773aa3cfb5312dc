package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.SystemVIpc.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.SemaphoreSet;
import dev.gostub.emulator.kernel.SemaphoreSet.Operation;
import dev.gostub.emulator.kernel.SemaphoreSets;
import dev.gostub.emulator.kernel.WaitCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** System V semaphores: {@code semget(2)}, {@code semop(2)}, {@code semctl(2)}; ipc/sem.c. */
final class SemaphoreCalls {
    private SemaphoreCalls() {}

    private static SemaphoreSets sets(SyscallContext call) {
        return call.kernel().ipc().semaphores();
    }

    /** semget(2). */
    static SyscallResult semget(SyscallContext call) {
        int count = call.integer(1);
        if (count < 0 || count > SEMMSL) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Optional<SemaphoreSet> found = sets(call).findKey(call.integer(0));
        boolean small = found.isPresent() && found.get().values().length < count;
        return IpcCalls.get(call, new IpcCalls.Wanted(call.integer(0), call.integer(2), small), found, () -> {
            if (count == 0) {
                throw new SyscallException(Errno.EINVAL);
            }
            if (sets(call).isFull()) {
                throw new SyscallException(Errno.ENOSPC);
            }
            return sets(call).create(call.integer(0), call.process(), call.integer(2), count);
        });
    }

    // ---- semop(2)

    /** semop(2). */
    static SyscallResult semop(SyscallContext call) {
        return operate(call, Block.FOREVER);
    }

    /** semtimedop(2). */
    static SyscallResult semtimedop(SyscallContext call) {
        if (call.argument(3) == 0) {
            return operate(call, Block.FOREVER);
        }
        call.read(call.argument(3), 16);
        operations(call);
        if (call.integer(0) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return operate(call, call.deadlineAfter(call.timespec(call.argument(3))));
    }

    private static List<Operation> operations(SyscallContext call) {
        long count = Integer.toUnsignedLong(call.integer(2));
        if (count > SEMOPM) {
            throw new SyscallException(Errno.E2BIG);
        }
        if (count < 1) {
            throw new SyscallException(Errno.EINVAL);
        }
        byte[] array = call.read(call.argument(1), (int) count * SEMBUF_BYTES);
        List<Operation> operations = new ArrayList<>();
        for (int at = 0; at < array.length; at += SEMBUF_BYTES) {
            operations.add(new Operation(
                    LittleEndian.get16(array, at + SEM_NUM) & 0xffff,
                    (short) LittleEndian.get16(array, at + SEM_OP),
                    LittleEndian.get16(array, at + SEM_FLG)));
        }
        return List.copyOf(operations);
    }

    private static SyscallResult operate(SyscallContext call, long deadline) {
        List<Operation> operations = operations(call);
        // Who waits for a set that is gone has been told of it.
        SemaphoreSet set = IpcCalls.existing(sets(call).find(call.integer(0)));
        if (operations.stream().anyMatch(each -> each.number() >= set.values().length)) {
            return SyscallResult.failure(Errno.EFBIG);
        }
        boolean alters = operations.stream().anyMatch(each -> each.change() != 0);
        IpcCalls.requirePermission(call, set, alters ? S_IWUGO : S_IRUGO);
        long result = sets(call).operate(call.task(), set, operations);
        if (result != SemaphoreSets.WOULD_BLOCK) {
            return SyscallResult.of(result);
        }
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        return SyscallResult.wait(Block.on(new WaitCondition.Semaphores(call.integer(0), operations))
                .until(deadline)
                .restart(Block.Restart.NEVER));
    }

    // ---- semctl(2)

    /** semctl(2). */
    static SyscallResult semctl(SyscallContext call) {
        if (call.integer(0) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int command = call.integer(2);
        return switch (command) {
            case IPC_INFO, SEM_INFO -> limits(call, command == SEM_INFO);
            case IPC_STAT, SEM_STAT, SEM_STAT_ANY -> status(call, command);
            case GETALL, SETALL -> all(call, command == SETALL);
            case GETVAL, GETPID, GETNCNT, GETZCNT -> one(call, command);
            case SETVAL -> setOne(call);
            case IPC_SET -> {
                byte[] wanted = call.read(call.argument(3), SEMID_BYTES);
                SemaphoreSet set = owned(call);
                sets(call).change(set, IpcCalls.changed(set.permission(), wanted));
                yield SyscallResult.OK;
            }
            case IPC_RMID -> {
                sets(call).remove(owned(call));
                yield SyscallResult.OK;
            }
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    private static SemaphoreSet owned(SyscallContext call) {
        SemaphoreSet set = IpcCalls.existing(sets(call).find(call.integer(0)));
        IpcCalls.requireOwner(call, set);
        return set;
    }

    private static SemaphoreSet permitted(SyscallContext call, int wanted) {
        SemaphoreSet set = IpcCalls.existing(sets(call).find(call.integer(0)));
        IpcCalls.requirePermission(call, set, wanted);
        return set;
    }

    /** {@code struct seminfo}: of the system, or what is in use. */
    private static SyscallResult limits(SyscallContext call, boolean use) {
        int used =
                sets(call).all().stream().mapToInt(set -> set.values().length).sum();
        int[] numbers = {
            SEMMNS,
            SEMMNI,
            SEMMNS,
            SEMMNS,
            SEMMSL,
            SEMOPM,
            SEMOPM,
            use ? sets(call).all().size() : 20,
            SEMVMX,
            use ? used : SEMVMX
        };
        byte[] b = new byte[Integer.BYTES * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            LittleEndian.put32(b, Integer.BYTES * i, numbers[i]);
        }
        call.write(call.argument(3), b);
        return SyscallResult.value(sets(call).highestPlace());
    }

    private static SyscallResult status(SyscallContext call, int command) {
        int id = call.integer(0);
        SemaphoreSet set = IpcCalls.existing(
                command == IPC_STAT ? sets(call).find(id) : sets(call).at(id));
        if (command != SEM_STAT_ANY) {
            IpcCalls.requirePermission(call, set, S_IRUGO);
        }
        byte[] b = IpcCalls.structure(SEMID_BYTES, set.permission());
        LittleEndian.put64(b, SEM_OTIME, set.operated());
        LittleEndian.put64(b, SEM_CTIME, set.changed());
        LittleEndian.put64(b, SEM_NSEMS, set.values().length);
        call.write(call.argument(3), b);
        return SyscallResult.value(command == IPC_STAT ? 0 : set.permission().id());
    }

    private static SyscallResult all(SyscallContext call, boolean change) {
        SemaphoreSet set = permitted(call, change ? S_IWUGO : S_IRUGO);
        int[] values = set.values().clone();
        if (!change) {
            byte[] b = new byte[Short.BYTES * values.length];
            for (int i = 0; i < values.length; i++) {
                LittleEndian.put16(b, Short.BYTES * i, values[i]);
            }
            call.write(call.argument(3), b);
            return SyscallResult.OK;
        }
        byte[] b = call.read(call.argument(3), Short.BYTES * values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = LittleEndian.get16(b, Short.BYTES * i) & 0xffff;
            if (values[i] > SEMVMX) {
                return SyscallResult.failure(Errno.ERANGE);
            }
        }
        sets(call).set(set, 0, values, call.process());
        return SyscallResult.OK;
    }

    private static SyscallResult one(SyscallContext call, int command) {
        SemaphoreSet set = permitted(call, S_IRUGO);
        int number = call.integer(1);
        if (number < 0 || number >= set.values().length) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return SyscallResult.value(
                switch (command) {
                    case GETVAL -> set.values()[number];
                    case GETPID -> set.pids()[number];
                    default -> sets(call).waiters(set, number, command == GETZCNT);
                });
    }

    private static SyscallResult setOne(SyscallContext call) {
        int value = call.integer(3);
        if (value < 0 || value > SEMVMX) {
            return SyscallResult.failure(Errno.ERANGE);
        }
        SemaphoreSet set = IpcCalls.existing(sets(call).find(call.integer(0)));
        int number = call.integer(1);
        if (number < 0 || number >= set.values().length) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        IpcCalls.requirePermission(call, set, S_IWUGO);
        sets(call).set(set, number, new int[] {value}, call.process());
        return SyscallResult.OK;
    }
}
