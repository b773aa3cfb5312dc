package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;

/**
 * What something new starts with.
 *
 * @param permissions without those that the file creation mask takes away
 */
record Birth(int permissions, Credentials owner) {
    static Birth of(At at, int mode) {
        int permissions = mode & FileMode.PERMISSIONS & ~at.context().umask();
        return new Birth(permissions, at.context().credentials());
    }

    /** In a directory with a set-group-id bit files get its group, and directories the bit as well (inode_init_owner of fs/inode.c). */
    Birth in(Directory directory, boolean isDirectory) {
        Attributes above = directory.attributes();
        if ((above.mode() & FileMode.S_ISGID) == 0) {
            return this;
        }
        Credentials member = new Credentials(owner.user(), above.group(), owner.supplementary());
        return new Birth(isDirectory ? permissions | FileMode.S_ISGID : permissions, member);
    }
}
