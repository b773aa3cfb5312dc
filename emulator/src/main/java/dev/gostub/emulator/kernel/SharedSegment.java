package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.SystemVIpc;
import dev.gostub.emulator.vfs.SeekableObject;

/**
 * A segment of shared memory, {@code struct shmid_kernel}. Times are seconds since 1970.
 *
 * @param file its content: a file without a name
 * @param lastPid who attached or detached it last
 */
public record SharedSegment(
        IpcPermission permission,
        long sizeBytes,
        SeekableObject file,
        long attached,
        long detached,
        long changed,
        int creatorPid,
        int lastPid)
        implements IpcObject {
    /** Is it to go as soon as nobody has it attached. */
    public boolean isDoomed() {
        return (permission.mode() & SystemVIpc.SHM_DEST) != 0;
    }

    SharedSegment with(IpcPermission other, long changedNow) {
        return new SharedSegment(other, sizeBytes, file, attached, detached, changedNow, creatorPid, lastPid);
    }

    SharedSegment attachedBy(int process, long now) {
        return new SharedSegment(permission, sizeBytes, file, now, detached, changed, creatorPid, process);
    }

    SharedSegment detachedBy(int process, long now) {
        return new SharedSegment(permission, sizeBytes, file, attached, now, changed, creatorPid, process);
    }
}
