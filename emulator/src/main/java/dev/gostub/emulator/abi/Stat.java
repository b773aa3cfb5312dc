package dev.gostub.emulator.abi;

import static dev.gostub.emulator.abi.LittleEndian.put32;
import static dev.gostub.emulator.abi.LittleEndian.put64;

/**
 * What {@code stat(2)} and {@code statx(2)} tell of a file.
 *
 * @param device {@code st_dev} in Linux's user-space encoding, see {@link #makeDevice}
 * @param rawDevice {@code st_rdev}, zero unless the file is a device
 * @param accessed {@code st_atime} in nanoseconds since 1970; the other times likewise
 */
public record Stat(
        long device,
        long inode,
        long links,
        int mode,
        int user,
        int group,
        long rawDevice,
        long sizeBytes,
        int blockSizeBytes,
        long blocks512,
        long accessed,
        long modified,
        long changed) {
    /** Length of {@code struct stat} on amd64 ({@code arch/x86/include/uapi/asm/stat.h}). */
    public static final int STAT_BYTES = 144;
    /** Length of {@code struct statx} ({@code linux/stat.h}). */
    public static final int STATX_BYTES = 256;

    public static final int STATX_BASIC_STATS = 0x7FF;
    public static final int STATX_BTIME = 0x800;

    private static final long NANOS = 1_000_000_000L;

    /** {@code struct stat} of amd64. */
    public byte[] toStat() {
        byte[] b = new byte[STAT_BYTES];
        put64(b, 0, device);
        put64(b, 8, inode);
        put64(b, 16, links);
        put32(b, 24, mode);
        put32(b, 28, user);
        put32(b, 32, group);
        put64(b, 40, rawDevice);
        put64(b, 48, sizeBytes);
        put64(b, 56, blockSizeBytes);
        put64(b, 64, blocks512);
        putTime(b, 72, accessed);
        putTime(b, 88, modified);
        putTime(b, 104, changed);
        return b;
    }

    /** {@code struct statx}: the basic fields, which is also what {@code stx_mask} says; no birth time. */
    public byte[] toStatx() {
        byte[] b = new byte[STATX_BYTES];
        put32(b, 0, STATX_BASIC_STATS);
        put32(b, 4, blockSizeBytes);
        put32(b, 16, (int) links);
        put32(b, 20, user);
        put32(b, 24, group);
        LittleEndian.put16(b, 28, mode);
        put64(b, 32, inode);
        put64(b, 40, sizeBytes);
        put64(b, 48, blocks512);
        putTimeX(b, 64, accessed);
        putTimeX(b, 96, changed);
        putTimeX(b, 112, modified);
        put32(b, 128, major(rawDevice));
        put32(b, 132, minor(rawDevice));
        put32(b, 136, major(device));
        put32(b, 140, minor(device));
        return b;
    }

    /** A device number in the encoding that glibc's {@code makedev} gives. */
    public static long makeDevice(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return (low & 0xFF) | (high & 0xFFF) << 8 | (low & ~0xFFL) << 12 | (high & ~0xFFFL) << 32;
    }

    public static int major(long device) {
        return (int) (device >>> 8 & 0xFFF | device >>> 32 & ~0xFFFL);
    }

    public static int minor(long device) {
        return (int) (device & 0xFF | device >>> 12 & ~0xFFL);
    }

    private static void putTime(byte[] b, int at, long nanos) {
        put64(b, at, Math.floorDiv(nanos, NANOS));
        put64(b, at + 8, Math.floorMod(nanos, NANOS));
    }

    private static void putTimeX(byte[] b, int at, long nanos) {
        put64(b, at, Math.floorDiv(nanos, NANOS));
        put32(b, at + 8, (int) Math.floorMod(nanos, NANOS));
    }
}
