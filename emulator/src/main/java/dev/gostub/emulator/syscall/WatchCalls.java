package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.InotifyEvent.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Inotify;
import dev.gostub.emulator.vfs.OpenFile;

/** {@code inotify(7)}. */
final class WatchCalls {
    private WatchCalls() {}

    /** inotify_init(2). */
    static SyscallResult inotifyInit(SyscallContext call) throws FileFailure {
        return create(call, 0);
    }

    /** inotify_init1(2). */
    static SyscallResult inotifyInit1(SyscallContext call) throws FileFailure {
        int flags = call.integer(0);
        return (flags & ~(IN_CLOEXEC | IN_NONBLOCK)) != 0 ? SyscallResult.failure(Errno.EINVAL) : create(call, flags);
    }

    private static SyscallResult create(SyscallContext call, int flags) throws FileFailure {
        return SyscallResult.value(call.files().add(call.vfs().inotify(Paths.context(call), flags), flags));
    }

    /** inotify_add_watch(2). */
    static SyscallResult inotifyAddWatch(SyscallContext call) throws FileFailure {
        int mask = call.integer(2);
        if ((mask & ALL_BITS) == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        OpenFile file = call.file(0);
        if ((mask & IN_MASK_ADD) != 0 && (mask & IN_MASK_CREATE) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Inotify set = set(file);
        return SyscallResult.of(call.vfs().watch(set, Paths.here(call), call.path(call.argument(1)), mask));
    }

    /** inotify_rm_watch(2). */
    static SyscallResult inotifyRmWatch(SyscallContext call) throws FileFailure {
        return SyscallResult.of(set(call.file(0)).remove(call.integer(1)));
    }

    private static Inotify set(OpenFile file) {
        if (file.object() instanceof Inotify set) {
            return set;
        }
        throw new SyscallException(Errno.EINVAL);
    }
}
