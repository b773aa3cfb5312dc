package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;
import java.util.Optional;

/** Makes, removes and moves names. All of it happens in the overlay: the host's tree never changes. */
public final class Namespace {
    private final Inodes inodes;
    private final GuestClock clock;
    private final Changes changes;
    private final OpenFiles openFiles;
    private final Fsnotify fsnotify;

    Namespace(Inodes inodes, GuestClock clock, Changes changes, OpenFiles openFiles) {
        this.openFiles = openFiles;
        this.fsnotify = openFiles.fsnotify();
        this.inodes = inodes;
        this.clock = clock;
        this.changes = changes;
    }

    /** {@code mkdir(2)}. */
    public void makeDirectory(At at, String path, int mode) throws FileFailure {
        Place place = vacant(at, path);
        TreeDirectory parent = writable(at, place.parent());
        int masked = mode & (FileMode.S_ISVTX | 0777) & ~at.context().umask();
        Attributes attributes =
                inodes.fresh(FileMode.S_IFDIR | masked, at.context().credentials());
        bind(parent, place.name(), new TreeDirectory(attributes, Optional.empty(), parent, place.name()));
        link(parent, 1);
    }

    /** {@code mknod(2)}: devices are for the superuser, and which of them can be opened is {@link DeviceTree}'s to say. */
    public void makeNode(At at, String path, int mode, long device) throws FileFailure {
        int type = mode & FileMode.S_IFMT;
        int kind = type == 0 ? FileMode.S_IFREG : type;
        requireMakeable(kind);
        Place place = vacantFile(at, path);
        TreeDirectory parent = writable(at, place.parent());
        boolean isDevice = kind == FileMode.S_IFCHR || kind == FileMode.S_IFBLK;
        if (isDevice && at.context().credentials().user() != 0) {
            throw new FileFailure(Errno.EPERM);
        }
        int masked = mode & FileMode.PERMISSIONS & ~at.context().umask();
        Attributes plain = inodes.fresh(kind | masked, at.context().credentials());
        Node node = switch (kind) {
            case FileMode.S_IFREG -> new RegularFile(plain);
            case FileMode.S_IFIFO -> fifo(plain);
            default -> SpecialFile.foreign(isDevice ? plain.withRawDevice(device) : plain);
        };
        bind(parent, place.name(), node);
    }

    /** may_mknod of fs/namei.c. */
    private static void requireMakeable(int kind) throws FileFailure {
        switch (kind) {
            case FileMode.S_IFREG, FileMode.S_IFIFO, FileMode.S_IFSOCK, FileMode.S_IFCHR, FileMode.S_IFBLK -> {}
            case FileMode.S_IFDIR -> throw new FileFailure(Errno.EPERM);
            default -> throw new FileFailure(Errno.EINVAL);
        }
    }

    private void bind(TreeDirectory parent, String name, Node node) {
        parent.bind(name, node, now());
        fsnotify.created(parent, name, node);
    }

    private Node fifo(Attributes attributes) {
        // The opener needs the node that it opens, which exists only after it: hence the box.
        Node[] self = new Node[1];
        Pipe pipe = new Pipe(new Activity(changes));
        self[0] = SpecialFile.backed(attributes, pipe, flags -> new PipeEnd(pipe, self[0], flags));
        return self[0];
    }

    /** Gives a name to a node that the caller made, for example a bound socket; {@code EADDRINUSE} is the caller's word. */
    void bind(At at, String path, Node node) throws FileFailure {
        Place place = vacantFile(at, path);
        bind(writable(at, place.parent()), place.name(), node);
    }

    /** {@code symlink(2)}. */
    public void makeSymbolicLink(At at, String path, String target) throws FileFailure {
        if (target.isEmpty()) {
            throw new FileFailure(Errno.ENOENT);
        }
        Place place = vacantFile(at, path);
        Attributes attributes =
                inodes.fresh(FileMode.S_IFLNK | 0777, at.context().credentials());
        bind(writable(at, place.parent()), place.name(), SymbolicLink.fixed(attributes, target));
    }

    /** {@code linkat(2)}: {@code AT_SYMLINK_FOLLOW} is the only flag. */
    public void makeLink(At from, String oldPath, At to, String newPath, int flags) throws FileFailure {
        LastLink last = (flags & Fcntl.AT_SYMLINK_FOLLOW) != 0 ? LastLink.FOLLOW : LastLink.KEEP;
        makeLink(PathWalker.walk(from, oldPath, last).require(), to, newPath);
    }

    /** {@code linkat(2)} with {@code AT_EMPTY_PATH}, or through /proc: gives an open file a name. */
    public void makeLink(OpenFile file, At to, String newPath) throws FileFailure {
        makeLink(file.object().node(), to, newPath);
    }

    private void makeLink(Node node, At to, String newPath) throws FileFailure {
        if (node instanceof Directory) {
            throw new FileFailure(Errno.EPERM);
        }
        Place place = vacantFile(to, newPath);
        if (node instanceof GeneratedFile || node instanceof AnonymousNode) {
            throw new FileFailure(Errno.EXDEV);
        }
        TreeDirectory parent = writable(to, place.parent());
        link(node, 1);
        fsnotify.node(node, InotifyEvent.IN_ATTRIB);
        bind(parent, place.name(), node);
    }

    /** {@code unlink(2)}. */
    public void unlink(At at, String path) throws FileFailure {
        Place place = PathWalker.walk(at, path, LastLink.KEEP);
        Node node = place.require();
        if (node instanceof Directory) {
            throw new FileFailure(Errno.EISDIR);
        }
        TreeDirectory parent = writable(at, place.parent());
        requireRemovable(at, parent, node);
        parent.unbind(place.name(), now());
        link(node, -1);
        fsnotify.node(node, InotifyEvent.IN_ATTRIB);
        deleted(parent, place.name(), node);
    }

    private void deleted(Directory parent, String name, Node node) {
        openFiles.renamed(node, Dentry.of(parent, name), new Dentry(Optional.of(parent), name, false));
        openFiles.checkGone(node);
        fsnotify.deleted(parent, name, node);
    }

    /** {@code rmdir(2)}. */
    public void removeDirectory(At at, String path) throws FileFailure {
        Place place = PathWalker.walk(at, path, LastLink.KEEP);
        if (place.name().isEmpty()) {
            throw new FileFailure(path.endsWith(".") && !path.endsWith("..") ? Errno.EINVAL : Errno.ENOTEMPTY);
        }
        Node node = place.require();
        if (!(node instanceof TreeDirectory directory)) {
            throw new FileFailure(node instanceof Directory ? Errno.EBUSY : Errno.ENOTDIR);
        }
        TreeDirectory parent = writable(at, place.parent());
        requireRemovable(at, parent, node);
        if (!directory.isEmpty()) {
            throw new FileFailure(Errno.ENOTEMPTY);
        }
        parent.unbind(place.name(), now());
        directory.change(directory.attributes().withLinks(0, now()));
        link(parent, -1);
        deleted(parent, place.name(), node);
    }

    /** {@code renameat2(2)}. */
    public void rename(At from, String oldPath, At to, String newPath, int flags) throws FileFailure {
        if ((flags & ~(Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE)) != 0
                || flags == (Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE)) {
            throw new FileFailure(Errno.EINVAL);
        }
        Place source = PathWalker.walk(from, oldPath, LastLink.KEEP);
        Place target = PathWalker.walk(to, newPath, LastLink.KEEP);
        if (source.name().isEmpty() || target.name().isEmpty()) {
            throw new FileFailure(Errno.EBUSY);
        }
        Node node = source.require();
        TreeDirectory oldParent = writable(from, source.parent());
        TreeDirectory newParent = writable(to, target.parent());
        requireRemovable(from, oldParent, node);
        requireOutside(node, newParent);
        if (target.asDirectory() && !(node instanceof Directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        boolean exchanges = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        if (exchanges && target.require() == node) {
            return; // two names of one file (vfs_rename)
        }
        if (exchanges) {
            exchange(source, oldParent, target, newParent);
            return;
        }
        if (target.node().isPresent()) {
            if ((flags & Fcntl.RENAME_NOREPLACE) != 0) {
                throw new FileFailure(Errno.EEXIST);
            }
            if (target.node().get() == node) {
                return;
            }
            requireRemovable(to, newParent, target.node().get());
            replace(node, target.node().get(), newParent);
        }
        oldParent.unbind(source.name(), now());
        newParent.bind(target.name(), node, now());
        if (node instanceof Directory) {
            link(oldParent, -1);
            link(newParent, 1);
        }
        node.change(node.attributes().withLinks(node.attributes().links(), now()));
        Dentry before = Dentry.of(oldParent, source.name());
        Dentry after = Dentry.of(newParent, target.name());
        target.node().ifPresent(old -> openFiles.renamed(old, after, new Dentry(after.parent(), after.name(), false)));
        openFiles.renamed(node, before, after);
        fsnotify.moved(before, after, node, target.node());
        target.node().ifPresent(openFiles::checkGone);
    }

    /** A directory cannot be moved into itself. */
    private static void requireOutside(Node node, Directory newParent) throws FileFailure {
        if (node instanceof Directory moved && moved.isAbove(newParent)) {
            throw new FileFailure(Errno.EINVAL);
        }
    }

    private void replace(Node node, Node replaced, TreeDirectory parent) throws FileFailure {
        if (node instanceof Directory) {
            if (!(replaced instanceof TreeDirectory directory)) {
                throw new FileFailure(replaced instanceof Directory ? Errno.EBUSY : Errno.ENOTDIR);
            }
            if (!directory.isEmpty()) {
                throw new FileFailure(Errno.ENOTEMPTY);
            }
            directory.change(directory.attributes().withLinks(0, now()));
            link(parent, -1);
            return;
        }
        if (replaced instanceof Directory) {
            throw new FileFailure(Errno.EISDIR);
        }
        link(replaced, -1);
    }

    private void exchange(Place source, TreeDirectory oldParent, Place target, TreeDirectory newParent)
            throws FileFailure {
        Node node = source.require();
        Node other = target.require();
        requireOutside(other, oldParent);
        oldParent.bind(source.name(), other, now());
        newParent.bind(target.name(), node, now());
        int moved = (node instanceof Directory ? 1 : 0) - (other instanceof Directory ? 1 : 0);
        link(oldParent, -moved);
        link(newParent, moved);
        Dentry here = Dentry.of(oldParent, source.name());
        Dentry there = Dentry.of(newParent, target.name());
        openFiles.renamed(node, here, there);
        openFiles.renamed(other, there, here);
        fsnotify.moved(here, there, node, Optional.empty());
        fsnotify.moved(there, here, other, Optional.empty());
    }

    private static Place vacant(At at, String path) throws FileFailure {
        Place place = PathWalker.walk(at, path, LastLink.IN_THE_WAY);
        if (place.node().isPresent()) {
            throw new FileFailure(Errno.EEXIST);
        }
        return place;
    }

    /** A place for something that is no directory, so no slash may follow its name. */
    private static Place vacantFile(At at, String path) throws FileFailure {
        Place place = vacant(at, path);
        if (place.asDirectory()) {
            throw new FileFailure(Errno.ENOENT);
        }
        return place;
    }

    /** The directory, if it is one in which this caller may make and remove names. */
    static TreeDirectory writable(At at, Directory directory) throws FileFailure {
        if (!(directory instanceof TreeDirectory tree)) {
            throw new FileFailure(Errno.EPERM);
        }
        if (tree.attributes().links() == 0) {
            throw new FileFailure(Errno.ENOENT);
        }
        at.context().credentials().require(tree, FileMode.W_OK | FileMode.X_OK);
        return tree;
    }

    /** In a directory such as /tmp only owners remove ({@code S_ISVTX}). */
    private static void requireRemovable(At at, TreeDirectory parent, Node node) throws FileFailure {
        Credentials who = at.context().credentials();
        Attributes folder = parent.attributes();
        boolean sticky = (folder.mode() & FileMode.S_ISVTX) != 0;
        if (sticky
                && who.user() != 0
                && who.user() != folder.user()
                && who.user() != node.attributes().user()) {
            throw new FileFailure(Errno.EPERM);
        }
    }

    private void link(Node node, int difference) {
        Attributes a = node.attributes();
        if (node instanceof Directory && a.links() < 2) {
            // File systems such as btrfs do not count the links of directories: they say 1, and 0 means removed.
            return;
        }
        node.change(a.withLinks(Math.max(0, a.links() + difference), now()));
    }

    private long now() {
        return clock.realtimeNanos();
    }
}
