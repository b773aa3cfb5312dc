package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.MemoryFlags.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.MemoryLimits;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;

/** {@code mremap(2)}: mm/mremap.c. */
final class RemapCalls {
    private static final long PAGE = AddressSpace.PAGE_SIZE;

    private RemapCalls() {}

    /** What is asked for; an old length of 0 asks for a second mapping of what is shared. */
    private record Wish(long from, long oldLength, long newLength, int flags) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        boolean onlyShrinks() {
            return !has(MREMAP_FIXED | MREMAP_DONTUNMAP) && Long.compareUnsigned(newLength, oldLength) <= 0;
        }

        boolean isLawful() {
            boolean moves = has(MREMAP_MAYMOVE);
            return (from & PAGE - 1) == 0
                    && newLength > 0
                    && (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) == 0
                    && (moves || !has(MREMAP_FIXED | MREMAP_DONTUNMAP))
                    && (!has(MREMAP_DONTUNMAP) || oldLength == newLength);
        }
    }

    /** mremap(2). */
    static SyscallResult mremap(SyscallContext call) {
        SyscallResult result = remap(call);
        call.kernel().mappedFiles().settle();
        return result;
    }

    private static SyscallResult remap(SyscallContext call) {
        Wish wish = new Wish(
                call.argument(0),
                MemoryCalls.pageUp(call.argument(1)),
                MemoryCalls.pageUp(call.argument(2)),
                call.integer(3));
        if (!wish.isLawful()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        AddressSpace memory = call.memory();
        Mapping old = memory.mappingAt(wish.from);
        if (old == null) {
            return SyscallResult.failure(Errno.EFAULT);
        }
        if (wish.oldLength == 0 && !old.shared()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (wish.onlyShrinks()) {
            return shrink(memory, wish);
        }
        if (Long.compareUnsigned(wish.oldLength, old.end() - wish.from) > 0) {
            return SyscallResult.failure(Errno.EFAULT);
        }
        if (wish.newLength > AddressSpace.END) {
            return SyscallResult.failure(wish.has(MREMAP_FIXED) ? Errno.EINVAL : Errno.ENOMEM);
        }
        requireRoom(call, old, wish);
        return wish.has(MREMAP_FIXED) ? moveTo(call, old, wish) : resize(memory, old, wish);
    }

    private static void requireRoom(SyscallContext call, Mapping old, Wish wish) {
        long more = wish.has(MREMAP_DONTUNMAP) ? wish.newLength : wish.newLength - wish.oldLength;
        if (more <= 0) {
            return;
        }
        if (old.has(Mapping.LOCKED) && !MemoryLimits.allowLocked(call.process(), more)) {
            throw new SyscallException(Errno.EAGAIN);
        }
        boolean ofData = MemoryLimits.isOfData(old.protection(), old.shared());
        if (!MemoryLimits.allow(call.process(), more, ofData)) {
            throw new SyscallException(Errno.ENOMEM);
        }
    }

    private static SyscallResult moveTo(SyscallContext call, Mapping old, Wish wish) {
        long to = call.argument(4);
        boolean outside = to < 0 || to > AddressSpace.END - wish.newLength;
        if ((to & PAGE - 1) != 0 || outside || to < wish.from + wish.oldLength && wish.from < to + wish.newLength) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        MemoryCalls.place(call.memory(), to, wish.newLength, MAP_FIXED);
        call.memory().unmap(to, to + wish.newLength);
        return move(call.memory(), old, wish, to);
    }

    private static SyscallResult move(AddressSpace memory, Mapping old, Wish wish, long to) {
        if (wish.has(MREMAP_DONTUNMAP)) {
            memory.moveContent(wish.from, wish.oldLength, to);
        } else if (wish.oldLength == 0) {
            long offset = old.offsetOf(wish.from);
            memory.map(new Mapping(to, to + wish.newLength, old.protection(), true, old.backing(), offset));
        } else {
            memory.move(wish.from, wish.oldLength, to, wish.newLength);
        }
        return SyscallResult.value(to);
    }

    /** What is cut off may reach beyond the mapping: it is unmapped as munmap(2) does it. */
    private static SyscallResult shrink(AddressSpace memory, Wish wish) {
        long newEnd = wish.from + wish.newLength;
        if (wish.newLength != wish.oldLength) {
            if (!MemoryCalls.isUserRange(newEnd, wish.oldLength - wish.newLength)) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            memory.unmap(newEnd, wish.from + wish.oldLength);
        }
        return SyscallResult.value(wish.from);
    }

    private static SyscallResult resize(AddressSpace memory, Mapping old, Wish wish) {
        long oldEnd = wish.from + wish.oldLength;
        long newEnd = wish.from + wish.newLength;
        boolean expandable = old.end() == oldEnd && newEnd <= AddressSpace.END && memory.isFree(oldEnd, newEnd);
        if (expandable && !wish.has(MREMAP_DONTUNMAP)) {
            long offset = old.backing().anonymous() ? 0 : old.offsetBytes() + old.lengthBytes();
            memory.map(new Mapping(oldEnd, newEnd, old.protection(), old.shared(), old.backing(), offset, old.marks()));
            return SyscallResult.value(wish.from);
        }
        if (!wish.has(MREMAP_MAYMOVE)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        return move(memory, old, wish, MemoryCalls.place(memory, 0, wish.newLength, 0));
    }
}
