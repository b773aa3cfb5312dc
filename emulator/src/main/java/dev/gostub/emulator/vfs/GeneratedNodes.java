package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.vfs.GeneratedDirectory.Listing;
import dev.gostub.emulator.vfs.GeneratedFile.Content;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes the nodes of generated trees. */
final class GeneratedNodes {
    private static final Credentials ROOT = new Credentials(0, 0);

    private final Inodes inodes;

    GeneratedNodes(Inodes inodes) {
        this.inodes = inodes;
    }

    /** Makes a node below a directory. */
    @FunctionalInterface
    interface Maker {
        Node make(GeneratedDirectory parent, String name);
    }

    /** A fixed set of entries. */
    static final class Entries implements Listing {
        private final TreeMap<String, Maker> makers = new TreeMap<>();

        Entries put(String name, Maker maker) {
            makers.put(name, maker);
            return this;
        }

        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return Optional.ofNullable(makers.get(name)).map(maker -> maker.make(self, name));
        }

        @Override
        public List<String> names() {
            return List.copyOf(makers.keySet());
        }
    }

    /** Mounts a generated tree below the root. */
    void mount(TreeDirectory root, String name, Mounts mounts, FileSystem system, Listing listing) {
        Mount mount = mounts.create(system, false);
        Attributes attributes = inodes.generatedRoot(system.device(), FileMode.S_IFDIR | 0555, ROOT);
        GeneratedDirectory directory = new GeneratedDirectory(attributes, mount, root, name, listing);
        root.bind(name, directory);
        mounts.place(mount, directory);
    }

    GeneratedDirectory directory(Directory parent, String name, Credentials owner, Listing listing) {
        Attributes attributes = inodes.generated(parent, name, FileMode.S_IFDIR | 0555, owner);
        return new GeneratedDirectory(attributes, parent, name, listing);
    }

    /** A directory of the system. */
    Maker directory(Listing listing) {
        return (parent, name) -> directory(parent, name, ROOT, listing);
    }

    /** Works out a text. */
    @FunctionalInterface
    interface Text {
        String text() throws FileFailure;
    }

    /** A text that everybody may read. */
    Maker text(Text text) {
        return bytes(0444, () -> GuestText.bytes(text.text()));
    }

    Maker bytes(int permissions, Content bytes) {
        return (parent, name) -> {
            Credentials owner = owner(parent);
            return new GeneratedFile(inodes.generated(parent, name, FileMode.S_IFREG | permissions, owner), bytes);
        };
    }

    /** Takes what is written. */
    @FunctionalInterface
    interface Writer {
        void write(byte[] bytes) throws FileFailure;
    }

    /** A text that can be written as well. */
    Maker writable(int permissions, Text text, Writer writer) {
        return bytes(permissions, new Writable(text, writer));
    }

    private record Writable(Text text, Writer writer) implements Content {
        @Override
        public byte[] bytes() throws FileFailure {
            return GuestText.bytes(text.text());
        }

        @Override
        public void write(byte[] bytes) throws FileFailure {
            writer.write(bytes);
        }
    }

    Maker link(Supplier<String> target) {
        return (parent, name) -> SymbolicLink.generated(linkAttributes(parent, name), target);
    }

    /** A link that leads to its node whatever its text says. */
    Maker magic(Supplier<String> target, Supplier<Optional<Node>> node) {
        return (parent, name) -> SymbolicLink.magic(linkAttributes(parent, name), target, node);
    }

    private Attributes linkAttributes(Directory parent, String name) {
        return inodes.generated(parent, name, FileMode.S_IFLNK | 0777, owner(parent));
    }

    private static Credentials owner(Directory parent) {
        return new Credentials(parent.attributes().user(), parent.attributes().group());
    }
}
