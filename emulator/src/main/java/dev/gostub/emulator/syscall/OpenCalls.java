package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.vfs.At;
import dev.gostub.emulator.vfs.FileFacts;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.OpenFile;

/** Opens, closes and duplicates descriptors, moves positions, changes lengths. */
final class OpenCalls {
    private static final int OPEN_HOW_BYTES = 24;
    private static final int CLOSE_RANGE_UNSHARE = 2;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private OpenCalls() {}

    /** open(2). */
    static SyscallResult open(SyscallContext call) throws FileFailure {
        return open(call, Paths.here(call), call.path(call.argument(0)), call.integer(1), call.integer(2));
    }

    /** creat(2). */
    static SyscallResult creat(SyscallContext call) throws FileFailure {
        int flags = OpenFlags.O_CREAT | OpenFlags.O_WRONLY | OpenFlags.O_TRUNC;
        return open(call, Paths.here(call), call.path(call.argument(0)), flags, call.integer(1));
    }

    /** openat(2). */
    static SyscallResult openat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        return open(call, Paths.at(call, 0, path), path, call.integer(2), call.integer(3));
    }

    /** openat2(2): callers of the {@code resolve} bits know that they may be missing. */
    static SyscallResult openat2(SyscallContext call) throws FileFailure {
        if (call.argument(3) < OPEN_HOW_BYTES) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] how = call.read(call.argument(2), OPEN_HOW_BYTES);
        if (LittleEndian.get64(how, 16) != 0) {
            return SyscallResult.failure(Errno.ENOSYS);
        }
        String path = call.path(call.argument(1));
        int flags = LittleEndian.get32(how, 0);
        return open(call, Paths.at(call, 0, path), path, flags, LittleEndian.get32(how, 8));
    }

    private static SyscallResult open(SyscallContext call, At at, String path, int flags, int mode) throws FileFailure {
        OpenFile file = call.vfs().open(at, path, flags, mode);
        return SyscallResult.value(call.files().add(file, flags));
    }

    /** close(2). */
    static SyscallResult close(SyscallContext call) throws FileFailure {
        call.files().close(call.integer(0));
        return SyscallResult.OK;
    }

    /** close_range(2). */
    static SyscallResult closeRange(SyscallContext call) throws FileFailure {
        long first = Integer.toUnsignedLong(call.integer(0));
        long last = Integer.toUnsignedLong(call.integer(1));
        int flags = call.integer(2);
        if (first > last || (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        FileTable files = call.files();
        for (int fd : files.descriptors()) {
            if (fd >= first && fd <= last) {
                if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
                    files.setDescriptorFlags(fd, Fcntl.FD_CLOEXEC);
                } else {
                    files.close(fd);
                }
            }
        }
        return SyscallResult.OK;
    }

    /** dup(2). */
    static SyscallResult dup(SyscallContext call) throws FileFailure {
        return SyscallResult.value(call.files().add(call.file(0).retain(), 0));
    }

    /** dup2(2): onto itself it only checks. */
    static SyscallResult dup2(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        if (call.integer(0) != call.integer(1)) {
            call.files().replace(call.integer(1), file.retain(), 0);
        }
        return SyscallResult.value(call.integer(1));
    }

    /** dup3(2). */
    static SyscallResult dup3(SyscallContext call) throws FileFailure {
        if (call.integer(0) == call.integer(1) || (call.integer(2) & ~OpenFlags.O_CLOEXEC) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.files().replace(call.integer(1), call.file(0).retain(), call.integer(2));
        return SyscallResult.value(call.integer(1));
    }

    /** lseek(2). */
    static SyscallResult lseek(SyscallContext call) throws FileFailure {
        return SyscallResult.of(call.file(0).seek(call.argument(1), call.integer(2)));
    }

    /** fsync(2). */
    static SyscallResult fsync(SyscallContext call) throws FileFailure {
        return sync(call, true);
    }

    /** fdatasync(2). */
    static SyscallResult fdatasync(SyscallContext call) throws FileFailure {
        return sync(call, false);
    }

    private static SyscallResult sync(SyscallContext call, boolean attributes) throws FileFailure {
        return SyscallResult.of(opened(call).sync(attributes));
    }

    /** syncfs(2): every file lies in some file system. */
    static SyscallResult syncfs(SyscallContext call) throws FileFailure {
        opened(call);
        call.vfs().sync();
        return SyscallResult.OK;
    }

    /** A file that is open for more than its path. */
    private static OpenFile opened(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        if ((file.flags() & OpenFlags.O_PATH) != 0) {
            throw new FileFailure(Errno.EBADF);
        }
        return file;
    }

    /** sync(2): all that is open; what was closed the host writes by itself, as Linux does. */
    static SyscallResult sync(SyscallContext call) {
        call.vfs().sync();
        return SyscallResult.OK;
    }

    /** fadvise64(2): generic_fadvise of mm/fadvise.c. */
    static SyscallResult fadvise(SyscallContext call) throws FileFailure {
        if (isOfType(opened(call), FileMode.S_IFIFO)) {
            return SyscallResult.failure(Errno.ESPIPE);
        }
        int advice = call.integer(3);
        boolean known = advice >= 0 && advice <= Fcntl.POSIX_FADV_NOREUSE;
        return known && call.argument(2) >= 0 ? SyscallResult.OK : SyscallResult.failure(Errno.EINVAL);
    }

    /** readahead(2). */
    static SyscallResult readahead(SyscallContext call) throws FileFailure {
        OpenFile file = opened(call);
        if (!OpenFlags.readable(file.flags())) {
            return SyscallResult.failure(Errno.EBADF);
        }
        return isOfType(file, FileMode.S_IFREG) ? SyscallResult.OK : SyscallResult.failure(Errno.EINVAL);
    }

    /** sync_file_range(2): fs/sync.c. */
    static SyscallResult syncFileRange(SyscallContext call) throws FileFailure {
        OpenFile file = opened(call);
        long offset = call.argument(1);
        long end = offset + call.argument(2);
        if ((call.integer(3) & ~Fcntl.SYNC_FILE_RANGE_FLAGS) != 0 || offset < 0 || end < offset) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return isOfType(file, FileMode.S_IFREG) || isOfType(file, FileMode.S_IFDIR)
                ? SyscallResult.OK
                : SyscallResult.failure(Errno.ESPIPE);
    }

    private static boolean isOfType(OpenFile file, int type) {
        return FileMode.is(file.stat().mode(), type);
    }

    /** truncate(2). */
    static SyscallResult truncate(SyscallContext call) throws FileFailure {
        long size = requireSize(call);
        String path = call.path(call.argument(0));
        FileFacts facts = call.vfs().facts();
        FileSizeLimit.resize(call, largest -> facts.truncate(Paths.here(call), path, size, largest));
        return SyscallResult.OK;
    }

    /** ftruncate(2). */
    static SyscallResult ftruncate(SyscallContext call) throws FileFailure {
        long size = requireSize(call);
        OpenFile file = opened(call);
        FileFacts facts = call.vfs().facts();
        FileSizeLimit.resize(call, largest -> facts.truncate(file, size, largest));
        return SyscallResult.OK;
    }

    private static long requireSize(SyscallContext call) {
        if (call.argument(1) < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return call.argument(1);
    }

    /** fallocate(2), in the order of vfs_fallocate of fs/open.c: space is never short, and there are no holes. */
    static SyscallResult fallocate(SyscallContext call) throws FileFailure {
        OpenFile file = opened(call);
        long offset = call.argument(2);
        long length = call.argument(3);
        if (offset < 0 || length <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if ((call.integer(1) & ~Fcntl.FALLOC_FL_KEEP_SIZE) != 0) {
            return SyscallResult.failure(Errno.EOPNOTSUPP);
        }
        if (!OpenFlags.writable(file.flags())) {
            return SyscallResult.failure(Errno.EBADF);
        }
        if (!isOfType(file, FileMode.S_IFREG)) {
            return SyscallResult.failure(isOfType(file, FileMode.S_IFIFO) ? Errno.ESPIPE : Errno.ENODEV);
        }
        if (offset > Long.MAX_VALUE - length) {
            return SyscallResult.failure(Errno.EFBIG);
        }
        if (call.integer(1) == 0 && offset + length > file.stat().sizeBytes()) {
            FileFacts facts = call.vfs().facts();
            FileSizeLimit.resize(call, largest -> facts.truncate(file, offset + length, largest));
        }
        return SyscallResult.OK;
    }
}
