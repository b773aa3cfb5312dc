package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.HostStat;

/**
 * What an inode carries beside its content.
 *
 * @param mode type and permissions
 * @param accessed nanoseconds since 1970; the other times likewise
 */
public record Attributes(
        long device,
        long inode,
        int links,
        int mode,
        int user,
        int group,
        long rawDevice,
        long accessed,
        long modified,
        long changed) {

    static Attributes of(HostStat host) {
        return new Attributes(
                host.device(),
                host.inode(),
                host.links(),
                host.mode(),
                host.user(),
                host.group(),
                host.rawDevice(),
                host.accessed(),
                host.modified(),
                host.changed());
    }

    Attributes onDevice(long other) {
        return new Attributes(other, inode, links, mode, user, group, rawDevice, accessed, modified, changed);
    }

    Attributes withLinks(int count, long now) {
        return new Attributes(device, inode, count, mode, user, group, rawDevice, accessed, modified, now);
    }

    /** Other permissions, the same type. */
    Attributes withPermissions(int permissions, long now) {
        int changedMode = mode & FileMode.S_IFMT | permissions & FileMode.PERMISSIONS;
        return new Attributes(device, inode, links, changedMode, user, group, rawDevice, accessed, modified, now);
    }

    Attributes withRawDevice(long number) {
        return new Attributes(device, inode, links, mode, user, group, number, accessed, modified, changed);
    }

    Attributes withOwner(int newUser, int newGroup, long now) {
        return new Attributes(device, inode, links, mode, newUser, newGroup, rawDevice, accessed, modified, now);
    }

    Attributes withTimes(long access, long modification, long now) {
        return new Attributes(device, inode, links, mode, user, group, rawDevice, access, modification, now);
    }

    Attributes withContentChanged(long now) {
        return withTimes(accessed, now, now);
    }
}
