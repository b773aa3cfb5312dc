package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostSpace;
import dev.gostub.emulator.host.HostStat;
import dev.gostub.emulator.host.HostUser;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder of the host as a file system of the guest. Nothing that the host may change is remembered; but as long as anybody here holds a node, the same file has the same node, whatever name leads to it: locks,
 * watches and what mappings share hang on it.
 */
final class LiveFileSystem implements FileSystem {
    // spotless:off
    /** {@code f_type} by the name of the type (linux/magic.h and the file systems' own headers). */
    private static final Map<String, Long> MAGIC = Map.of(
            "ext2", 0xEF53L,
            "ext3", 0xEF53L,
            "ext4", 0xEF53L,
            "xfs", 0x58465342L,
            "btrfs", 0x9123683EL,
            "f2fs", 0xF2F52010L,
            "zfs", 0x2FC12FC1L,
            "tmpfs", FileStatistics.TMPFS_MAGIC,
            "overlay", FileStatistics.OVERLAYFS_SUPER_MAGIC,
            "nfs", 0x6969L);
    // spotless:on
    private static final long UNKNOWN_MAGIC = 0xEF53L;

    private final Inodes inodes;
    private final String source;
    private final HostUser user;
    private final HostSpace space;
    private final TreeMap<Long, Long> devices = new TreeMap<>();
    private final TreeMap<Key, Known> nodes = new TreeMap<>();
    private final ReferenceQueue<Node> forgotten = new ReferenceQueue<>();
    private final long device;

    LiveFileSystem(Inodes inodes, String source, HostUser user, Root root) {
        this.inodes = inodes;
        this.source = source;
        this.user = user;
        this.space = root.space;
        this.device = inodes.freshDevice();
        devices.put(root.stat.device(), device);
    }

    /** What is mounted. */
    record Root(HostStat stat, HostSpace space) {}

    private record Key(long device, long inode) implements Comparable<Key> {
        static Key of(HostStat stat) {
            return new Key(stat.device(), stat.inode());
        }

        @Override
        public int compareTo(Key other) {
            int byInode = Long.compare(inode, other.inode);
            return byInode != 0 ? byInode : Long.compare(device, other.device);
        }
    }

    /** A node that somebody may hold. Whether it is still here decides nothing: one that nobody holds has no state of its own. */
    private static final class Known extends WeakReference<Node> {
        private final Key key;

        Known(Key key, Node node, ReferenceQueue<Node> queue) {
            super(node, queue);
            this.key = key;
        }
    }

    Optional<Node> find(HostStat stat) {
        for (Reference<? extends Node> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            if (gone instanceof Known known) {
                nodes.remove(known.key, known);
            }
        }
        Known known = nodes.get(Key.of(stat));
        return known == null ? Optional.empty() : Optional.ofNullable(known.get());
    }

    void remember(HostStat stat, Node node) {
        Key key = Key.of(stat);
        nodes.put(key, new Known(key, node, forgotten));
    }

    /** The number may be another file's from now on. */
    void forget(long hostDevice, long inode) {
        nodes.remove(new Key(hostDevice, inode));
    }

    /** As the guest sees it: with device numbers of its own, so that it is another file system than the one that the mount covers. */
    Attributes attributes(HostStat stat) {
        long own = devices.computeIfAbsent(stat.device(), _ -> inodes.freshDevice());
        return Attributes.of(stat).onDevice(own);
    }

    /** Does the host make files for somebody else than this. */
    boolean isForeign(Credentials owner) {
        return owner.user() != user.user() || owner.group() != user.group();
    }

    @Override
    public String type() {
        return space.type().isEmpty() ? "ext4" : space.type();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long device() {
        return device;
    }

    /** As it was at the start: what a folder's own file system says now is asked by {@link #statistics(LiveDirectory)}. */
    @Override
    public FileStatistics statistics() {
        return statistics(space);
    }

    private FileStatistics statistics(HostSpace now) {
        long block = Math.max(now.blockSizeBytes(), 1);
        return new FileStatistics(
                MAGIC.getOrDefault(now.type(), UNKNOWN_MAGIC),
                block,
                now.totalBytes() / block,
                now.freeBytes() / block,
                now.totalBytes() / block / 4,
                0);
    }

    FileStatistics statistics(LiveDirectory directory) throws FileFailure {
        try {
            return statistics(directory.folder().space());
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }
}
