package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.Stat;

/** Gives out inode numbers and first attributes for everything that does not come from the host. */
final class Inodes {
    /** Device numbers of the kind Linux uses for file systems without a disk. */
    static final long OVERLAY_DEVICE = Stat.makeDevice(0, 51);

    static final long PROC_DEVICE = Stat.makeDevice(0, 52);
    static final long ANONYMOUS_DEVICE = Stat.makeDevice(0, 53);

    private final GuestClock clock;
    private long last = 1000;

    Inodes(GuestClock clock) {
        this.clock = clock;
    }

    /** Attributes of a new file of the overlay. */
    Attributes fresh(int mode, Credentials owner) {
        return make(OVERLAY_DEVICE, ++last, mode, owner, 0);
    }

    /** Attributes of a device file. */
    Attributes device(int mode, int major, int minor) {
        return make(
                OVERLAY_DEVICE, ++last, FileMode.S_IFCHR | mode, new Credentials(0, 0), Stat.makeDevice(major, minor));
    }

    /** Attributes of something without a name. */
    Attributes anonymous(int mode, Credentials owner) {
        return make(ANONYMOUS_DEVICE, ++last, mode, owner, 0);
    }

    /** Attributes of a generated file: its number follows from its place, so that it is the same each time it is made. */
    Attributes generated(Directory parent, String name, int mode, Credentials owner) {
        long hash = 0xCBF29CE484222325L ^ parent.attributes().inode();
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return make(PROC_DEVICE, hash >>> 16 | 1L << 40, mode, owner, 0);
    }

    private Attributes make(long device, long inode, int mode, Credentials owner, long rawDevice) {
        long now = clock.realtimeNanos();
        int links = FileMode.is(mode, FileMode.S_IFDIR) ? 2 : 1;
        return new Attributes(device, inode, links, mode, owner.user(), owner.group(), rawDevice, now, now, now);
    }

    Saved capture() {
        long now = last;
        return () -> last = now;
    }
}
