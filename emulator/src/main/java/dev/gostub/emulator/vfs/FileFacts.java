package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;

/** Asks and changes what files carry beside their content: attributes, times, length, links' texts. */
public final class FileFacts {
    private static final long TREE_BLOCKS = 1L << 26;

    private final GuestClock clock;
    private final Fsnotify fsnotify;

    FileFacts(GuestClock clock, Fsnotify fsnotify) {
        this.fsnotify = fsnotify;
        this.clock = clock;
    }

    private static Node find(At at, String path, int flags) throws FileFailure {
        return place(at, path, flags).require();
    }

    private static Place place(At at, String path, int flags) throws FileFailure {
        LastLink last = (flags & Fcntl.AT_SYMLINK_NOFOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        return PathWalker.walk(at, path, last);
    }

    private void changed(Place place, int event) throws FileFailure {
        fsnotify.file(Dentry.of(place), place.require(), event);
    }

    /** {@code newfstatat(2)}: of the flags only {@code AT_SYMLINK_NOFOLLOW} counts, here and below. */
    public Stat stat(At at, String path, int flags) throws FileFailure {
        return find(at, path, flags).stat();
    }

    /** {@code faccessat(2)}: fails with {@code EACCES} unless all of {@code wanted} is allowed. */
    public void access(At at, String path, int wanted, int flags) throws FileFailure {
        at.context().credentials().require(find(at, path, flags), wanted);
    }

    /** {@code readlink(2)}. */
    public String readLink(At at, String path) throws FileFailure {
        return linkText(find(at, path, Fcntl.AT_SYMLINK_NOFOLLOW));
    }

    /** {@code readlinkat(2)} with an empty path: the link that was opened with {@code O_PATH | O_NOFOLLOW}. */
    public String readLink(OpenFile file) throws FileFailure {
        return linkText(file.object().node());
    }

    private static String linkText(Node node) throws FileFailure {
        if (node instanceof SymbolicLink link) {
            String target = link.target();
            if (target.isEmpty()) {
                throw new FileFailure(Errno.ENOENT); // a link of /proc to what a process no longer has
            }
            return target;
        }
        throw new FileFailure(Errno.EINVAL);
    }

    /** {@code fchmodat(2)}. */
    public void changeMode(At at, String path, int mode, int flags) throws FileFailure {
        Place place = place(at, path, flags);
        changeMode(at.context(), place.require(), mode);
        changed(place, InotifyEvent.IN_ATTRIB);
    }

    /** {@code fchmod(2)}. */
    public void changeMode(FileSystemContext context, OpenFile file, int mode) throws FileFailure {
        changeMode(context, file.object().node(), mode);
        file.notify(InotifyEvent.IN_ATTRIB);
    }

    private void changeMode(FileSystemContext context, Node node, int mode) throws FileFailure {
        context.credentials().requireOwner(node);
        if (node instanceof SymbolicLink) {
            throw new FileFailure(Errno.EOPNOTSUPP);
        }
        node.change(node.attributes().withPermissions(mode, clock.realtimeNanos()));
    }

    /** {@code fchownat(2)}: -1 leaves user or group as it is. */
    public void changeOwner(At at, String path, Credentials owner, int flags) throws FileFailure {
        Place place = place(at, path, flags);
        changeOwner(at.context(), place.require(), owner);
        changed(place, InotifyEvent.IN_ATTRIB);
    }

    /** {@code fchown(2)}. */
    public void changeOwner(FileSystemContext context, OpenFile file, Credentials owner) throws FileFailure {
        changeOwner(context, file.object().node(), owner);
        file.notify(InotifyEvent.IN_ATTRIB);
    }

    private void changeOwner(FileSystemContext context, Node node, Credentials owner) throws FileFailure {
        Attributes a = node.attributes();
        int user = owner.user() == -1 ? a.user() : owner.user();
        int group = owner.group() == -1 ? a.group() : owner.group();
        Credentials who = context.credentials();
        boolean allowed = who.user() == 0
                || who.user() == a.user() && user == a.user() && (group == a.group() || group == who.group());
        if (!allowed) {
            throw new FileFailure(Errno.EPERM);
        }
        node.change(a.withOwner(user, group, clock.realtimeNanos()));
    }

    /** Times to set: nanoseconds since 1970, or one of the two special values. */
    public record Times(long accessed, long modified) {
        /** Now, as the guest's clock says it. */
        public static final long NOW = Long.MIN_VALUE;
        /** Leave as it is. */
        public static final long OMIT = Long.MIN_VALUE + 1;

        /** What those hear who watch the file (fsnotify_change of include/linux/fsnotify.h). */
        int event() {
            if (accessed == OMIT && modified == OMIT) {
                return 0;
            }
            return modified == OMIT
                    ? InotifyEvent.IN_ACCESS
                    : accessed == OMIT ? InotifyEvent.IN_MODIFY : InotifyEvent.IN_ATTRIB;
        }
    }

    /** {@code utimensat(2)}. */
    public void setTimes(At at, String path, Times times, int flags) throws FileFailure {
        Place place = place(at, path, flags);
        setTimes(at.context(), place.require(), times);
        changed(place, times.event());
    }

    /** {@code futimens(3)}. */
    public void setTimes(FileSystemContext context, OpenFile file, Times times) throws FileFailure {
        setTimes(context, file.object().node(), times);
        file.notify(times.event());
    }

    private void setTimes(FileSystemContext context, Node node, Times times) throws FileFailure {
        boolean bothNow = times.accessed == Times.NOW && times.modified == Times.NOW;
        if (!bothNow || !context.credentials().permit(node.attributes(), FileMode.W_OK)) {
            context.credentials().requireOwner(node);
        }
        Attributes a = node.attributes();
        long now = clock.realtimeNanos();
        node.change(
                a.withTimes(chosen(times.accessed, a.accessed(), now), chosen(times.modified, a.modified(), now), now));
    }

    private static long chosen(long wanted, long before, long now) {
        return wanted == Times.NOW ? now : wanted == Times.OMIT ? before : wanted;
    }

    /** {@code truncate(2)}: a file that grows may do so up to {@code largest}, else EFBIG. */
    public void truncate(At at, String path, long size, long largest) throws FileFailure {
        Place place = place(at, path, 0);
        Node node = place.require();
        if (node instanceof Directory) {
            throw new FileFailure(Errno.EISDIR);
        }
        at.context().credentials().require(node, FileMode.W_OK);
        if (!(node instanceof RegularFile file)) {
            throw new FileFailure(Errno.EINVAL);
        }
        truncate(file, size, largest);
        changed(place, InotifyEvent.IN_MODIFY);
    }

    /** {@code ftruncate(2)}. */
    public void truncate(OpenFile open, long size, long largest) throws FileFailure {
        if (!OpenFlags.writable(open.flags()) || !(open.object().node() instanceof RegularFile file)) {
            throw new FileFailure(Errno.EINVAL);
        }
        truncate(file, size, largest);
        open.notify(InotifyEvent.IN_MODIFY);
    }

    private void truncate(RegularFile file, long size, long largest) throws FileFailure {
        if (size > file.sizeBytes() && size > largest) {
            throw new FileFailure(Errno.EFBIG);
        }
        long result = file.truncate(size, clock.realtimeNanos());
        if (result != 0) {
            throw new FileFailure(Errno.of(result));
        }
    }

    /** {@code statfs(2)}: the tree is told to be an overlay on a disk of 256 GiB, all of it free. */
    public FileStatistics statistics(At at, String path) throws FileFailure {
        return statistics(find(at, path, 0));
    }

    /** {@code fstatfs(2)}. */
    public FileStatistics statistics(OpenFile file) {
        return statistics(file.object().node());
    }

    private static FileStatistics statistics(Node node) {
        long device = node.attributes().device();
        long type = device == Inodes.PROC_DEVICE
                ? FileStatistics.PROC_SUPER_MAGIC
                : device == Inodes.ANONYMOUS_DEVICE
                        ? FileStatistics.ANON_INODE_FS_MAGIC
                        : FileStatistics.OVERLAYFS_SUPER_MAGIC;
        return new FileStatistics(type, FileContent.PAGE_BYTES, TREE_BLOCKS, TREE_BLOCKS, TREE_BLOCKS, 0);
    }

    /** The seals of a memfd ({@code fcntl(F_GET_SEALS)}). */
    public int seals(OpenFile file) throws FileFailure {
        return sealable(file).seals();
    }

    /** {@code fcntl(F_ADD_SEALS)}. */
    public void seal(OpenFile file, int more) throws FileFailure {
        RegularFile sealed = sealable(file);
        if ((sealed.seals() & Seals.SEAL) != 0 || !OpenFlags.writable(file.flags())) {
            throw new FileFailure(Errno.EPERM);
        }
        sealed.seal(more);
    }

    private static RegularFile sealable(OpenFile file) throws FileFailure {
        if (file.object().node() instanceof RegularFile sealed && file.path().startsWith("/memfd:")) {
            return sealed;
        }
        throw new FileFailure(Errno.EINVAL);
    }
}
