package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.MemoryFlags.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.FileBacking;
import dev.gostub.emulator.kernel.MemoryLimits;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;
import dev.gostub.emulator.vfs.SeekableObject.Mapped;
import java.util.Arrays;
import java.util.Optional;

/** The address space: {@code mmap(2)} and its kin. */
final class MemoryCalls {
    private static final long PAGE = AddressSpace.PAGE_SIZE;
    /** vm.mmap_min_addr. */
    private static final long LOWEST = 0x10000;

    private static final long TOP = AddressSpace.MMAP_BASE;
    /** Where MAP_32BIT ends and, as in arch_get_unmapped_area_topdown, starts. */
    private static final long TOP_32 = 0x80000000L;

    private static final long BOTTOM_32 = 0x40000000L;
    private static final int MEMBARRIER_COMMANDS = MEMBARRIER_CMD_GLOBAL
            | MEMBARRIER_CMD_GLOBAL_EXPEDITED
            | MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED
            | MEMBARRIER_CMD_PRIVATE_EXPEDITED
            | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED
            | MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE
            | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE;
    private static final Backing HEAP = Backing.named("[heap]");

    /** Where the size of huge pages is told. */
    private static final int HUGE_PAGE_SIZES = 31 << 26;
    /** Those of mmap(2) that every file takes (LEGACY_MAP_MASK). */
    private static final int LEGACY_FLAGS = MAP_FIXED
            | MAP_ANONYMOUS
            | MAP_DENYWRITE
            | MAP_EXECUTABLE
            | MAP_GROWSDOWN
            | MAP_LOCKED
            | MAP_NORESERVE
            | MAP_POPULATE
            | MAP_NONBLOCK
            | MAP_STACK
            | MAP_HUGETLB
            | MAP_32BIT
            | HUGE_PAGE_SIZES
            | MAP_FIXED_NOREPLACE;

    private MemoryCalls() {}

    /** mmap(2): the order of the checks is that of do_mmap of mm/mmap.c. */
    static SyscallResult mmap(SyscallContext call) throws FileFailure {
        long length = pageUp(call.argument(1));
        int flags = call.integer(3);
        long offset = call.argument(5);
        boolean anonymous = (flags & MAP_ANONYMOUS) != 0;
        if ((offset & PAGE - 1) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Optional<OpenFile> file = anonymous ? Optional.empty() : Optional.of(call.file(4));
        if (call.argument(1) == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (length == 0) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        if (Long.compareUnsigned(offset + length, offset) < 0) {
            return SyscallResult.failure(Errno.EOVERFLOW);
        }
        if (length < 0 || length > AddressSpace.END) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        long start = place(call.memory(), call.argument(0), length, flags);
        int locked = (flags & MAP_LOCKED) != 0 ? Mapping.LOCKED : 0;
        if (locked != 0) {
            requireLockable(call, length);
        }
        int protection = effective(call.integer(2));
        boolean shared = isShared(flags, file.isPresent());
        Backing backing = file.isPresent()
                ? backing(call, file.get(), shared, protection, length)
                : anonymous(call, shared, length);
        requireRoom(call, start, start + length, MemoryLimits.isOfData(protection, shared));
        call.memory()
                .map(new Mapping(start, start + length, protection, shared, backing, anonymous ? 0 : offset, locked));
        if ((flags & MAP_FIXED) != 0) {
            call.kernel().mappedFiles().settle();
        }
        return SyscallResult.value(start);
    }

    private static void requireLockable(SyscallContext call, long length) {
        if (!MemoryLimits.mayLock(call.process())) {
            throw new SyscallException(Errno.EPERM);
        }
        if (!MemoryLimits.allowLocked(call.process(), length)) {
            throw new SyscallException(Errno.EAGAIN);
        }
    }

    /** MAP_SHARED_VALIDATE is for files, and refuses what it does not know. */
    private static boolean isShared(int flags, boolean ofFile) {
        int type = flags & MAP_TYPE;
        if (type == MAP_SHARED_VALIDATE && ofFile) {
            if ((flags & ~(MAP_TYPE | LEGACY_FLAGS)) != 0) {
                throw new SyscallException(Errno.EOPNOTSUPP);
            }
            return true;
        }
        if (type != MAP_PRIVATE && type != MAP_SHARED
                || (flags & MAP_GROWSDOWN) != 0 && (ofFile || type == MAP_SHARED)) {
            throw new SyscallException(Errno.EINVAL);
        }
        return type == MAP_SHARED;
    }

    /** Room for a mapping under RLIMIT_AS and RLIMIT_DATA; what it replaces is room as well. */
    private static void requireRoom(SyscallContext call, long start, long end, boolean ofData) {
        long replaced = 0;
        for (Mapping mapping : call.memory().mappingsIn(start, end)) {
            replaced += Math.min(end, mapping.end()) - Math.max(start, mapping.start());
        }
        if (!MemoryLimits.allow(call.process(), end - start - replaced, ofData)) {
            throw new SyscallException(Errno.ENOMEM);
        }
    }

    /** Memory without a file. What is shared is a file without a name all the same (shmem_zero_setup), so that processes that fork keep sharing it. */
    private static Backing anonymous(SyscallContext call, boolean shared, long length) {
        return shared
                ? new FileBacking("/dev/zero (deleted)", call.vfs().sharedMemory(Paths.context(call), length), true)
                : Backing.ANONYMOUS;
    }

    /** The processor cannot write or execute what it cannot read. */
    private static int effective(int protection) {
        int bits = protection & (PROT_READ | PROT_WRITE | PROT_EXEC);
        return bits == 0 ? Protection.NONE : bits | PROT_READ;
    }

    private static Backing backing(SyscallContext call, OpenFile file, boolean shared, int protection, long length) {
        if ((file.flags() & OpenFlags.O_PATH) != 0) {
            throw new SyscallException(Errno.EBADF);
        }
        if (!OpenFlags.readable(file.flags())
                || shared && (protection & PROT_WRITE) != 0 && !OpenFlags.writable(file.flags())) {
            throw new SyscallException(Errno.EACCES);
        }
        if (!(file.object() instanceof SeekableObject seekable) || seekable.mapping() == Mapped.NOTHING) {
            throw new SyscallException(Errno.ENODEV);
        }
        if (seekable.mapping() == Mapped.ZEROS) {
            return shared ? anonymous(call, true, length) : Backing.named(file.path());
        }
        call.kernel().mappedFiles().add(seekable);
        return new FileBacking(file.path(), seekable, OpenFlags.writable(file.flags()));
    }

    /** Where a mapping of a length goes, with the flags of mmap(2). */
    static long place(AddressSpace memory, long hint, long length, int flags) {
        if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0) {
            if ((hint & PAGE - 1) != 0) {
                throw new SyscallException(Errno.EINVAL);
            }
            if (hint < 0 || hint > AddressSpace.END - length) {
                throw new SyscallException(Errno.ENOMEM);
            }
            if (hint < LOWEST) {
                throw new SyscallException(Errno.EPERM);
            }
            if ((flags & MAP_FIXED_NOREPLACE) != 0 && !memory.isFree(hint, hint + length)) {
                throw new SyscallException(Errno.EEXIST);
            }
            return hint;
        }
        long wanted = pageUp(hint);
        if (wanted >= LOWEST && wanted <= AddressSpace.END - length && memory.isFree(wanted, wanted + length)) {
            return wanted;
        }
        return search(memory, length, (flags & MAP_32BIT) != 0);
    }

    private static long search(AddressSpace memory, long length, boolean low) {
        long found = low ? memory.findFree(length, BOTTOM_32, TOP_32) : memory.findFree(length, LOWEST, TOP);
        if (found < 0 && !low) {
            found = memory.findFree(length, TOP, AddressSpace.END);
        }
        if (found < 0) {
            throw new SyscallException(Errno.ENOMEM);
        }
        return found;
    }

    /** munmap(2). */
    static SyscallResult munmap(SyscallContext call) {
        long start = call.argument(0);
        long length = pageUp(call.argument(1));
        if ((start & PAGE - 1) != 0 || length <= 0 || start < 0 || start > AddressSpace.END - length) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.memory().unmap(start, start + length);
        call.kernel().mappedFiles().settle();
        return SyscallResult.OK;
    }

    /** mprotect(2). */
    static SyscallResult mprotect(SyscallContext call) {
        long start = call.argument(0);
        long length = pageUp(call.argument(1));
        if ((start & PAGE - 1) != 0 || (call.integer(2) & (PROT_GROWSDOWN | PROT_GROWSUP)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.argument(1) == 0) {
            return SyscallResult.OK;
        }
        if (length <= 0 || start < 0 || start > AddressSpace.END - length) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        int protection = effective(call.integer(2));
        long end = start + length;
        long allowed = (protection & PROT_WRITE) != 0 ? firstUnwritable(call.memory(), start, end) : end;
        if ((protection & PROT_WRITE) != 0) {
            requireRoomForData(call, start, allowed);
        }
        if (!call.memory().protect(start, allowed, protection)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        return allowed == end ? SyscallResult.OK : SyscallResult.failure(Errno.EACCES);
    }

    /** What becomes data counts as data (mprotect_fixup). */
    private static void requireRoomForData(SyscallContext call, long start, long end) {
        long more = 0;
        for (Mapping mapping : call.memory().mappingsIn(start, end)) {
            boolean counts = mapping.shared() || MemoryLimits.isOfData(mapping.protection(), false);
            more += counts ? 0 : Math.min(end, mapping.end()) - Math.max(start, mapping.start());
        }
        if (more > 0
                && !MemoryLimits.allow(call.process(), more, true)
                && MemoryLimits.allow(call.process(), more, false)) {
            throw new SyscallException(Errno.ENOMEM);
        }
    }

    /** Where the first mapping begins that shares a file which was not opened for writing; {@code end} if there is none. */
    private static long firstUnwritable(AddressSpace memory, long start, long end) {
        for (long at = start; at < end; ) {
            Mapping mapping = memory.mappingAt(at);
            if (mapping == null) {
                return end; // a hole is the complaint that comes first
            }
            if (mapping.shared() && mapping.backing() instanceof FileBacking file && !file.writable()) {
                return at;
            }
            at = mapping.end();
        }
        return end;
    }

    /** brk(2): the kernel's returns the break, changed or not. */
    static SyscallResult brk(SyscallContext call) {
        Process process = call.process();
        long wanted = call.argument(0);
        long before = pageUp(process.breakEnd());
        if (wanted < process.breakStart() || wanted > TOP) {
            return SyscallResult.value(process.breakEnd());
        }
        long after = pageUp(wanted);
        AddressSpace memory = call.memory();
        if (after > before) {
            if (!memory.isFree(before, after) || !mayGrow(process, wanted, after - before)) {
                return SyscallResult.value(process.breakEnd());
            }
            memory.map(new Mapping(before, after, Protection.READ | Protection.WRITE, false, HEAP, 0));
        } else if (after < before) {
            memory.unmap(after, before);
        }
        process.setBreakEnd(wanted);
        return SyscallResult.value(wanted);
    }

    /** check_data_rlimit and may_expand_vm. */
    private static boolean mayGrow(Process process, long wanted, long more) {
        long limit = process.softLimit(SystemLayouts.RLIMIT_DATA);
        boolean within =
                limit == SystemLayouts.RLIM_INFINITY || Long.compareUnsigned(wanted - process.breakStart(), limit) <= 0;
        return within && MemoryLimits.allow(process, more, true);
    }

    /** msync(2): only what shares a file of the host has something to be written back. */
    static SyscallResult msync(SyscallContext call) {
        long start = call.argument(0);
        int flags = call.integer(2);
        boolean unknown = (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) != 0;
        if ((start & PAGE - 1) != 0 || unknown || (flags & MS_ASYNC) != 0 && (flags & MS_SYNC) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long length = pageUp(call.argument(1));
        if (length == 0) {
            return SyscallResult.OK;
        }
        if (!isUserRange(start, length)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        for (Mapping mapping : call.memory().mappingsIn(start, start + length)) {
            if (mapping.shared()
                    && mapping.backing() instanceof FileBacking(String _, SeekableObject file, boolean _)) {
                long result = writeBack(file, (flags & MS_SYNC) != 0);
                if (result < 0) {
                    return SyscallResult.of(result);
                }
            }
        }
        return isMapped(call.memory(), start, start + length) ? SyscallResult.OK : SyscallResult.failure(Errno.ENOMEM);
    }

    private static long writeBack(SeekableObject file, boolean toDisk) {
        if (toDisk) {
            return file.sync(false);
        }
        file.reconcile();
        return 0;
    }

    /** mincore(2): all that is mapped is said to be in memory. */
    static SyscallResult mincore(SyscallContext call) {
        long start = call.argument(0);
        long length = pageUp(call.argument(1));
        if ((start & PAGE - 1) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (!isUserRange(start, length)) {
            return SyscallResult.failure(Errno.ENOMEM);
        }
        if (!isUserRange(call.argument(2), length / PAGE)) {
            return SyscallResult.failure(Errno.EFAULT);
        }
        long hole = call.memory().firstHole(start, start + length);
        long pages = (hole - start) / PAGE;
        byte[] present = new byte[(int) Math.min(pages, 1 << 20)];
        Arrays.fill(present, (byte) 1);
        for (long done = 0; done < pages; done += present.length) {
            call.write(call.argument(2) + done, present, (int) Math.min(present.length, pages - done));
        }
        return hole == start + length ? SyscallResult.OK : SyscallResult.failure(Errno.ENOMEM);
    }

    static boolean isMapped(AddressSpace memory, long start, long end) {
        return memory.firstHole(start, end) == end;
    }

    /** Lies all of it where a process can have memory (access_ok of the kernel). */
    static boolean isUserRange(long start, long length) {
        return length >= 0 && start >= 0 && start <= AddressSpace.END - length;
    }

    /** membarrier(2): with one host thread every access is in order already, but private commands have to be announced. */
    static SyscallResult membarrier(SyscallContext call) {
        int command = call.integer(0);
        if (call.integer(1) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return switch (command) {
            case MEMBARRIER_CMD_QUERY -> SyscallResult.value(MEMBARRIER_COMMANDS);
            case MEMBARRIER_CMD_GLOBAL, MEMBARRIER_CMD_GLOBAL_EXPEDITED, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED ->
                SyscallResult.OK;
            case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE -> {
                call.process().registerBarriers(command);
                yield SyscallResult.OK;
            }
            case MEMBARRIER_CMD_PRIVATE_EXPEDITED, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE -> {
                // Each command is announced by the one of twice its number.
                boolean announced = (call.process().barriers() & 2 * command) != 0;
                yield announced ? SyscallResult.OK : SyscallResult.failure(Errno.EPERM);
            }
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    /** set_mempolicy(2): with one node all policies are the same. */
    static SyscallResult setMempolicy(SyscallContext call) {
        int mode = call.integer(0);
        return mode >= MPOL_DEFAULT && mode <= MPOL_WEIGHTED_INTERLEAVE
                ? SyscallResult.OK
                : SyscallResult.failure(Errno.EINVAL);
    }

    /** get_mempolicy(2) on a machine with one node: the default policy, or, for MPOL_F_MEMS_ALLOWED, that node. */
    static SyscallResult getMempolicy(SyscallContext call) {
        long bits = call.argument(2);
        int flags = call.integer(4);
        boolean allowed = flags == MPOL_F_MEMS_ALLOWED;
        boolean unknown = (flags & ~(MPOL_F_NODE | MPOL_F_ADDR)) != 0 && !allowed;
        boolean addressWithoutFlag = (flags & MPOL_F_ADDR) == 0 && call.argument(3) != 0;
        if (unknown || addressWithoutFlag || call.argument(1) != 0 && (bits < 1 || bits > 8 * PAGE)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.argument(0) != 0) {
            call.write32(call.argument(0), MPOL_DEFAULT);
        }
        if (call.argument(1) != 0) {
            byte[] nodes = new byte[(int) (bits - 1 + 63) / 64 * 8];
            if (allowed && nodes.length > 0) {
                nodes[0] = 1;
            }
            call.write(call.argument(1), nodes);
        }
        return SyscallResult.OK;
    }

    /** The next multiple of a page; wraps to 0 for what is too large. */
    static long pageUp(long bytes) {
        return bytes + PAGE - 1 & -PAGE;
    }
}
