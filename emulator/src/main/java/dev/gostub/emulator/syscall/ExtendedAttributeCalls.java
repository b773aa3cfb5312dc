package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.vfs.ExtendedAttributes;
import dev.gostub.emulator.vfs.ExtendedAttributes.Subject;
import dev.gostub.emulator.vfs.FileFailure;
import java.util.List;

/** Extended attributes: {@code fs/xattr.c}. Each call is there for a path, for a link itself, and for a descriptor. */
final class ExtendedAttributeCalls {
    private static final int XATTR_NAME_MAX = 255;
    private static final int XATTR_SIZE_MAX = 65_536;

    private ExtendedAttributeCalls() {}

    /** Finds what a call is about by its first argument. */
    @FunctionalInterface
    private interface Finder {
        Subject find(SyscallContext call) throws FileFailure;
    }

    private static final Finder FOLLOWED = call -> path(call, 0);
    private static final Finder ITSELF = call -> path(call, Fcntl.AT_SYMLINK_NOFOLLOW);
    private static final Finder OPEN = call -> call.vfs().attributes().of(Paths.context(call), call.file(0));

    private static Subject path(SyscallContext call, int flags) throws FileFailure {
        return call.vfs().attributes().of(Paths.here(call), call.path(call.argument(0)), flags);
    }

    static SyscallResult setxattr(SyscallContext call) throws FileFailure {
        return set(call, FOLLOWED);
    }

    static SyscallResult lsetxattr(SyscallContext call) throws FileFailure {
        return set(call, ITSELF);
    }

    static SyscallResult fsetxattr(SyscallContext call) throws FileFailure {
        return set(call, OPEN);
    }

    static SyscallResult getxattr(SyscallContext call) throws FileFailure {
        return get(call, FOLLOWED);
    }

    static SyscallResult lgetxattr(SyscallContext call) throws FileFailure {
        return get(call, ITSELF);
    }

    static SyscallResult fgetxattr(SyscallContext call) throws FileFailure {
        return get(call, OPEN);
    }

    static SyscallResult listxattr(SyscallContext call) throws FileFailure {
        return list(call, FOLLOWED);
    }

    static SyscallResult llistxattr(SyscallContext call) throws FileFailure {
        return list(call, ITSELF);
    }

    static SyscallResult flistxattr(SyscallContext call) throws FileFailure {
        return list(call, OPEN);
    }

    static SyscallResult removexattr(SyscallContext call) throws FileFailure {
        return remove(call, FOLLOWED);
    }

    static SyscallResult lremovexattr(SyscallContext call) throws FileFailure {
        return remove(call, ITSELF);
    }

    static SyscallResult fremovexattr(SyscallContext call) throws FileFailure {
        return remove(call, OPEN);
    }

    private static SyscallResult set(SyscallContext call, Finder finder) throws FileFailure {
        int flags = call.integer(4);
        if ((flags & ~(ExtendedAttributes.XATTR_CREATE | ExtendedAttributes.XATTR_REPLACE)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        String name = name(call);
        if (Long.compareUnsigned(call.argument(3), XATTR_SIZE_MAX) > 0) {
            return SyscallResult.failure(Errno.E2BIG);
        }
        byte[] value = call.read(call.argument(2), (int) call.argument(3));
        finder.find(call).set(name, value, flags);
        return SyscallResult.OK;
    }

    private static SyscallResult get(SyscallContext call, Finder finder) throws FileFailure {
        String name = name(call);
        return give(call, 2, finder.find(call).get(name));
    }

    private static SyscallResult list(SyscallContext call, Finder finder) throws FileFailure {
        List<String> names = finder.find(call).list();
        StringBuilder text = new StringBuilder();
        names.forEach(each -> text.append(each).append('\0'));
        return give(call, 1, GuestText.bytes(text.toString()));
    }

    private static SyscallResult remove(SyscallContext call, Finder finder) throws FileFailure {
        String name = name(call);
        finder.find(call).remove(name);
        return SyscallResult.OK;
    }

    private static String name(SyscallContext call) {
        String name = call.path(call.argument(1));
        if (name.isEmpty() || name.length() > XATTR_NAME_MAX) {
            throw new SyscallException(Errno.ERANGE);
        }
        return name;
    }

    /** A size of 0 asks how much room there must be. */
    private static SyscallResult give(SyscallContext call, int index, byte[] bytes) {
        long room = call.argument(index + 1);
        if (room != 0 && Long.compareUnsigned(room, bytes.length) < 0) {
            return SyscallResult.failure(Errno.ERANGE);
        }
        if (room != 0) {
            call.write(call.argument(index), bytes);
        }
        return SyscallResult.value(bytes.length);
    }
}
