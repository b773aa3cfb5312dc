package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.host.Entropy;
import java.util.Optional;

/** /dev: the devices that every program may expect, with Linux's numbers ({@code Documentation/admin-guide/devices.txt}). */
final class DeviceTree {
    private static final Credentials ROOT = new Credentials(0, 0);
    private static final Birth LINK = new Birth(0777, ROOT);
    private static final int MEMORY = 1;
    private static final int TERMINALS = 5;

    private final NewNodes overlay;
    private final Inodes inodes;
    private final MemoryDevices memory;
    private final StandardStreams streams;

    DeviceTree(NewNodes overlay, Entropy entropy, StandardStreams streams) {
        this.overlay = overlay;
        this.inodes = overlay.inodes();
        this.memory = new MemoryDevices(entropy);
        this.streams = streams;
    }

    void mount(TreeDirectory root, Mounts mounts) {
        TreeDirectory dev = mount(
                mounts,
                new MemorySystem("devtmpfs", "devtmpfs", Inodes.DEV_DEVICE, FileStatistics.TMPFS_MAGIC),
                new TreeDirectory.Place(Optional.empty(), root, "dev"),
                0755);
        device(dev, "null", MEMORY, 3, memory::nothing);
        device(dev, "zero", MEMORY, 5, memory::zero);
        device(dev, "full", MEMORY, 7, memory::full);
        device(dev, "random", MEMORY, 8, memory::random);
        device(dev, "urandom", MEMORY, 9, memory::random);
        dev.bind("tty", terminal());
        TreeDirectory pts = mount(
                mounts,
                new MemorySystem("devpts", "devpts", Inodes.PTS_DEVICE, FileStatistics.DEVPTS_SUPER_MAGIC),
                new TreeDirectory.Place(Optional.empty(), dev, "pts"),
                0755);
        streams.terminalNode().ifPresent(node -> pts.bind("0", node));
        mount(
                mounts,
                new MemorySystem("tmpfs", "tmpfs", Inodes.SHM_DEVICE, FileStatistics.TMPFS_MAGIC),
                new TreeDirectory.Place(Optional.empty(), dev, "shm"),
                01777);
        dev.makeSymbolicLink("fd", "/proc/self/fd", LINK);
        dev.makeSymbolicLink("stdin", "/proc/self/fd/0", LINK);
        dev.makeSymbolicLink("stdout", "/proc/self/fd/1", LINK);
        dev.makeSymbolicLink("stderr", "/proc/self/fd/2", LINK);
    }

    /** What opens a device that somebody else has made a node for, in the overlay or on the host: a number stands for the same everywhere. */
    Optional<SpecialFile.Opener> opener(SpecialFile node) {
        Attributes attributes = node.attributes();
        if (!FileMode.is(attributes.mode(), FileMode.S_IFCHR)) {
            return Optional.empty();
        }
        int minor = Stat.minor(attributes.rawDevice());
        return switch (Stat.major(attributes.rawDevice())) {
            case MEMORY ->
                switch (minor) {
                    case 3 -> Optional.of(_ -> memory.nothing(node));
                    case 5 -> Optional.of(_ -> memory.zero(node));
                    case 7 -> Optional.of(_ -> memory.full(node));
                    case 8, 9 -> Optional.of(_ -> memory.random(node));
                    default -> Optional.empty();
                };
            case TERMINALS -> minor == 0 ? terminal().opener() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private TreeDirectory mount(Mounts mounts, MemorySystem system, TreeDirectory.Place place, int permissions) {
        NewNodes own = overlay.of(system.device());
        Mount mount = mounts.create(system, false);
        Attributes attributes = own.attributes(FileMode.S_IFDIR | permissions, ROOT);
        TreeDirectory directory = new TreeDirectory(own, mount, attributes, place);
        ((TreeDirectory) place.parent()).bind(place.name(), directory);
        mounts.place(mount, directory);
        return directory;
    }

    /** Makes the object of a device for its node. */
    @FunctionalInterface
    private interface Maker {
        FileObject make(Node node);
    }

    private void device(TreeDirectory dev, String name, int major, int minor, Maker maker) {
        // The object wants the node and the node wants what makes the object: hence the box.
        Node[] self = new Node[1];
        SpecialFile node = SpecialFile.device(inodes.device(0666, major, minor), _ -> maker.make(self[0]));
        self[0] = node;
        dev.bind(name, node);
    }

    /** The controlling terminal: without one, opening it fails as Linux says in {@code tty(4)}. */
    private SpecialFile terminal() {
        Attributes attributes = inodes.device(0666, TERMINALS, 0);
        return SpecialFile.device(
                attributes,
                flags -> streams.terminalNode()
                        .flatMap(SpecialFile::opener)
                        .orElseThrow(() -> new FileFailure(Errno.ENXIO))
                        .open(flags));
    }
}
