package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Scheduling.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.memory.AddressSpace;
import java.util.Arrays;

/** What can be said about a task's turns that have only one kind here: {@code sched_setattr(2)} and its kin, {@code ioprio_set(2)}. */
final class SchedulingAttributeCalls {
    private static final long SLICE_NANOS = 4_000_000;
    /** {@code struct sched_attr}: the first version, and the one with limits of use. */
    private static final int FIRST_BYTES = 48;

    private static final int ATTRIBUTE_BYTES = 56;
    private static final int IOPRIO_WHO_USER = 3;
    private static final int CLASS_SHIFT = 13;
    private static final int LARGEST_CLASS = 3;

    private SchedulingAttributeCalls() {}

    private static void requireTask(SyscallContext call, int id) {
        if (id < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (id != 0 && call.kernel().task(id).isEmpty()) {
            throw new SyscallException(Errno.ESRCH);
        }
    }

    /** sched_setparam(2): SCHED_OTHER has no priorities. */
    static SyscallResult schedSetparam(SyscallContext call) {
        if (call.argument(1) == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int priority = call.read32(call.argument(1));
        requireTask(call, call.integer(0));
        return priority == 0 ? SyscallResult.OK : SyscallResult.failure(Errno.EINVAL);
    }

    /** sched_rr_get_interval(2). */
    static SyscallResult schedRrGetInterval(SyscallContext call) {
        requireTask(call, call.integer(0));
        call.writeTimespec(call.argument(1), SLICE_NANOS);
        return SyscallResult.OK;
    }

    /** sched_getattr(2). */
    static SyscallResult schedGetattr(SyscallContext call) {
        int size = call.integer(2);
        boolean wrong = size < FIRST_BYTES || size > AddressSpace.PAGE_SIZE || call.integer(3) != 0;
        if (call.argument(1) == 0 || wrong) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        requireTask(call, call.integer(0));
        byte[] attribute = new byte[ATTRIBUTE_BYTES];
        LittleEndian.put32(attribute, 0, Math.min(size, ATTRIBUTE_BYTES));
        call.write(call.argument(1), Arrays.copyOf(attribute, Math.min(size, ATTRIBUTE_BYTES)));
        return SyscallResult.OK;
    }

    /** sched_setattr(2). */
    static SyscallResult schedSetattr(SyscallContext call) {
        if (call.argument(1) == 0 || call.integer(0) < 0 || call.integer(2) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int size = call.read32(call.argument(1));
        if (size != 0 && (size < FIRST_BYTES || size > AddressSpace.PAGE_SIZE)) {
            call.write32(call.argument(1), ATTRIBUTE_BYTES);
            return SyscallResult.failure(Errno.E2BIG);
        }
        byte[] attribute = call.read(call.argument(1), FIRST_BYTES);
        requireTask(call, call.integer(0));
        return switch (LittleEndian.get32(attribute, 4)) {
            case SCHED_OTHER, SCHED_BATCH, SCHED_IDLE ->
                LittleEndian.get32(attribute, 20) == 0 ? SyscallResult.OK : SyscallResult.failure(Errno.EINVAL);
            case SCHED_FIFO, SCHED_RR, SCHED_DEADLINE -> SyscallResult.failure(Errno.EPERM);
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    /** ioprio_set(2). */
    static SyscallResult ioprioSet(SyscallContext call) {
        int wanted = call.integer(2) >>> CLASS_SHIFT;
        if (wanted > LARGEST_CLASS) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return ioprioGet(call);
    }

    /** ioprio_get(2): nobody has one of his own. */
    static SyscallResult ioprioGet(SyscallContext call) {
        int which = call.integer(0);
        if (which < 1 || which > IOPRIO_WHO_USER) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        boolean process = which == 1;
        if (process
                && call.integer(1) != 0
                && call.kernel().task(call.integer(1)).isEmpty()) {
            return SyscallResult.failure(Errno.ESRCH);
        }
        return SyscallResult.OK;
    }
}
