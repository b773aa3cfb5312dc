package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.MemoryLimits;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.util.List;

/** {@code mlock(2)} and its kin: mm/mlock.c. Nothing is ever swapped out, so that a lock is only counted. */
final class MlockCalls {
    private static final int MLOCK_ONFAULT = 1;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private MlockCalls() {}

    /** mlock(2). */
    static SyscallResult mlock(SyscallContext call) {
        return lock(call, false);
    }

    /** mlock2(2). */
    static SyscallResult mlock2(SyscallContext call) {
        int flags = call.integer(2);
        return (flags & ~MLOCK_ONFAULT) != 0 ? SyscallResult.failure(Errno.EINVAL) : lock(call, flags != 0);
    }

    private static SyscallResult lock(SyscallContext call, boolean whenTouched) {
        if (!MemoryLimits.mayLock(call.process())) {
            return SyscallResult.failure(Errno.EPERM);
        }
        long start = start(call);
        long length = length(call);
        AddressSpace memory = call.memory();
        boolean user = MemoryCalls.isUserRange(start, length);
        long known = user ? MemoryLimits.lockedBytes(memory, start, start + length) : 0;
        if (!MemoryLimits.allowLocked(call.process(), length - known)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        SyscallResult result = mark(call, Mapping.LOCKED, 0);
        return result == SyscallResult.OK && !whenTouched && !isAccessible(memory, start, start + length)
                ? SyscallResult.failure(Errno.ENOMEM)
                : result;
    }

    /** Could all of it be brought into memory (__mm_populate). */
    private static boolean isAccessible(AddressSpace memory, long start, long end) {
        List<Mapping> mappings = memory.mappingsIn(start, end);
        return mappings.stream().noneMatch(mapping -> mapping.protection() == Protection.NONE);
    }

    /** munlock(2). */
    static SyscallResult munlock(SyscallContext call) {
        return mark(call, 0, Mapping.LOCKED);
    }

    private static long start(SyscallContext call) {
        return call.argument(0) & -AddressSpace.PAGE_SIZE;
    }

    private static long length(SyscallContext call) {
        return MemoryCalls.pageUp((call.argument(0) & AddressSpace.PAGE_SIZE - 1) + call.argument(1));
    }

    /** apply_vma_lock_flags: what lies before a hole is done. */
    private static SyscallResult mark(SyscallContext call, int set, int cleared) {
        long start = start(call);
        long length = length(call);
        if (Long.compareUnsigned(start + length, start) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (length == 0) {
            return SyscallResult.OK;
        }
        if (!MemoryCalls.isUserRange(start, length)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        long end = call.memory().firstHole(start, start + length);
        call.memory().mark(start, end, set, cleared);
        return end == start + length ? SyscallResult.OK : SyscallResult.failure(Errno.ENOMEM);
    }

    /** mlockall(2): what is mapped later is not locked. */
    static SyscallResult mlockall(SyscallContext call) {
        int flags = call.integer(0);
        boolean unknown = (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) != 0;
        if (flags == 0 || unknown || flags == MCL_ONFAULT) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (!MemoryLimits.mayLock(call.process())) {
            return SyscallResult.failure(Errno.EPERM);
        }
        if ((flags & MCL_CURRENT) != 0) {
            if (!MemoryLimits.allowAllLocked(call.process())) {
                return SyscallResult.failure(Errno.ENOMEM);
            }
            call.memory().mark(0, AddressSpace.END, Mapping.LOCKED, 0);
        }
        return SyscallResult.OK;
    }

    /** munlockall(2). */
    static SyscallResult munlockall(SyscallContext call) {
        call.memory().mark(0, AddressSpace.END, 0, Mapping.LOCKED);
        return SyscallResult.OK;
    }
}
