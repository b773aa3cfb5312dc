package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.MemoryFlags.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.FileBacking;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;

/** {@code madvise(2)}: mm/madvise.c. */
final class AdviceCalls {
    private static final long PAGE = AddressSpace.PAGE_SIZE;

    private AdviceCalls() {}

    /** madvise(2). */
    static SyscallResult madvise(SyscallContext call) {
        long start = call.argument(0);
        long length = MemoryCalls.pageUp(call.argument(1));
        boolean wraps = length == 0 && call.argument(1) != 0 || Long.compareUnsigned(start + length, start) < 0;
        int advice = call.integer(2);
        boolean known =
                advice >= MADV_NORMAL && advice <= MADV_DONTNEED || advice >= MADV_FREE && advice <= MADV_COLLAPSE;
        if (!known || (start & PAGE - 1) != 0 || wraps) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (length == 0) {
            return SyscallResult.OK;
        }
        // No process has memory up there: what lies below gets the advice, the rest is a hole.
        long end = MemoryCalls.isUserRange(start, length) ? start + length : start < 0 ? start : AddressSpace.END;
        for (Mapping mapping : call.memory().mappingsIn(start, end)) {
            advise(call, mapping, Math.max(start, mapping.start()), Math.min(end, mapping.end()));
        }
        return end == start + length && MemoryCalls.isMapped(call.memory(), start, end)
                ? SyscallResult.OK
                : SyscallResult.failure(Errno.ENOMEM);
    }

    /** What a mapping does not take ends the call; what was advised by then stays so. */
    private static void advise(SyscallContext call, Mapping mapping, long start, long end) {
        AddressSpace memory = call.memory();
        boolean locked = mapping.has(Mapping.LOCKED);
        boolean anonymous = mapping.backing().anonymous() && !mapping.shared();
        switch (call.integer(2)) {
            case MADV_DONTNEED, MADV_DONTNEED_LOCKED -> {
                require(!locked || call.integer(2) == MADV_DONTNEED_LOCKED);
                discard(memory, mapping, start, end);
            }
            case MADV_FREE -> {
                require(!locked && anonymous);
                discard(memory, mapping, start, end);
            }
            case MADV_COLD, MADV_PAGEOUT -> require(!locked);
            case MADV_REMOVE -> remove(mapping, start, end);
            case MADV_DONTFORK -> memory.mark(start, end, Mapping.DONT_FORK, 0);
            case MADV_DOFORK -> memory.mark(start, end, 0, Mapping.DONT_FORK);
            case MADV_WIPEONFORK -> {
                require(anonymous);
                memory.mark(start, end, Mapping.WIPE_ON_FORK, 0);
            }
            case MADV_KEEPONFORK -> memory.mark(start, end, 0, Mapping.WIPE_ON_FORK);
            case MADV_POPULATE_READ -> populate(mapping, start, end, Protection.READ);
            case MADV_POPULATE_WRITE -> populate(mapping, start, end, Protection.WRITE);
            default -> {}
        }
    }

    private static void require(boolean suits) {
        if (!suits) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    /** Private memory forgets its content; what is shared would only be read again from where it lives. */
    private static void discard(AddressSpace memory, Mapping mapping, long start, long end) {
        if (!mapping.shared()) {
            memory.discard(start, end);
        }
    }

    /** Makes a hole in the file that is mapped (madvise_remove). */
    private static void remove(Mapping mapping, long start, long end) {
        require(!mapping.has(Mapping.LOCKED) && mapping.backing() instanceof FileBacking);
        if (!(mapping.backing() instanceof FileBacking file) || !mapping.shared() || !file.writable()) {
            throw new SyscallException(Errno.EACCES);
        }
        long from = mapping.offsetOf(start);
        long to = Math.min(mapping.offsetOf(end), file.lengthBytes());
        byte[] zeros = new byte[AddressSpace.PAGE_SIZE];
        for (long at = from; at < to; at += PAGE) {
            file.file().writeAt(at, zeros, 0, (int) Math.min(PAGE, to - at));
        }
    }

    /** All of it is there as soon as it is touched; what counts is whether it could be (faultin_page_range). */
    private static void populate(Mapping mapping, long start, long end, int right) {
        require((mapping.protection() & right) != 0);
        boolean reaches = mapping.backing().anonymous()
                || mapping.offsetOf(end - 1)
                        < MemoryCalls.pageUp(mapping.backing().lengthBytes());
        if (!reaches || start < 0) {
            throw new SyscallException(Errno.EFAULT);
        }
    }
}
