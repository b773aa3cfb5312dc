package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.SystemVIpc.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.IpcObject;
import dev.gostub.emulator.kernel.IpcPermission;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What the three kinds of System V objects have in common: {@code ipc/util.c}. */
final class IpcCalls {
    private IpcCalls() {}

    /**
     * What a call wants to have.
     *
     * @param larger it is more than the object has that the key names
     */
    record Wanted(int key, int flags, boolean larger) {}

    /**
     * {@code ipcget}: the object of a key, or a new one.
     *
     * @param found what has the key
     * @param maker makes a new one and says its id
     */
    static SyscallResult get(
            SyscallContext call, Wanted wanted, Optional<? extends IpcObject> found, IntSupplier maker) {
        int flags = wanted.flags;
        if (wanted.key == IPC_PRIVATE || found.isEmpty()) {
            boolean creates = wanted.key == IPC_PRIVATE || (flags & IPC_CREAT) != 0;
            return creates ? SyscallResult.value(maker.getAsInt()) : SyscallResult.failure(Errno.ENOENT);
        }
        if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
            return SyscallResult.failure(Errno.EEXIST);
        }
        if (wanted.larger) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        requirePermission(call, found.get(), flags);
        return SyscallResult.value(found.get().permission().id());
    }

    static <T extends IpcObject> T existing(Optional<T> object) {
        return object.orElseThrow(() -> new SyscallException(Errno.EINVAL));
    }

    static void requirePermission(SyscallContext call, IpcObject object, int wanted) {
        if (!object.permission().permits(call.process().credentials(), wanted)) {
            throw new SyscallException(Errno.EACCES);
        }
    }

    /** For IPC_SET and IPC_RMID. */
    static void requireOwner(SyscallContext call, IpcObject object) {
        if (!object.permission().isOwnedBy(call.process().credentials())) {
            throw new SyscallException(Errno.EPERM);
        }
    }

    /** The beginning of each of the structures. */
    static byte[] structure(int bytes, IpcPermission permission) {
        byte[] b = new byte[bytes];
        LittleEndian.put32(b, KEY, permission.key());
        LittleEndian.put32(b, UID, permission.user());
        LittleEndian.put32(b, GID, permission.group());
        LittleEndian.put32(b, CUID, permission.creator());
        LittleEndian.put32(b, CGID, permission.creatorGroup());
        LittleEndian.put32(b, MODE, permission.mode());
        LittleEndian.put16(b, SEQUENCE, permission.id() >> SEQUENCE_SHIFT);
        return b;
    }

    /** What IPC_SET changes of the permission; EINVAL for a user or group that there cannot be. */
    static IpcPermission changed(IpcPermission permission, byte[] structure) {
        int user = LittleEndian.get32(structure, UID);
        int group = LittleEndian.get32(structure, GID);
        if (user == -1 || group == -1) {
            throw new SyscallException(Errno.EINVAL);
        }
        return permission.changed(user, group, LittleEndian.get32(structure, MODE));
    }
}
