package dev.gostub.emulator.host;

/**
 * What the host says of a file.
 *
 * @param mode type and permission bits as in Linux's {@code st_mode}
 * @param modified nanoseconds since 1970; the other times likewise
 */
public record HostStat(
        long device,
        long inode,
        int links,
        int mode,
        int user,
        int group,
        long rawDevice,
        long sizeBytes,
        long accessed,
        long modified,
        long changed) {}
