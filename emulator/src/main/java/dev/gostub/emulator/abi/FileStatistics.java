package dev.gostub.emulator.abi;

import static dev.gostub.emulator.abi.LittleEndian.put64;

/** {@code struct statfs} of {@code statfs(2)} ({@code asm-generic/statfs.h}), with the magic numbers of {@code linux/magic.h}. */
public record FileStatistics(long type, long blockSizeBytes, long blocks, long free, long files, long flags) {
    public static final int BYTES = 120;

    public static final long OVERLAYFS_SUPER_MAGIC = 0x794c7630L;
    public static final long TMPFS_MAGIC = 0x01021994L;
    public static final long PROC_SUPER_MAGIC = 0x9fa0L;
    public static final long SYSFS_MAGIC = 0x62656572L;
    public static final long DEVPTS_SUPER_MAGIC = 0x1cd1L;
    public static final long PIPEFS_MAGIC = 0x50495045L;
    public static final long ANON_INODE_FS_MAGIC = 0x09041934L;

    /** Flags: MS_RDONLY as {@code statfs(2)} shows it, the flags are valid, access times are kept from time to time. */
    private static final int ST_RDONLY = 1;

    private static final int ST_VALID = 0x20;
    private static final int ST_RELATIME = 0x1000;

    private static final int NAME_MAX = 255;

    /** The same as seen through a mount. */
    public FileStatistics mounted(boolean readOnly) {
        long seen = ST_VALID | ST_RELATIME | (readOnly ? ST_RDONLY : 0);
        return new FileStatistics(type, blockSizeBytes, blocks, free, files, seen);
    }

    public byte[] toStatfs() {
        byte[] b = new byte[BYTES];
        put64(b, 0, type);
        put64(b, 8, blockSizeBytes);
        put64(b, 16, blocks);
        put64(b, 24, free);
        put64(b, 32, free);
        put64(b, 40, files);
        put64(b, 48, files);
        put64(b, 64, NAME_MAX);
        put64(b, 72, blockSizeBytes);
        put64(b, 80, flags);
        return b;
    }
}
