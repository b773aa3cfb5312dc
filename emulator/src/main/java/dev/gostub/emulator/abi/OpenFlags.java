package dev.gostub.emulator.abi;

/** Flags of {@code open(2)}: {@code asm-generic/fcntl.h}; amd64 has no numbers of its own. */
public final class OpenFlags {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_ACCMODE = 3;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DSYNC = 0x1000;
    public static final int FASYNC = 0x2000;
    public static final int O_DIRECT = 0x4000;
    public static final int O_LARGEFILE = 0x8000;
    public static final int O_DIRECTORY = 0x10000;
    public static final int O_NOFOLLOW = 0x20000;
    public static final int O_NOATIME = 0x40000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_SYNC = 0x101000;
    public static final int O_PATH = 0x200000;
    public static final int O_TMPFILE = 0x410000;

    /** What {@code fcntl(F_SETFL)} may change ({@code SETFL_MASK} in {@code fs/fcntl.c}). */
    public static final int CHANGEABLE = O_APPEND | O_NONBLOCK | FASYNC | O_DIRECT | O_NOATIME;

    /** {@code resolve} bits of {@code openat2(2)}. */
    public static final int RESOLVE_NO_XDEV = 1;

    public static final int RESOLVE_NO_MAGICLINKS = 2;
    public static final int RESOLVE_NO_SYMLINKS = 4;
    public static final int RESOLVE_BENEATH = 8;
    public static final int RESOLVE_IN_ROOT = 16;

    private OpenFlags() {}

    /** May a file opened with these flags be read. */
    public static boolean readable(int flags) {
        return (flags & O_ACCMODE) != O_WRONLY && (flags & O_PATH) == 0;
    }

    /** May a file opened with these flags be written. */
    public static boolean writable(int flags) {
        int mode = flags & O_ACCMODE;
        return (mode == O_WRONLY || mode == O_RDWR) && (flags & O_PATH) == 0;
    }
}
