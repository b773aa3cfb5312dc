package dev.gostub.server.target;

/**
 * What {@code stat(2)} says of a file of the guest. Times are seconds since the epoch, {@code mode} has Linux's file type
 * and permission bits.
 */
public record FileStatus(
        long device,
        long inode,
        int mode,
        int links,
        int userId,
        int groupId,
        long specialDevice,
        long sizeBytes,
        long blockSizeBytes,
        long blocks,
        long accessSeconds,
        long modifySeconds,
        long changeSeconds) {
    /** A regular file, read-only to everyone, of which nothing but the size is known. */
    public static FileStatus regular(long inode, long sizeBytes) {
        return new FileStatus(1, inode, 0100444, 1, 0, 0, 0, sizeBytes, 4096, (sizeBytes + 511) / 512, 0, 0, 0);
    }
}
