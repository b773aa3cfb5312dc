package dev.gostub.emulator.host;

/**
 * What the host says of a file system.
 *
 * @param type as Linux names it: {@code ext4}
 * @param availableBytes to others than the superuser
 */
public record HostSpace(String type, long blockSizeBytes, long totalBytes, long freeBytes, long availableBytes) {}
