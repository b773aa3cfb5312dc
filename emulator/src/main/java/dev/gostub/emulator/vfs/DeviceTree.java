package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.host.Entropy;
import java.util.Optional;

/** /dev: the devices that every program may expect, with Linux's numbers ({@code Documentation/admin-guide/devices.txt}). */
final class DeviceTree {
    private static final Credentials ROOT = new Credentials(0, 0);
    private static final int MEMORY = 1;
    private static final int TERMINALS = 5;

    private final Inodes inodes;
    private final MemoryDevices memory;
    private final StandardStreams streams;

    DeviceTree(Inodes inodes, Entropy entropy, StandardStreams streams) {
        this.inodes = inodes;
        this.memory = new MemoryDevices(entropy);
        this.streams = streams;
    }

    void mount(TreeDirectory root, long now) {
        TreeDirectory dev = directory(root, "dev", 0755, now);
        device(dev, "null", MEMORY, 3, memory::nothing, now);
        device(dev, "zero", MEMORY, 5, memory::zero, now);
        device(dev, "full", MEMORY, 7, memory::full, now);
        device(dev, "random", MEMORY, 8, memory::random, now);
        device(dev, "urandom", MEMORY, 9, memory::random, now);
        dev.bind("tty", terminal(), now);
        TreeDirectory pts = directory(dev, "pts", 0755, now);
        streams.terminalNode().ifPresent(node -> pts.bind("0", node, now));
        directory(dev, "shm", 01777, now);
        link(dev, "fd", "/proc/self/fd", now);
        link(dev, "stdin", "/proc/self/fd/0", now);
        link(dev, "stdout", "/proc/self/fd/1", now);
        link(dev, "stderr", "/proc/self/fd/2", now);
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

    private TreeDirectory directory(TreeDirectory parent, String name, int mode, long now) {
        Attributes attributes = inodes.fresh(FileMode.S_IFDIR | mode, ROOT);
        TreeDirectory directory = new TreeDirectory(attributes, Optional.empty(), parent, name);
        parent.bind(name, directory, now);
        return directory;
    }

    /** Makes the object of a device for its node. */
    @FunctionalInterface
    private interface Maker {
        FileObject make(Node node);
    }

    private void device(TreeDirectory dev, String name, int major, int minor, Maker maker, long now) {
        // The object wants the node and the node wants what makes the object: hence the box.
        Node[] self = new Node[1];
        SpecialFile node = SpecialFile.device(inodes.device(0666, major, minor), _ -> maker.make(self[0]));
        self[0] = node;
        dev.bind(name, node, now);
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

    private void link(TreeDirectory dev, String name, String target, long now) {
        dev.bind(name, SymbolicLink.fixed(inodes.fresh(FileMode.S_IFLNK | 0777, ROOT), target), now);
    }
}
