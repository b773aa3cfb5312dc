package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.OpenFlags.O_CREAT;
import static dev.gostub.emulator.abi.OpenFlags.O_DIRECTORY;
import static dev.gostub.emulator.abi.OpenFlags.O_EXCL;
import static dev.gostub.emulator.abi.OpenFlags.O_NOFOLLOW;
import static dev.gostub.emulator.abi.OpenFlags.O_PATH;
import static dev.gostub.emulator.abi.OpenFlags.O_TMPFILE;
import static dev.gostub.emulator.abi.OpenFlags.O_TRUNC;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;

/** {@code open(2)} in all its variants, and what else needs a directory by path. */
final class Opener {
    /** Flags that only matter while opening; {@code F_GETFL} does not show them. */
    private static final int OPENING_ONLY = O_CREAT | O_EXCL | O_TRUNC | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC;

    private static final int TRIES = 8;

    private final OpenFiles openFiles;
    private final GuestClock clock;
    private final DeviceTree devices;

    Opener(OpenFiles openFiles, GuestClock clock, DeviceTree devices) {
        this.devices = devices;
        this.openFiles = openFiles;
        this.clock = clock;
    }

    OpenFile open(At at, String path, int flags, int mode) throws FileFailure {
        if ((flags & O_PATH) != 0) {
            return openPath(at, path, flags);
        }
        if ((flags & O_TMPFILE) == O_TMPFILE) {
            return openTemporary(at, path, flags, mode);
        }
        boolean exclusive = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
        LastLink last = exclusive || (flags & O_NOFOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        for (int i = 0; ; i++) {
            Place place = PathWalker.walk(at, path, last);
            try {
                return place.node().isPresent() ? openExisting(at, place, flags) : create(at, place, flags, mode);
            } catch (FileFailure failure) {
                // In a folder of the host somebody else may have been quicker.
                boolean changed =
                        failure.errno() == Errno.EEXIST && place.node().isEmpty() && !exclusive
                                || failure.errno() == Errno.ESTALE;
                if (!changed || i >= TRIES) {
                    throw failure;
                }
            }
        }
    }

    private OpenFile openExisting(At at, Place place, int flags) throws FileFailure {
        if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL)) {
            throw new FileFailure(Errno.EEXIST);
        }
        Node node = place.require();
        requireType(node, flags);
        at.context().credentials().require(node, wanted(flags));
        if ((flags & OpenFlags.O_NOATIME) != 0) {
            at.context().credentials().requireOwner(node);
        }
        if (OpenFlags.writable(flags) || (flags & O_TRUNC) != 0) {
            requireWritable(place, node);
        }
        if (node instanceof RegularFile file) {
            file.content().open(OpenFlags.readable(flags), OpenFlags.writable(flags));
            if ((flags & O_TRUNC) != 0) {
                truncate(at, file);
            }
        }
        OpenFile file = opened(node, flags, new Named(name(at, place, node), Dentry.of(place)));
        if ((flags & O_TRUNC) != 0 && node instanceof RegularFile) {
            file.notify(InotifyEvent.IN_MODIFY); // after IN_OPEN since Linux 6.10
        }
        return file;
    }

    /** Devices, pipes and sockets are written to on file systems that cannot be written to (sb_permission of fs/namei.c). */
    private static void requireWritable(Place place, Node node) throws FileFailure {
        if (node instanceof RegularFile file) {
            Mount mount = file.content() instanceof LiveContent live ? live.mount() : place.mount();
            mount.requireWritable();
        }
    }

    private OpenFile openPath(At at, String path, int flags) throws FileFailure {
        LastLink last = (flags & O_NOFOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        Place place = PathWalker.walk(at, path, last);
        Node node = place.require();
        if ((flags & O_DIRECTORY) != 0 && !(node instanceof Directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        int kept = flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW);
        return openFiles.create(new PathObject(node), kept, name(at, place, node));
    }

    private OpenFile openTemporary(At at, String path, int flags, int mode) throws FileFailure {
        if (!OpenFlags.writable(flags)) {
            throw new FileFailure(Errno.EINVAL);
        }
        Directory directory = directory(at, path);
        RegularFile file = Namespace.writable(at, directory).createTemporary(Birth.of(at, mode));
        String name =
                directory.path(at.context().root()) + "/#" + file.attributes().inode();
        return openFiles.create(new RegularStream(file, clock), flags & ~OPENING_ONLY, name);
    }

    private OpenFile create(At at, Place place, int flags, int mode) throws FileFailure {
        if ((flags & O_CREAT) == 0) {
            throw new FileFailure(Errno.ENOENT);
        }
        if (place.asDirectory()) {
            throw new FileFailure(Errno.EISDIR);
        }
        Directory parent = Namespace.writable(at, place.parent());
        RegularFile file = parent.createFile(place.name(), Birth.of(at, mode));
        openFiles.fsnotify().created(parent, place.name(), file);
        return opened(file, flags, new Named(name(at, place, file), Dentry.of(parent, place.name())));
    }

    private void truncate(At at, RegularFile file) throws FileFailure {
        at.context().credentials().require(file, FileMode.W_OK);
        long result = file.truncate(0, clock.realtimeNanos());
        if (result != 0) {
            throw new FileFailure(Errno.of(result));
        }
    }

    private static void requireType(Node node, int flags) throws FileFailure {
        if (node instanceof SymbolicLink) {
            throw new FileFailure(Errno.ELOOP);
        }
        boolean directory = node instanceof Directory;
        if ((flags & O_DIRECTORY) != 0 && !directory) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        if (directory && (OpenFlags.writable(flags) || (flags & (O_CREAT | O_TRUNC)) != 0)) {
            throw new FileFailure(Errno.EISDIR);
        }
    }

    private static int wanted(int flags) {
        return (OpenFlags.readable(flags) ? FileMode.R_OK : 0) | (OpenFlags.writable(flags) ? FileMode.W_OK : 0);
    }

    /** By which path and name something is opened. */
    private record Named(String path, Dentry dentry) {}

    private OpenFile opened(Node node, int flags, Named named) throws FileFailure {
        OpenFile file = openFiles.create(object(node, flags), flags & ~OPENING_ONLY, named.path, named.dentry);
        file.notify(InotifyEvent.IN_OPEN);
        return file;
    }

    private FileObject object(Node node, int flags) throws FileFailure {
        if (node instanceof RegularFile file) {
            // Every start opens the program, and the first type switch of a JVM costs milliseconds (no AOT cache holds
            // it).
            return new RegularStream(file, clock);
        }
        return switch (node) {
            case RegularFile file -> new RegularStream(file, clock);
            case Directory directory -> new DirectoryObject(directory);
            case GeneratedFile file -> file.open();
            case SpecialFile special ->
                special.opener()
                        .or(() -> devices.opener(special))
                        .orElseThrow(() -> new FileFailure(Errno.ENXIO))
                        .open(flags);
            case AnonymousNode anonymous -> again(anonymous, flags);
            case SymbolicLink _ -> throw new FileFailure(Errno.ELOOP);
        };
    }

    /** Something without a name can be opened through {@code /proc/self/fd} as long as somebody has it open. */
    private FileObject again(AnonymousNode node, int flags) throws FileFailure {
        for (OpenFile file : openFiles.all()) {
            if (file.object().node() == node) {
                return file.object().reopened(flags);
            }
        }
        throw new FileFailure(Errno.ENXIO);
    }

    private static String name(At at, Place place, Node node) throws FileFailure {
        if (place.shownAs().isPresent()) {
            return place.shownAs().get();
        }
        if (node instanceof Directory directory) {
            return directory.path(at.context().root());
        }
        String directory = place.parent().path(at.context().root());
        return directory.equals("/") ? "/" + place.name() : directory + "/" + place.name();
    }

    Directory directory(At at, String path) throws FileFailure {
        if (PathWalker.walk(at, path, LastLink.FOLLOW).require() instanceof Directory directory) {
            at.context().credentials().require(directory, FileMode.X_OK);
            return directory;
        }
        throw new FileFailure(Errno.ENOTDIR);
    }

    Directory directory(OpenFile file) throws FileFailure {
        if (file.object().node() instanceof Directory directory) {
            return directory;
        }
        throw new FileFailure(Errno.ENOTDIR);
    }

    Directory directory(FileSystemContext context, OpenFile file) throws FileFailure {
        Directory directory = directory(file);
        context.credentials().require(directory, FileMode.X_OK);
        return directory;
    }

    Directory root(FileSystemContext context, String path) throws FileFailure {
        Directory directory = directory(context.here(), path);
        if (context.credentials().user() != 0) {
            throw new FileFailure(Errno.EPERM);
        }
        return directory;
    }
}
