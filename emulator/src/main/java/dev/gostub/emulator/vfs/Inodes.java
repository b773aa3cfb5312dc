package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.Stat;

/** Gives out inode numbers and first attributes for everything that does not come from the host. */
final class Inodes {
    /** Device numbers of the kind Linux uses for file systems without a disk. */
    static final long OVERLAY_DEVICE = Stat.makeDevice(0, 51);

    static final long PROC_DEVICE = Stat.makeDevice(0, 52);
    static final long ANONYMOUS_DEVICE = Stat.makeDevice(0, 53);
    static final long DEV_DEVICE = Stat.makeDevice(0, 54);
    static final long PTS_DEVICE = Stat.makeDevice(0, 55);
    static final long SHM_DEVICE = Stat.makeDevice(0, 56);
    static final long SYS_DEVICE = Stat.makeDevice(0, 57);
    /** Those of mounts that the user asked for follow. */
    private static final int FIRST_FREE_MINOR = 64;

    private final GuestClock clock;
    private long last = 1000;
    private int nextMinor = FIRST_FREE_MINOR;

    Inodes(GuestClock clock) {
        this.clock = clock;
    }

    /** Attributes of a new file of the overlay. */
    Attributes fresh(int mode, Credentials owner) {
        return make(OVERLAY_DEVICE, ++last, mode, owner, 0);
    }

    /** Attributes of a new file of a file system in memory. */
    Attributes fresh(long device, int mode, Credentials owner) {
        return make(device, ++last, mode, owner, 0);
    }

    /** The number of a device that did not exist so far. */
    long freshDevice() {
        return Stat.makeDevice(0, nextMinor++);
    }

    /** Attributes of a device file. */
    Attributes device(int mode, int major, int minor) {
        return make(DEV_DEVICE, ++last, FileMode.S_IFCHR | mode, new Credentials(0, 0), Stat.makeDevice(major, minor));
    }

    /** Attributes of something without a name. */
    Attributes anonymous(int mode, Credentials owner) {
        return make(ANONYMOUS_DEVICE, ++last, mode, owner, 0);
    }

    /** Attributes of the root of a generated tree. */
    Attributes generatedRoot(long device, int mode, Credentials owner) {
        return make(device, 1, mode, owner, 0);
    }

    /** Attributes of a generated file: its number follows from its place, so that it is the same each time it is made. */
    Attributes generated(Directory parent, String name, int mode, Credentials owner) {
        long hash = 0xCBF29CE484222325L ^ parent.attributes().inode();
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return make(device(parent), hash >>> 16 | 1L << 40, mode, owner, 0);
    }

    private static long device(Directory parent) {
        return parent.mount().system().device();
    }

    private Attributes make(long device, long inode, int mode, Credentials owner, long rawDevice) {
        long now = clock.realtimeNanos();
        int links = FileMode.is(mode, FileMode.S_IFDIR) ? 2 : 1;
        return new Attributes(device, inode, links, mode, owner.user(), owner.group(), rawDevice, now, now, now);
    }

    Saved capture() {
        long now = last;
        int minor = nextMinor;
        return () -> {
            last = now;
            nextMinor = minor;
        };
    }
}
