package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.SystemVIpc.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.MemoryFlags;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.FileBacking;
import dev.gostub.emulator.kernel.SharedSegment;
import dev.gostub.emulator.kernel.SharedSegments;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.util.Locale;
import java.util.Optional;

/** System V shared memory: {@code shmget(2)}, {@code shmat(2)}, {@code shmdt(2)}, {@code shmctl(2)}; ipc/shm.c. */
final class SharedMemoryCalls {
    private static final long PAGE = AddressSpace.PAGE_SIZE;

    private SharedMemoryCalls() {}

    private static SharedSegments segments(SyscallContext call) {
        return call.kernel().ipc().memory();
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    /** shmget(2). */
    static SyscallResult shmget(SyscallContext call) {
        Optional<SharedSegment> found = segments(call).findKey(call.integer(0));
        long size = call.argument(1);
        boolean small = found.isPresent() && Long.compareUnsigned(found.get().sizeBytes(), size) < 0;
        return IpcCalls.get(
                call, new IpcCalls.Wanted(call.integer(0), call.integer(2), small), found, () -> create(call, size));
    }

    private static int create(SyscallContext call, long size) {
        if (size == 0 || Long.compareUnsigned(size, SHMMAX) > 0 || (call.integer(2) & SHM_HUGETLB) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (segments(call).isFull()) {
            throw new SyscallException(Errno.ENOSPC);
        }
        if (size < 0 || size > call.kernel().memoryBytes()) {
            throw new SyscallException(Errno.ENOMEM);
        }
        return segments(call)
                .create(
                        call.integer(0),
                        call.process(),
                        call.integer(2),
                        call.vfs().sharedMemory(Paths.context(call), size),
                        size);
    }

    // ---- attaching

    /** shmat(2). */
    static SyscallResult shmat(SyscallContext call) {
        int flags = call.integer(2);
        long wanted = call.argument(1);
        boolean remaps = (flags & SHM_REMAP) != 0;
        long address = (flags & SHM_RND) != 0 ? wanted & -PAGE : wanted;
        boolean nowhere = remaps && address == 0;
        if (call.integer(0) < 0 || nowhere || (address & PAGE - 1) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        SharedSegment segment = IpcCalls.existing(segments(call).find(call.integer(0)));
        boolean writes = (flags & SHM_RDONLY) == 0;
        boolean executes = (flags & SHM_EXEC) != 0;
        IpcCalls.requirePermission(call, segment, S_IRUGO | (writes ? S_IWUGO : 0) | (executes ? S_IXUGO : 0));
        long length = pages(segment.sizeBytes()) * PAGE;
        if (wanted != 0 && !remaps && isTaken(call.memory(), address, segment.sizeBytes(), length)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int placing = wanted != 0 ? MemoryFlags.MAP_FIXED : 0;
        long start = MemoryCalls.place(call.memory(), address, length, placing);
        int protection = Protection.READ | (writes ? Protection.WRITE : 0) | (executes ? Protection.EXECUTE : 0);
        String name = String.format(
                Locale.ROOT, "/SYSV%08x (deleted)", segment.permission().key());
        FileBacking backing = new FileBacking(name, segment.file(), writes);
        call.memory().map(new Mapping(start, start + length, protection, true, backing, 0));
        segments(call).attached(segment, call.process());
        return SyscallResult.value(start);
    }

    private static boolean isTaken(AddressSpace memory, long address, long sizeBytes, long length) {
        boolean wraps = Long.compareUnsigned(address + sizeBytes, address) < 0;
        boolean inside = address >= 0 && address <= AddressSpace.END - length;
        return wraps || inside && !memory.isFree(address, address + length);
    }

    /** shmdt(2): the pieces of what was attached there, as far as they are left. */
    static SyscallResult shmdt(SyscallContext call) {
        long address = call.argument(0);
        if ((address & PAGE - 1) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Optional<SharedSegment> segment = Optional.empty();
        for (Mapping mapping : call.memory().mappings()) {
            boolean there = mapping.start() >= address && mapping.start() - address == mapping.offsetBytes();
            Optional<SharedSegment> shown = there ? shownBy(call, mapping) : Optional.empty();
            if (shown.isPresent() && (segment.isEmpty() || segment.equals(shown))) {
                segment = shown;
                call.memory().unmap(mapping.start(), mapping.end());
            }
        }
        if (segment.isEmpty()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        segments(call).detached(segment.get(), call.process());
        return SyscallResult.OK;
    }

    private static Optional<SharedSegment> shownBy(SyscallContext call, Mapping mapping) {
        return segments(call).all().stream()
                .filter(each -> SharedSegments.isOf(mapping, each))
                .findFirst();
    }

    // ---- shmctl(2)

    /** shmctl(2). */
    static SyscallResult shmctl(SyscallContext call) {
        int id = call.integer(0);
        int command = call.integer(1);
        if (id < 0 || command < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return switch (command) {
            case IPC_INFO -> limits(call);
            case SHM_INFO -> usage(call);
            case IPC_STAT, SHM_STAT, SHM_STAT_ANY -> status(call, command);
            case IPC_SET -> set(call);
            case IPC_RMID -> {
                SharedSegment segment = IpcCalls.existing(segments(call).find(id));
                IpcCalls.requireOwner(call, segment);
                segments(call).remove(segment);
                yield SyscallResult.OK;
            }
            case SHM_LOCK, SHM_UNLOCK -> lock(call, command == SHM_LOCK);
            default -> SyscallResult.failure(Errno.EINVAL);
        };
    }

    /** {@code struct shminfo64}. */
    private static SyscallResult limits(SyscallContext call) {
        byte[] b = new byte[72];
        LittleEndian.put64(b, 0, SHMMAX);
        LittleEndian.put64(b, 8, SHMMIN);
        LittleEndian.put64(b, 16, SHMMNI);
        LittleEndian.put64(b, 24, SHMMNI);
        LittleEndian.put64(b, 32, SHMALL);
        call.write(call.argument(2), b);
        return SyscallResult.value(segments(call).highestPlace());
    }

    /** {@code struct shm_info}: all of it is told to be in memory. */
    private static SyscallResult usage(SyscallContext call) {
        long total = segments(call).all().stream()
                .mapToLong(each -> pages(each.sizeBytes()))
                .sum();
        byte[] b = new byte[48];
        LittleEndian.put32(b, 0, segments(call).all().size());
        LittleEndian.put64(b, 8, total);
        LittleEndian.put64(b, 16, total);
        call.write(call.argument(2), b);
        return SyscallResult.value(segments(call).highestPlace());
    }

    private static SyscallResult status(SyscallContext call, int command) {
        int id = call.integer(0);
        SharedSegment segment = IpcCalls.existing(
                command == IPC_STAT ? segments(call).find(id) : segments(call).at(id));
        if (command != SHM_STAT_ANY) {
            IpcCalls.requirePermission(call, segment, S_IRUGO);
        }
        byte[] b = IpcCalls.structure(SHMID_BYTES, segment.permission());
        LittleEndian.put64(b, SHM_SEGSZ, segment.sizeBytes());
        LittleEndian.put64(b, SHM_ATIME, segment.attached());
        LittleEndian.put64(b, SHM_DTIME, segment.detached());
        LittleEndian.put64(b, SHM_CTIME, segment.changed());
        LittleEndian.put32(b, SHM_CPID, segment.creatorPid());
        LittleEndian.put32(b, SHM_LPID, segment.lastPid());
        LittleEndian.put64(b, SHM_NATTCH, segments(call).attachments(segment));
        call.write(call.argument(2), b);
        return SyscallResult.value(
                command == IPC_STAT ? 0 : segment.permission().id());
    }

    private static SyscallResult set(SyscallContext call) {
        byte[] wanted = call.read(call.argument(2), SHMID_BYTES);
        SharedSegment segment = IpcCalls.existing(segments(call).find(call.integer(0)));
        IpcCalls.requireOwner(call, segment);
        segments(call).change(segment, IpcCalls.changed(segment.permission(), wanted));
        return SyscallResult.OK;
    }

    private static SyscallResult lock(SyscallContext call, boolean lock) {
        SharedSegment segment = IpcCalls.existing(segments(call).find(call.integer(0)));
        IpcCalls.requireOwner(call, segment);
        boolean privileged = call.process().credentials().effectiveUser() == 0;
        if (lock && !privileged && call.process().softLimit(SystemLayouts.RLIMIT_MEMLOCK) == 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        segments(call).lock(segment, lock);
        return SyscallResult.OK;
    }
}
