package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;

/** What a process may map and lock: may_expand_vm of mm/mmap.c, mlock_future_ok of mm/mlock.c. */
public final class MemoryLimits {
    /** What Linux maps of a stack to begin with; here all of it is there from the start, which does not count. */
    private static final long FIRST_STACK_BYTES = 132 << 10;

    private MemoryLimits() {}

    /** Private memory that can be written, but for the stack: what RLIMIT_DATA is about (is_data_mapping). */
    public static boolean isOfData(int protection, boolean shared) {
        return !shared && (protection & Protection.WRITE) != 0;
    }

    /** Do RLIMIT_AS and RLIMIT_DATA allow so many bytes more. */
    public static boolean allow(Process process, long bytes, boolean ofData) {
        long all = process.softLimit(SystemLayouts.RLIMIT_AS);
        long data = process.softLimit(SystemLayouts.RLIMIT_DATA);
        if (all != SystemLayouts.RLIM_INFINITY && exceeds(mappedBytes(process.memory(), false), bytes, all)) {
            return false;
        }
        if (!ofData || data == SystemLayouts.RLIM_INFINITY) {
            return true;
        }
        long used = mappedBytes(process.memory(), true);
        // "Workaround for Valgrind" of may_expand_vm.
        long limit = data == 0 ? process.hardLimit(SystemLayouts.RLIMIT_DATA) : data;
        return limit == SystemLayouts.RLIM_INFINITY || !exceeds(used, bytes, limit);
    }

    private static boolean exceeds(long used, long more, long limit) {
        long whole = limit & -AddressSpace.PAGE_SIZE;
        return Long.compareUnsigned(used + more, whole) > 0;
    }

    /** Bytes of all mappings, or of those that count as data. */
    private static long mappedBytes(AddressSpace memory, boolean onlyData) {
        long sum = 0;
        for (Mapping mapping : memory.mappings()) {
            boolean stack = mapping.backing().name().equals("[stack]");
            if (stack) {
                sum += onlyData ? 0 : FIRST_STACK_BYTES;
            } else if (!onlyData || isOfData(mapping.protection(), mapping.shared())) {
                sum += mapping.lengthBytes();
            }
        }
        return sum;
    }

    /** May the process lock memory at all (can_do_mlock). */
    public static boolean mayLock(Process process) {
        return process.softLimit(SystemLayouts.RLIMIT_MEMLOCK) != 0 || isPrivileged(process);
    }

    /** Does RLIMIT_MEMLOCK allow so many locked bytes more. */
    public static boolean allowLocked(Process process, long bytes) {
        long limit = process.softLimit(SystemLayouts.RLIMIT_MEMLOCK);
        return limit == SystemLayouts.RLIM_INFINITY
                || isPrivileged(process)
                || !exceeds(lockedBytes(process.memory(), 0, AddressSpace.END), bytes, limit);
    }

    /** Does it allow all memory to be locked. */
    public static boolean allowAllLocked(Process process) {
        long limit = process.softLimit(SystemLayouts.RLIMIT_MEMLOCK);
        return limit == SystemLayouts.RLIM_INFINITY
                || isPrivileged(process)
                || !exceeds(mappedBytes(process.memory(), false), 0, limit);
    }

    /** Bytes of a range that are locked. */
    public static long lockedBytes(AddressSpace memory, long start, long end) {
        long sum = 0;
        for (Mapping mapping : memory.mappingsIn(start, end)) {
            if (mapping.has(Mapping.LOCKED)) {
                sum += Math.min(end, mapping.end()) - Math.max(start, mapping.start());
            }
        }
        return sum;
    }

    /** CAP_IPC_LOCK. */
    private static boolean isPrivileged(Process process) {
        return process.credentials().effectiveUser() == 0;
    }
}
