package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;
import java.util.List;

/** Extended attributes ({@code xattr(7)}): those of the user, in folders of the host; the other file systems have none. */
public final class ExtendedAttributes {
    /** Flags of {@code setxattr(2)}. */
    public static final int XATTR_CREATE = 1;

    public static final int XATTR_REPLACE = 2;

    private static final String USER = "user.";

    ExtendedAttributes() {}

    /** The attributes of one file, for somebody. */
    public record Subject(FileSystemContext context, Node node, boolean readOnly) {
        private LiveInode inode() throws FileFailure {
            return node.live().orElseThrow(() -> new FileFailure(Errno.EOPNOTSUPP));
        }

        public List<String> list() throws FileFailure {
            // Linux asks no file system that has no list: then there is nothing in it.
            return node.live().isPresent() && isOfUser() ? inode().extended() : List.of();
        }

        public byte[] get(String name) throws FileFailure {
            LiveInode inode = inode();
            requireKnown(name);
            if (!isOfUser()) {
                throw new FileFailure(Errno.ENODATA);
            }
            context.credentials().require(node, FileMode.R_OK);
            return inode.extended(name);
        }

        public void set(String name, byte[] value, int flags) throws FileFailure {
            LiveInode inode = changed(name);
            if (flags != 0) {
                boolean there = inode.extended().contains(name);
                if (there && (flags & XATTR_CREATE) != 0) {
                    throw new FileFailure(Errno.EEXIST);
                }
                if (!there && (flags & XATTR_REPLACE) != 0) {
                    throw new FileFailure(Errno.ENODATA);
                }
            }
            inode.change(new HostChange.Attribute(name, value));
        }

        public void remove(String name) throws FileFailure {
            LiveInode inode = changed(name);
            if (!inode.extended().contains(name)) {
                throw new FileFailure(Errno.ENODATA);
            }
            inode.change(new HostChange.NoAttribute(name));
        }

        private LiveInode changed(String name) throws FileFailure {
            if (readOnly) {
                throw new FileFailure(Errno.EROFS);
            }
            LiveInode inode = inode();
            requireKnown(name);
            if (!isOfUser()) {
                throw new FileFailure(Errno.EPERM);
            }
            context.credentials().require(node, FileMode.W_OK);
            return inode;
        }

        /** Only files and directories have attributes of the user (xattr_permission). */
        private boolean isOfUser() {
            return node instanceof RegularFile || node instanceof Directory;
        }

        private static void requireKnown(String name) throws FileFailure {
            if (!name.startsWith(USER) || name.length() == USER.length()) {
                throw new FileFailure(Errno.EOPNOTSUPP);
            }
        }
    }

    /** Those of what a path leads to: of the flags only {@code AT_SYMLINK_NOFOLLOW} counts. */
    public Subject of(At at, String path, int flags) throws FileFailure {
        LastLink last = (flags & Fcntl.AT_SYMLINK_NOFOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        Place place = PathWalker.walk(at, path, last);
        return new Subject(at.context(), place.require(), place.mount().readOnly());
    }

    public Subject of(FileSystemContext context, OpenFile file) {
        boolean readOnly = file.mount().map(Mount::readOnly).orElse(false);
        return new Subject(context, file.object().node(), readOnly);
    }
}
