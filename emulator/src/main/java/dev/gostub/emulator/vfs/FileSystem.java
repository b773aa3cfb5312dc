package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileStatistics;

/** What can be mounted: a kind of files and the device number by which programs tell it from others. */
interface FileSystem {
    /** As {@code /proc/mounts} names it. */
    String type();

    /** What was mounted, the first column of {@code /proc/mounts}. */
    String source();

    /** {@code st_dev} of its root. */
    long device();

    /** What {@code statfs(2)} tells, but for the flags of the mount. */
    FileStatistics statistics();
}
