package dev.gostub.emulator.abi;

/** File types and permission bits of {@code st_mode} ({@code linux/stat.h}), and {@code d_type} of directory entries. */
public final class FileMode {
    public static final int S_IFMT = 0xF000;
    public static final int S_IFIFO = 0x1000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFREG = 0x8000;
    public static final int S_IFLNK = 0xA000;
    public static final int S_IFSOCK = 0xC000;

    public static final int S_ISUID = 0x800;
    public static final int S_ISGID = 0x400;
    public static final int S_ISVTX = 0x200;
    public static final int PERMISSIONS = 0xFFF;

    /** {@code access(2)}: may execute or search, may write, may read. */
    public static final int X_OK = 1;

    public static final int W_OK = 2;
    public static final int R_OK = 4;

    private FileMode() {}

    /** {@code d_type} for a mode: the type bits shifted down, as {@code IFTODT} does. */
    public static byte directoryType(int mode) {
        return (byte) ((mode & S_IFMT) >> 12);
    }

    /** Is the type of {@code mode} the one given, for example {@link #S_IFDIR}. */
    public static boolean is(int mode, int type) {
        return (mode & S_IFMT) == type;
    }
}
