package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;

/**
 * A file system at a place in the tree. Names and links never lead from one to another (EXDEV), even if both show the same file system.
 *
 * @param number as {@code /proc/PID/mountinfo} has it
 */
record Mount(int number, FileSystem system, boolean readOnly) {
    void requireWritable() throws FileFailure {
        if (readOnly) {
            throw new FileFailure(Errno.EROFS);
        }
    }
}
