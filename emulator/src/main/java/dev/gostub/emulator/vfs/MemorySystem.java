package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileStatistics;

/**
 * A file system that lies in the machine's memory, all of it or what was changed.
 *
 * @param magic {@code f_type} of {@code statfs(2)}
 */
record MemorySystem(String type, String source, long device, long magic) implements FileSystem {
    /** 256 GiB, all of it free: nothing is ever short. */
    private static final long BLOCKS = 1L << 26;

    @Override
    public FileStatistics statistics() {
        boolean counted = magic != FileStatistics.PROC_SUPER_MAGIC && magic != FileStatistics.SYSFS_MAGIC;
        long blocks = counted ? BLOCKS : 0;
        return new FileStatistics(magic, FileContent.PAGE_BYTES, blocks, blocks, blocks, 0);
    }
}
