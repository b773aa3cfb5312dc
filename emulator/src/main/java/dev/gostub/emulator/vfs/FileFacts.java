package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;
import java.util.Optional;

/** Asks and changes what files carry beside their content: attributes, times, length, links' texts. */
public final class FileFacts {
    private final GuestClock clock;
    private final Fsnotify fsnotify;
    private final Mounts mounts;

    FileFacts(GuestClock clock, Fsnotify fsnotify, Mounts mounts) {
        this.mounts = mounts;
        this.fsnotify = fsnotify;
        this.clock = clock;
    }

    private static Node find(At at, String path, int flags) throws FileFailure {
        return place(at, path, flags).require();
    }

    private static Place place(At at, String path, int flags) throws FileFailure {
        LastLink last = (flags & Fcntl.AT_SYMLINK_NOFOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        Place place = PathWalker.walk(at, path, last);
        if (place.name().isEmpty() || place.shownAs().isPresent()) {
            place.node().ifPresent(Node::refresh); // all others have just been looked up
        }
        return place;
    }

    private static void requireWritable(Place place) throws FileFailure {
        if (place.shownAs().isEmpty()) {
            place.mount().requireWritable();
        } else {
            requireWritable(place.require());
        }
    }

    /** Of what was reached without a name: a file of the host belongs to one mount. */
    private static void requireWritable(Node node) throws FileFailure {
        if (node instanceof Directory directory) {
            directory.mount().requireWritable();
        } else if (node instanceof RegularFile file && file.content() instanceof LiveContent live) {
            live.mount().requireWritable();
        }
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
        Place place = place(at, path, flags);
        at.context().credentials().require(place.require(), wanted);
        if ((wanted & FileMode.W_OK) != 0 && !(place.require() instanceof SpecialFile)) {
            requireWritable(place); // after the permissions (do_faccessat of fs/open.c)
        }
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
        requireWritable(place);
        changeMode(at.context(), place.require(), mode);
        changed(place, InotifyEvent.IN_ATTRIB);
    }

    /** {@code fchmod(2)}. */
    public void changeMode(FileSystemContext context, OpenFile file, int mode) throws FileFailure {
        requireWritable(file.object().node());
        changeMode(context, file.object().node(), mode);
        file.notify(InotifyEvent.IN_ATTRIB);
    }

    private void changeMode(FileSystemContext context, Node node, int mode) throws FileFailure {
        context.credentials().requireOwner(node);
        if (node instanceof SymbolicLink) {
            throw new FileFailure(Errno.EOPNOTSUPP);
        }
        node.change(
                new HostChange.Permissions(mode & FileMode.PERMISSIONS),
                node.attributes().withPermissions(mode, clock.realtimeNanos()));
    }

    /** {@code fchownat(2)}: -1 leaves user or group as it is. */
    public void changeOwner(At at, String path, Credentials owner, int flags) throws FileFailure {
        Place place = place(at, path, flags);
        requireWritable(place);
        changeOwner(at.context(), place.require(), owner);
        changed(place, InotifyEvent.IN_ATTRIB);
    }

    /** {@code fchown(2)}. */
    public void changeOwner(FileSystemContext context, OpenFile file, Credentials owner) throws FileFailure {
        requireWritable(file.object().node());
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
        node.change(new HostChange.Owner(owner.user(), owner.group()), a.withOwner(user, group, clock.realtimeNanos()));
    }

    /** Times to set: nanoseconds since 1970, or one of the two special values. */
    public record Times(long accessed, long modified) {
        /** Now, as the guest's clock says it. */
        public static final long NOW = HostChange.Times.NOW;
        /** Leave as it is. */
        public static final long OMIT = HostChange.Times.OMIT;

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
        requireWritable(place);
        setTimes(at.context(), place.require(), times);
        changed(place, times.event());
    }

    /** {@code futimens(3)}. */
    public void setTimes(FileSystemContext context, OpenFile file, Times times) throws FileFailure {
        requireWritable(file.object().node());
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
                new HostChange.Times(times.accessed, times.modified),
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
        requireWritable(place);
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

    /** {@code statfs(2)}. */
    public FileStatistics statistics(At at, String path) throws FileFailure {
        Place place = place(at, path, 0);
        place.require();
        return place.shownAs().isPresent() ? statistics(place.require()) : statistics(place.mount(), place.parent());
    }

    /** {@code fstatfs(2)}. */
    public FileStatistics statistics(OpenFile file) throws FileFailure {
        Optional<Mount> mount = file.mount();
        return mount.isPresent()
                ? statistics(mount.get(), file.object().node())
                : statistics(file.object().node());
    }

    private FileStatistics statistics(Node node) {
        long device = node.attributes().device();
        FileStatistics statistics = device == Inodes.ANONYMOUS_DEVICE
                ? new FileStatistics(FileStatistics.ANON_INODE_FS_MAGIC, FileContent.PAGE_BYTES, 0, 0, 0, 0)
                : mounts.system(device).statistics();
        return statistics.mounted(false);
    }

    /** A folder of the host is asked for what is free there now. */
    private static FileStatistics statistics(Mount mount, Node near) throws FileFailure {
        FileStatistics statistics =
                near instanceof LiveDirectory directory && mount.system() instanceof LiveFileSystem system
                        ? system.statistics(directory)
                        : mount.system().statistics();
        return statistics.mounted(mount.readOnly());
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
