package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostStat;
import dev.gostub.emulator.host.HostUser;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.PathWalker.Place;

/**
 * Lays over the tree what the user wants there.
 *
 * @param user who the host's files are made by
 */
record MountPoints(TreeDirectory root, NewNodes making, Mounts mounts, HostUser user) {
    private static final Credentials ROOT = new Credentials(0, 0);

    /** A place in the tree for something to be mounted. */
    private record Point(Directory parent, String name) {}

    void mount(GuestMount wanted) throws FileFailure {
        Point point = point(wanted.at());
        switch (wanted) {
            case GuestMount.Private _ -> mountPrivate(point);
            case GuestMount.Folder folder -> mountFolder(point, folder);
        }
    }

    /** What is missing of the way is made, if that is in the overlay: on the host nothing is made for this. */
    private Point point(String path) throws FileFailure {
        At start = new FileSystemContext(root, root, ROOT).here();
        int slash = path.lastIndexOf('/');
        Place place;
        try {
            place = PathWalker.walk(start, path, LastLink.FOLLOW);
        } catch (FileFailure failure) {
            if (failure.errno() != Errno.ENOENT || slash <= 0) {
                throw failure;
            }
            Point above = point(path.substring(0, slash));
            if (above.parent.lookup(above.name).isEmpty()) {
                make(above);
            }
            place = PathWalker.walk(start, path, LastLink.FOLLOW);
        }
        if (place.node().isEmpty()) {
            Point missing = new Point(place.parent(), place.name());
            make(missing);
            return missing;
        }
        if (!(place.node().get() instanceof Directory directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        if (directory == root) {
            throw new FileFailure(Errno.EBUSY);
        }
        return new Point(directory.parent(), directory.name());
    }

    private static void make(Point point) throws FileFailure {
        if (!(point.parent instanceof TreeDirectory parent)) {
            throw new FileFailure(Errno.ENOENT);
        }
        parent.makeDirectory(point.name, new Birth(0755, ROOT));
    }

    private void mountPrivate(Point point) throws FileFailure {
        NewNodes own = making.of(making.inodes().freshDevice());
        Mount mount =
                mounts.create(new MemorySystem("tmpfs", "tmpfs", own.device(), FileStatistics.TMPFS_MAGIC), false);
        Attributes attributes = own.attributes(FileMode.S_IFDIR | 01777, ROOT);
        put(mount, point, own.root(mount, attributes, point.parent, point.name));
    }

    private void mountFolder(Point point, GuestMount.Folder wanted) throws FileFailure {
        HostFolder folder = wanted.folder();
        LiveFileSystem.Root top;
        try {
            HostStat stat = folder.stat(".").orElseThrow(() -> new FileFailure(Errno.ENOENT));
            top = new LiveFileSystem.Root(stat, folder.space());
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
        LiveFileSystem system = new LiveFileSystem(making.inodes(), wanted.source(), user, top);
        Mount mount = mounts.create(system, !wanted.writable());
        LiveDirectory directory =
                new LiveDirectory(system, mount, new LiveDirectory.Place(folder, top.stat(), point.parent, point.name));
        system.remember(top.stat(), directory);
        put(mount, point, directory);
    }

    private void put(Mount mount, Point point, Directory directory) throws FileFailure {
        point.parent.bind(point.name, directory);
        mounts.place(mount, directory);
    }
}
