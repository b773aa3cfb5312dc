package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.vfs.At;
import dev.gostub.emulator.vfs.DirectoryObject;
import dev.gostub.emulator.vfs.FileFacts;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;

/** Asks about files and directories. */
final class StatusCalls {
    private static final int STAT_FLAGS = Fcntl.AT_SYMLINK_NOFOLLOW | Fcntl.AT_NO_AUTOMOUNT | Fcntl.AT_EMPTY_PATH;
    private static final int STATX_SYNC_FLAGS = 0x6000;
    private static final int ACCESS_FLAGS = Fcntl.AT_EACCESS | Fcntl.AT_SYMLINK_NOFOLLOW | Fcntl.AT_EMPTY_PATH;
    private static final int LARGEST_LISTING = 1 << 20;

    private StatusCalls() {}

    private static FileFacts facts(SyscallContext call) {
        return call.vfs().facts();
    }

    /** stat(2). */
    static SyscallResult stat(SyscallContext call) throws FileFailure {
        Stat stat = facts(call).stat(Paths.here(call), call.path(call.argument(0)), 0);
        call.write(call.argument(1), stat.toStat());
        return SyscallResult.OK;
    }

    /** lstat(2). */
    static SyscallResult lstat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(0));
        Stat stat = facts(call).stat(Paths.here(call), path, Fcntl.AT_SYMLINK_NOFOLLOW);
        call.write(call.argument(1), stat.toStat());
        return SyscallResult.OK;
    }

    /** fstat(2). */
    static SyscallResult fstat(SyscallContext call) throws FileFailure {
        call.write(call.argument(1), call.file(0).stat().toStat());
        return SyscallResult.OK;
    }

    /** newfstatat(2). */
    static SyscallResult newfstatat(SyscallContext call) throws FileFailure {
        int flags = call.integer(3);
        if ((flags & ~STAT_FLAGS) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.write(call.argument(2), find(call, flags).toStat());
        return SyscallResult.OK;
    }

    /** statx(2): gives the basic fields whatever is asked for, which it may. */
    static SyscallResult statx(SyscallContext call) throws FileFailure {
        int flags = call.integer(2);
        if ((flags & ~(STAT_FLAGS | STATX_SYNC_FLAGS)) != 0 || call.integer(3) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.write(call.argument(4), find(call, flags).toStatx());
        return SyscallResult.OK;
    }

    private static Stat find(SyscallContext call, int flags) throws FileFailure {
        String path = pathOrNothing(call, 1, flags);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) != 0) {
            return call.integer(0) == Fcntl.AT_FDCWD
                    ? facts(call).stat(Paths.here(call), ".", 0)
                    : call.file(0).stat();
        }
        return facts(call).stat(Paths.at(call, 0, path), path, flags);
    }

    /** With AT_EMPTY_PATH a null pointer is an empty path, too (since Linux 6.11). */
    private static String pathOrNothing(SyscallContext call, int index, int flags) {
        boolean nothing = call.argument(index) == 0 && (flags & Fcntl.AT_EMPTY_PATH) != 0;
        return nothing ? "" : call.path(call.argument(index));
    }

    /** access(2). */
    static SyscallResult access(SyscallContext call) throws FileFailure {
        return access(call, Paths.here(call), call.path(call.argument(0)), call.integer(1), 0);
    }

    /** faccessat(2): the kernel's has no flags. */
    static SyscallResult faccessat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        return access(call, Paths.at(call, 0, path), path, call.integer(2), 0);
    }

    /** faccessat2(2). */
    static SyscallResult faccessat2(SyscallContext call) throws FileFailure {
        int flags = call.integer(3);
        if ((flags & ~ACCESS_FLAGS) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        String path = pathOrNothing(call, 1, flags);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) != 0) {
            call.file(0);
            return SyscallResult.OK;
        }
        return access(call, Paths.at(call, 0, path), path, call.integer(2), flags);
    }

    private static SyscallResult access(SyscallContext call, At at, String path, int wanted, int flags)
            throws FileFailure {
        if ((wanted & ~7) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        facts(call).access(at, path, wanted, flags);
        return SyscallResult.OK;
    }

    /** readlink(2). */
    static SyscallResult readlink(SyscallContext call) throws FileFailure {
        String text = facts(call).readLink(Paths.here(call), call.path(call.argument(0)));
        return giveLink(call, text, 1);
    }

    /** readlinkat(2): with an empty path, of the link that is open itself. */
    static SyscallResult readlinkat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        String text = path.isEmpty()
                ? facts(call).readLink(call.file(0))
                : facts(call).readLink(Paths.at(call, 0, path), path);
        return giveLink(call, text, 2);
    }

    /** Not ended by a zero, and cut off without a word, as Linux does it. */
    private static SyscallResult giveLink(SyscallContext call, String text, int index) {
        int room = call.integer(index + 1);
        if (room <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] bytes = GuestText.bytes(text);
        int length = Math.min(room, bytes.length);
        call.write(call.argument(index), bytes, length);
        return SyscallResult.value(length);
    }

    /** getdents64(2). */
    static SyscallResult getdents64(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        if (!(file.object() instanceof DirectoryObject directory)) {
            return SyscallResult.failure(Errno.ENOTDIR);
        }
        byte[] into = new byte[(int) Math.clamp(Integer.toUnsignedLong(call.integer(2)), 0L, LARGEST_LISTING)];
        long used = directory.entries(file, into);
        if (used > 0) {
            call.write(call.argument(1), into, (int) used);
        }
        return SyscallResult.of(used);
    }

    /** getcwd(2): the kernel's returns the length with the zero at the end. */
    static SyscallResult getcwd(SyscallContext call) throws FileFailure {
        String path = Paths.context(call).current().path(Paths.context(call).root());
        byte[] bytes = GuestText.bytes(path + "\0");
        if (Long.compareUnsigned(bytes.length, call.argument(1)) > 0) {
            return SyscallResult.failure(Errno.ERANGE);
        }
        call.write(call.argument(0), bytes);
        return SyscallResult.value(bytes.length);
    }

    /** chdir(2). */
    static SyscallResult chdir(SyscallContext call) throws FileFailure {
        call.vfs().chdir(Paths.context(call), Paths.here(call), call.path(call.argument(0)));
        return SyscallResult.OK;
    }

    /** fchdir(2). */
    static SyscallResult fchdir(SyscallContext call) throws FileFailure {
        call.vfs().chdir(Paths.context(call), call.file(0));
        return SyscallResult.OK;
    }

    /** statfs(2). */
    static SyscallResult statfs(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(0));
        call.write(
                call.argument(1), facts(call).statistics(Paths.here(call), path).toStatfs());
        return SyscallResult.OK;
    }

    /** fstatfs(2). */
    static SyscallResult fstatfs(SyscallContext call) throws FileFailure {
        call.write(call.argument(1), facts(call).statistics(call.file(0)).toStatfs());
        return SyscallResult.OK;
    }
}
