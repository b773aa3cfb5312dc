package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.vfs.Credentials;
import dev.gostub.emulator.vfs.FileFacts;
import dev.gostub.emulator.vfs.FileFacts.Times;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Namespace;

/** Makes, removes and moves names, and changes modes, owners and times. */
final class NameCalls {
    private static final long NANOS = 1_000_000_000L;

    private NameCalls() {}

    private static Namespace names(SyscallContext call) {
        return call.vfs().names();
    }

    private static FileFacts facts(SyscallContext call) {
        return call.vfs().facts();
    }

    /** mkdir(2). */
    static SyscallResult mkdir(SyscallContext call) throws FileFailure {
        names(call).makeDirectory(Paths.here(call), call.path(call.argument(0)), call.integer(1));
        return SyscallResult.OK;
    }

    /** mkdirat(2). */
    static SyscallResult mkdirat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        names(call).makeDirectory(Paths.at(call, 0, path), path, call.integer(2));
        return SyscallResult.OK;
    }

    /** mknod(2). */
    static SyscallResult mknod(SyscallContext call) throws FileFailure {
        names(call).makeNode(Paths.here(call), call.path(call.argument(0)), call.integer(1), device(call, 2));
        return SyscallResult.OK;
    }

    /** A device number is an unsigned int of the kernel's (new_decode_dev), whose lower bits are those of the C library's. */
    private static long device(SyscallContext call, int index) {
        return Integer.toUnsignedLong(call.integer(index));
    }

    /** mknodat(2). */
    static SyscallResult mknodat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        names(call).makeNode(Paths.at(call, 0, path), path, call.integer(2), device(call, 3));
        return SyscallResult.OK;
    }

    /** unlink(2). */
    static SyscallResult unlink(SyscallContext call) throws FileFailure {
        names(call).unlink(Paths.here(call), call.path(call.argument(0)));
        return SyscallResult.OK;
    }

    /** rmdir(2). */
    static SyscallResult rmdir(SyscallContext call) throws FileFailure {
        names(call).removeDirectory(Paths.here(call), call.path(call.argument(0)));
        return SyscallResult.OK;
    }

    /** unlinkat(2). */
    static SyscallResult unlinkat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        int flags = call.integer(2);
        if ((flags & ~Fcntl.AT_REMOVEDIR) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (flags != 0) {
            names(call).removeDirectory(Paths.at(call, 0, path), path);
        } else {
            names(call).unlink(Paths.at(call, 0, path), path);
        }
        return SyscallResult.OK;
    }

    /** rename(2). */
    static SyscallResult rename(SyscallContext call) throws FileFailure {
        String from = call.path(call.argument(0));
        names(call).rename(Paths.here(call), from, Paths.here(call), call.path(call.argument(1)), 0);
        return SyscallResult.OK;
    }

    /** renameat(2). */
    static SyscallResult renameat(SyscallContext call) throws FileFailure {
        return rename(call, 0);
    }

    /** renameat2(2). */
    static SyscallResult renameat2(SyscallContext call) throws FileFailure {
        return rename(call, call.integer(4));
    }

    private static SyscallResult rename(SyscallContext call, int flags) throws FileFailure {
        String from = call.path(call.argument(1));
        String to = call.path(call.argument(3));
        names(call).rename(Paths.at(call, 0, from), from, Paths.at(call, 2, to), to, flags);
        return SyscallResult.OK;
    }

    /** link(2). */
    static SyscallResult link(SyscallContext call) throws FileFailure {
        String from = call.path(call.argument(0));
        names(call).makeLink(Paths.here(call), from, Paths.here(call), call.path(call.argument(1)), 0);
        return SyscallResult.OK;
    }

    /** linkat(2). */
    static SyscallResult linkat(SyscallContext call) throws FileFailure {
        String from = call.path(call.argument(1));
        String to = call.path(call.argument(3));
        int flags = call.integer(4);
        if ((flags & ~(Fcntl.AT_SYMLINK_FOLLOW | Fcntl.AT_EMPTY_PATH)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (from.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) != 0) {
            names(call).makeLink(call.file(0), Paths.at(call, 2, to), to);
        } else {
            names(call).makeLink(Paths.at(call, 0, from), from, Paths.at(call, 2, to), to, flags);
        }
        return SyscallResult.OK;
    }

    /** symlink(2). */
    static SyscallResult symlink(SyscallContext call) throws FileFailure {
        String target = call.path(call.argument(0));
        names(call).makeSymbolicLink(Paths.here(call), call.path(call.argument(1)), target);
        return SyscallResult.OK;
    }

    /** symlinkat(2). */
    static SyscallResult symlinkat(SyscallContext call) throws FileFailure {
        String target = call.path(call.argument(0));
        String path = call.path(call.argument(2));
        names(call).makeSymbolicLink(Paths.at(call, 1, path), path, target);
        return SyscallResult.OK;
    }

    /** umask(2). */
    static SyscallResult umask(SyscallContext call) {
        int before = Paths.context(call).umask();
        Paths.context(call).setUmask(call.integer(0));
        return SyscallResult.value(before);
    }

    /** chmod(2). */
    static SyscallResult chmod(SyscallContext call) throws FileFailure {
        facts(call).changeMode(Paths.here(call), call.path(call.argument(0)), call.integer(1), 0);
        return SyscallResult.OK;
    }

    /** fchmod(2). */
    static SyscallResult fchmod(SyscallContext call) throws FileFailure {
        facts(call).changeMode(Paths.context(call), call.file(0), call.integer(1));
        return SyscallResult.OK;
    }

    /** fchmodat(2): the kernel's has no flags. */
    static SyscallResult fchmodat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        facts(call).changeMode(Paths.at(call, 0, path), path, call.integer(2), 0);
        return SyscallResult.OK;
    }

    /** fchmodat2(2). */
    static SyscallResult fchmodat2(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        int flags = call.integer(3);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) != 0) {
            return fchmod(call);
        }
        facts(call).changeMode(Paths.at(call, 0, path), path, call.integer(2), flags);
        return SyscallResult.OK;
    }

    /** chown(2). */
    static SyscallResult chown(SyscallContext call) throws FileFailure {
        facts(call).changeOwner(Paths.here(call), call.path(call.argument(0)), owner(call, 1), 0);
        return SyscallResult.OK;
    }

    /** lchown(2). */
    static SyscallResult lchown(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(0));
        facts(call).changeOwner(Paths.here(call), path, owner(call, 1), Fcntl.AT_SYMLINK_NOFOLLOW);
        return SyscallResult.OK;
    }

    /** fchown(2). */
    static SyscallResult fchown(SyscallContext call) throws FileFailure {
        facts(call).changeOwner(Paths.context(call), call.file(0), owner(call, 1));
        return SyscallResult.OK;
    }

    /** fchownat(2). */
    static SyscallResult fchownat(SyscallContext call) throws FileFailure {
        String path = call.path(call.argument(1));
        int flags = call.integer(4);
        if (path.isEmpty() && (flags & Fcntl.AT_EMPTY_PATH) != 0) {
            facts(call).changeOwner(Paths.context(call), call.file(0), owner(call, 2));
        } else {
            facts(call).changeOwner(Paths.at(call, 0, path), path, owner(call, 2), flags);
        }
        return SyscallResult.OK;
    }

    private static Credentials owner(SyscallContext call, int index) {
        return new Credentials(call.integer(index), call.integer(index + 1));
    }

    /** utime(2): two whole seconds. */
    static SyscallResult utime(SyscallContext call) throws FileFailure {
        Times times = new Times(Times.NOW, Times.NOW);
        if (call.argument(1) != 0) {
            byte[] b = call.read(call.argument(1), 16);
            times = new Times(LittleEndian.get64(b, 0) * NANOS, LittleEndian.get64(b, 8) * NANOS);
        }
        facts(call).setTimes(Paths.here(call), call.path(call.argument(0)), times, 0);
        return SyscallResult.OK;
    }

    /** utimes(2). */
    static SyscallResult utimes(SyscallContext call) throws FileFailure {
        facts(call).setTimes(Paths.here(call), call.path(call.argument(0)), timevals(call, 1), 0);
        return SyscallResult.OK;
    }

    /** futimesat(2). */
    static SyscallResult futimesat(SyscallContext call) throws FileFailure {
        Times times = timevals(call, 2);
        if (call.argument(1) == 0) {
            facts(call).setTimes(Paths.context(call), call.file(0), times);
        } else {
            String path = call.path(call.argument(1));
            facts(call).setTimes(Paths.at(call, 0, path), path, times, 0);
        }
        return SyscallResult.OK;
    }

    private static Times timevals(SyscallContext call, int index) {
        if (call.argument(index) == 0) {
            return new Times(Times.NOW, Times.NOW);
        }
        byte[] b = call.read(call.argument(index), 2 * TimeLayouts.TIMEVAL_BYTES);
        if (!TimeLayouts.validTimeval(b, 0) || !TimeLayouts.validTimeval(b, TimeLayouts.TIMEVAL_BYTES)) {
            throw new SyscallException(Errno.EINVAL);
        }
        return new Times(TimeLayouts.timevalNanos(b, 0), TimeLayouts.timevalNanos(b, TimeLayouts.TIMEVAL_BYTES));
    }

    /** utimensat(2): without a path, of the descriptor itself. */
    static SyscallResult utimensat(SyscallContext call) throws FileFailure {
        Times times = new Times(Times.NOW, Times.NOW);
        if (call.argument(2) != 0) {
            byte[] b = call.read(call.argument(2), 2 * TimeLayouts.TIMESPEC_BYTES);
            times = new Times(chosen(b, 0), chosen(b, TimeLayouts.TIMESPEC_BYTES));
        }
        if (call.argument(1) == 0) {
            facts(call).setTimes(Paths.context(call), call.file(0), times);
        } else {
            String path = call.path(call.argument(1));
            facts(call).setTimes(Paths.at(call, 0, path), path, times, call.integer(3));
        }
        return SyscallResult.OK;
    }

    private static long chosen(byte[] b, int at) {
        long nanos = LittleEndian.get64(b, at + 8);
        if (nanos == TimeLayouts.UTIME_NOW) {
            return Times.NOW;
        }
        if (nanos == TimeLayouts.UTIME_OMIT) {
            return Times.OMIT;
        }
        if (nanos < 0 || nanos >= NANOS) {
            throw new SyscallException(Errno.EINVAL);
        }
        return LittleEndian.get64(b, at) * NANOS + nanos;
    }
}
