package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Scheduling;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Task;

/** Turns and processors. */
final class SchedulingCalls {
    private static final int MASK_BYTES = 8;
    /** getpriority(2) of the kernel returns 20 - nice. */
    private static final int NICE_ZERO = 20;

    private static final int LARGEST_PRIORITY = 99;

    private SchedulingCalls() {}

    static SyscallResult schedYield(SyscallContext call) {
        call.kernel().scheduler().yieldTurn();
        return SyscallResult.OK;
    }

    private static Task task(SyscallContext call, int id) {
        if (id < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return id == 0 ? call.task() : call.kernel().task(id).orElseThrow(() -> new SyscallException(Errno.ESRCH));
    }

    /** sched_getaffinity(2): the kernel's returns the bytes it wrote. */
    static SyscallResult schedGetaffinity(SyscallContext call) {
        long size = call.argument(1);
        if (size < MASK_BYTES || size % 8 != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.write64(call.argument(2), task(call, call.integer(0)).affinity());
        return SyscallResult.value(MASK_BYTES);
    }

    static SyscallResult schedSetaffinity(SyscallContext call) {
        int length = Math.clamp(call.argument(1), 0, MASK_BYTES);
        byte[] mask = new byte[MASK_BYTES];
        byte[] given = call.read(call.argument(2), length);
        System.arraycopy(given, 0, mask, 0, length);
        Task target = task(call, call.integer(0));
        Credentials caller = call.process().credentials();
        Credentials other = target.process().credentials();
        boolean owns = caller.effectiveUser() == other.effectiveUser() || caller.effectiveUser() == other.realUser();
        if (!owns && caller.effectiveUser() != 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        int processors = call.kernel().processors();
        long possible = processors == Long.SIZE ? -1 : (1L << processors) - 1;
        long wanted = LittleEndian.get64(mask, 0) & possible;
        if (wanted == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        target.setAffinity(wanted);
        return SyscallResult.OK;
    }

    static SyscallResult getcpu(SyscallContext call) {
        if (call.argument(0) != 0) {
            call.write32(call.argument(0), call.task().processor());
        }
        if (call.argument(1) != 0) {
            call.write32(call.argument(1), 0);
        }
        return SyscallResult.OK;
    }

    static SyscallResult getpriority(SyscallContext call) {
        return requireWhich(call.integer(0), SyscallResult.value(NICE_ZERO));
    }

    static SyscallResult setpriority(SyscallContext call) {
        return requireWhich(call.integer(0), SyscallResult.OK);
    }

    private static SyscallResult requireWhich(int which, SyscallResult otherwise) {
        boolean known = which >= Scheduling.PRIO_PROCESS && which <= Scheduling.PRIO_USER;
        return known ? otherwise : SyscallResult.failure(Errno.EINVAL);
    }

    static SyscallResult schedGetscheduler(SyscallContext call) {
        task(call, call.integer(0));
        return SyscallResult.value(Scheduling.SCHED_OTHER);
    }

    static SyscallResult schedSetscheduler(SyscallContext call) {
        task(call, call.integer(0));
        int policy = call.integer(1);
        boolean ordinary =
                policy == Scheduling.SCHED_OTHER || policy == Scheduling.SCHED_BATCH || policy == Scheduling.SCHED_IDLE;
        return ordinary ? SyscallResult.OK : SyscallResult.failure(Errno.EPERM);
    }

    static SyscallResult schedGetparam(SyscallContext call) {
        task(call, call.integer(0));
        call.write32(call.argument(1), 0);
        return SyscallResult.OK;
    }

    static SyscallResult schedGetPriorityMax(SyscallContext call) {
        return priority(call.integer(0), LARGEST_PRIORITY);
    }

    static SyscallResult schedGetPriorityMin(SyscallContext call) {
        return priority(call.integer(0), 1);
    }

    private static SyscallResult priority(int policy, int ofRealTime) {
        return switch (policy) {
            case Scheduling.SCHED_FIFO, Scheduling.SCHED_RR -> SyscallResult.value(ofRealTime);
            case Scheduling.SCHED_OTHER, Scheduling.SCHED_BATCH, Scheduling.SCHED_IDLE, Scheduling.SCHED_DEADLINE ->
                SyscallResult.OK;
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }
}
