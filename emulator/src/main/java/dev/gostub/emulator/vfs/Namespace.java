package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.vfs.Directory.Destination;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;
import java.util.Optional;

/** Makes, removes and moves names: checks what Linux checks, has the directory do it, and tells those who watch. */
public final class Namespace {
    private final OpenFiles openFiles;
    private final Fsnotify fsnotify;

    Namespace(OpenFiles openFiles) {
        this.openFiles = openFiles;
        this.fsnotify = openFiles.fsnotify();
    }

    /** {@code mkdir(2)}. */
    public void makeDirectory(At at, String path, int mode) throws FileFailure {
        Place place = vacant(at, path);
        Directory parent = writable(at, place.parent());
        Node made = parent.makeDirectory(place.name(), Birth.of(at, mode & (FileMode.S_ISVTX | 0777)));
        fsnotify.created(parent, place.name(), made);
    }

    /** {@code mknod(2)}: devices are for the superuser, and which of them can be opened is {@link DeviceTree}'s to say. */
    public void makeNode(At at, String path, int mode, long device) throws FileFailure {
        int type = mode & FileMode.S_IFMT;
        int kind = type == 0 ? FileMode.S_IFREG : type;
        requireMakeable(kind);
        Place place = vacantFile(at, path);
        Directory parent = writable(at, place.parent());
        boolean isDevice = kind == FileMode.S_IFCHR || kind == FileMode.S_IFBLK;
        if (isDevice && at.context().credentials().user() != 0) {
            throw new FileFailure(Errno.EPERM);
        }
        Birth birth = Birth.of(at, mode);
        Node made = switch (kind) {
            case FileMode.S_IFREG -> parent.createFile(place.name(), birth);
            case FileMode.S_IFIFO -> parent.makeFifo(place.name(), birth);
            default -> parent.makeSpecial(place.name(), kind, isDevice ? device : 0, birth);
        };
        fsnotify.created(parent, place.name(), made);
    }

    /** may_mknod of fs/namei.c. */
    private static void requireMakeable(int kind) throws FileFailure {
        switch (kind) {
            case FileMode.S_IFREG, FileMode.S_IFIFO, FileMode.S_IFSOCK, FileMode.S_IFCHR, FileMode.S_IFBLK -> {}
            case FileMode.S_IFDIR -> throw new FileFailure(Errno.EPERM);
            default -> throw new FileFailure(Errno.EINVAL);
        }
    }

    /** Gives a name to a node that the caller made, for example a bound socket; {@code EADDRINUSE} is the caller's word. */
    void bind(At at, String path, Node node) throws FileFailure {
        Place place = vacantFile(at, path);
        Directory parent = writable(at, place.parent());
        parent.bind(place.name(), node);
        fsnotify.created(parent, place.name(), node);
    }

    /** {@code symlink(2)}. */
    public void makeSymbolicLink(At at, String path, String target) throws FileFailure {
        if (target.isEmpty()) {
            throw new FileFailure(Errno.ENOENT);
        }
        Place place = vacantFile(at, path);
        Directory parent = writable(at, place.parent());
        Node made = parent.makeSymbolicLink(place.name(), target, Birth.of(at, 0777));
        fsnotify.created(parent, place.name(), made);
    }

    /** {@code linkat(2)}: {@code AT_SYMLINK_FOLLOW} is the only flag. */
    public void makeLink(At from, String oldPath, At to, String newPath, int flags) throws FileFailure {
        LastLink last = (flags & Fcntl.AT_SYMLINK_FOLLOW) != 0 ? LastLink.FOLLOW : LastLink.KEEP;
        Place place = PathWalker.walk(from, oldPath, last);
        makeLink(place.require(), place.mount(), to, newPath);
    }

    /** {@code linkat(2)} with {@code AT_EMPTY_PATH}, or through /proc: gives an open file a name. */
    public void makeLink(OpenFile file, At to, String newPath) throws FileFailure {
        Node node = file.object().node();
        Place target = vacantFile(to, newPath);
        makeLink(node, file.mount().orElse(target.parent().mount()), to, newPath);
    }

    private void makeLink(Node node, Mount mount, At to, String newPath) throws FileFailure {
        if (node instanceof Directory) {
            throw new FileFailure(Errno.EPERM);
        }
        Place place = vacantFile(to, newPath);
        if (node instanceof GeneratedFile
                || node instanceof AnonymousNode
                || mount != place.parent().mount()) {
            throw new FileFailure(Errno.EXDEV);
        }
        Directory parent = writable(to, place.parent());
        parent.link(place.name(), node);
        fsnotify.node(node, InotifyEvent.IN_ATTRIB);
        fsnotify.created(parent, place.name(), node);
    }

    /** {@code unlink(2)}. */
    public void unlink(At at, String path) throws FileFailure {
        Place place = PathWalker.walk(at, path, LastLink.KEEP);
        place.parent().mount().requireWritable();
        Node node = place.require();
        if (node instanceof Directory) {
            throw new FileFailure(Errno.EISDIR);
        }
        Directory parent = writable(at, place.parent());
        requireRemovable(at, parent, node);
        parent.unlink(place.name(), node);
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
        place.parent().mount().requireWritable();
        if (!(place.require() instanceof Directory directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        if (directory.isMountPoint() || directory instanceof GeneratedDirectory) {
            throw new FileFailure(Errno.EBUSY);
        }
        Directory parent = writable(at, place.parent());
        requireRemovable(at, parent, directory);
        parent.removeDirectory(place.name(), directory);
        deleted(parent, place.name(), directory);
    }

    /** {@code renameat2(2)}. */
    public void rename(At from, String oldPath, At to, String newPath, int flags) throws FileFailure {
        if ((flags & ~(Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE)) != 0
                || flags == (Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE)) {
            throw new FileFailure(Errno.EINVAL);
        }
        Place source = PathWalker.walk(from, oldPath, LastLink.KEEP);
        Place target = PathWalker.walk(to, newPath, LastLink.KEEP);
        if (source.parent().mount() != target.parent().mount()) {
            throw new FileFailure(Errno.EXDEV);
        }
        if (source.name().isEmpty() || target.name().isEmpty()) {
            throw new FileFailure(Errno.EBUSY);
        }
        source.parent().mount().requireWritable();
        Node node = source.require();
        Directory oldParent = writable(from, source.parent());
        Directory newParent = writable(to, target.parent());
        requireMovable(node);
        requireRemovable(from, oldParent, node);
        requireOutside(node, newParent);
        if (target.asDirectory() && !(node instanceof Directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        boolean exchanges = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        if (exchanges && target.require() == node) {
            return; // two names of one file (vfs_rename)
        }
        boolean mayReplace = (flags & Fcntl.RENAME_NOREPLACE) == 0;
        Destination destination = new Destination(newParent, target.name(), target.node(), mayReplace);
        if (exchanges) {
            exchange(source, oldParent, destination);
            return;
        }
        if (target.node().isPresent()) {
            if (!mayReplace) {
                throw new FileFailure(Errno.EEXIST);
            }
            if (target.node().get() == node) {
                return;
            }
            requireMovable(target.node().get());
            requireRemovable(to, newParent, target.node().get());
            requireSameKind(node, target.node().get());
        }
        oldParent.move(source.name(), node, destination);
        Dentry before = Dentry.of(oldParent, source.name());
        Dentry after = Dentry.of(newParent, target.name());
        target.node().ifPresent(old -> openFiles.renamed(old, after, new Dentry(after.parent(), after.name(), false)));
        openFiles.renamed(node, before, after);
        fsnotify.moved(before, after, node, target.node());
        target.node().ifPresent(openFiles::checkGone);
    }

    /** What is mounted stays where it is. */
    private static void requireMovable(Node node) throws FileFailure {
        if (node instanceof Directory directory && directory.isMountPoint()) {
            throw new FileFailure(Errno.EBUSY);
        }
    }

    /** A directory cannot be moved into itself. */
    private static void requireOutside(Node node, Directory newParent) throws FileFailure {
        if (node instanceof Directory moved && moved.isAbove(newParent)) {
            throw new FileFailure(Errno.EINVAL);
        }
    }

    private static void requireSameKind(Node node, Node replaced) throws FileFailure {
        if (node instanceof Directory != replaced instanceof Directory) {
            throw new FileFailure(node instanceof Directory ? Errno.ENOTDIR : Errno.EISDIR);
        }
    }

    private void exchange(Place source, Directory oldParent, Destination with) throws FileFailure {
        Node node = source.require();
        Node other = with.node().orElseThrow(() -> new FileFailure(Errno.ENOENT));
        requireMovable(other);
        requireOutside(other, oldParent);
        oldParent.exchange(source.name(), node, with);
        Dentry here = Dentry.of(oldParent, source.name());
        Dentry there = Dentry.of(with.directory(), with.name());
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
    static Directory writable(At at, Directory directory) throws FileFailure {
        directory.mount().requireWritable();
        if (directory instanceof GeneratedDirectory) {
            throw new FileFailure(Errno.EPERM);
        }
        if (directory.attributes().links() == 0) {
            throw new FileFailure(Errno.ENOENT);
        }
        at.context().credentials().require(directory, FileMode.W_OK | FileMode.X_OK);
        return directory;
    }

    /** In a directory such as /tmp only owners remove ({@code S_ISVTX}). */
    private static void requireRemovable(At at, Directory parent, Node node) throws FileFailure {
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
}
