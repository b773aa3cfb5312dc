package dev.gostub.emulator.abi;

/** Commands of {@code fcntl(2)}, directory-relative call flags, lock and seek numbers ({@code linux/fcntl.h}, {@code fs.h}). */
public final class Fcntl {
    public static final int F_DUPFD = 0;
    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_GETLK = 5;
    public static final int F_SETLK = 6;
    public static final int F_SETLKW = 7;
    public static final int F_SETOWN = 8;
    public static final int F_GETOWN = 9;
    public static final int F_SETSIG = 10;
    public static final int F_GETSIG = 11;
    public static final int F_OFD_GETLK = 36;
    public static final int F_OFD_SETLK = 37;
    public static final int F_OFD_SETLKW = 38;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int F_SETPIPE_SZ = 1031;
    public static final int F_GETPIPE_SZ = 1032;
    public static final int F_ADD_SEALS = 1033;
    public static final int F_GET_SEALS = 1034;

    public static final int FD_CLOEXEC = 1;
    public static final int F_RDLCK = 0;
    public static final int F_WRLCK = 1;
    public static final int F_UNLCK = 2;
    // flock(2)
    public static final int LOCK_SH = 1;
    public static final int LOCK_EX = 2;
    public static final int LOCK_NB = 4;
    public static final int LOCK_UN = 8;

    public static final int F_SEAL_SEAL = 1;
    public static final int F_SEAL_SHRINK = 2;
    public static final int F_SEAL_GROW = 4;
    public static final int F_SEAL_WRITE = 8;
    public static final int F_SEAL_FUTURE_WRITE = 16;

    public static final int AT_FDCWD = -100;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_EACCESS = 0x200;
    public static final int AT_SYMLINK_FOLLOW = 0x400;
    public static final int AT_NO_AUTOMOUNT = 0x800;
    public static final int AT_EMPTY_PATH = 0x1000;

    public static final int RENAME_NOREPLACE = 1;
    public static final int RENAME_EXCHANGE = 2;
    public static final int RENAME_WHITEOUT = 4;

    /** The last advice of {@code posix_fadvise(2)}. */
    public static final int POSIX_FADV_NOREUSE = 5;
    /** All flags of {@code sync_file_range(2)}. */
    public static final int SYNC_FILE_RANGE_FLAGS = 7;

    public static final int SEEK_SET = 0;
    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;
    public static final int SEEK_DATA = 3;
    public static final int SEEK_HOLE = 4;

    public static final int PATH_MAX = 4096;
    public static final int NAME_MAX = 255;
    public static final int PIPE_BUF = 4096;
    public static final int MAX_SYMLINKS = 40;
    public static final int IOV_MAX = 1024;

    /** {@code memfd_create(2)}. */
    public static final int MFD_CLOEXEC = 1;

    public static final int MFD_ALLOW_SEALING = 2;
    public static final int MFD_HUGETLB = 4;
    public static final int MFD_NOEXEC_SEAL = 8;
    public static final int MFD_EXEC = 16;

    /** {@code eventfd2(2)}; its other flags are those of {@code open}. */
    public static final int EFD_SEMAPHORE = 1;

    /** {@code timerfd_settime(2)}. */
    public static final int TFD_TIMER_ABSTIME = 1;

    public static final int TFD_TIMER_CANCEL_ON_SET = 2;

    /** {@code fallocate(2)}. */
    public static final int FALLOC_FL_KEEP_SIZE = 1;

    public static final int FALLOC_FL_PUNCH_HOLE = 2;
    public static final int FALLOC_FL_ZERO_RANGE = 16;

    private Fcntl() {}
}
