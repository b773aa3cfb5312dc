package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.vfs.GeneratedDirectory.Listing;
import dev.gostub.emulator.vfs.GeneratedFile.Text;
import dev.gostub.emulator.vfs.GeneratedFile.Writer;
import java.nio.charset.StandardCharsets;
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

    GeneratedDirectory directory(Directory parent, String name, Credentials owner, Listing listing) {
        Attributes attributes = inodes.generated(parent, name, FileMode.S_IFDIR | 0555, owner);
        return new GeneratedDirectory(attributes, parent, name, listing);
    }

    /** A directory of the system. */
    Maker directory(Listing listing) {
        return (parent, name) -> directory(parent, name, ROOT, listing);
    }

    /** A text that everybody may read. */
    Maker text(Supplier<String> text) {
        return bytes(0444, () -> text.get().getBytes(StandardCharsets.UTF_8));
    }

    Maker bytes(int permissions, Supplier<byte[]> bytes) {
        return file(permissions, bytes::get, Writer.NONE);
    }

    /** A text that can be written as well. */
    Maker writable(int permissions, Supplier<String> text, Writer writer) {
        return file(permissions, () -> text.get().getBytes(StandardCharsets.UTF_8), writer);
    }

    Maker file(int permissions, Text text, Writer writer) {
        return (parent, name) -> {
            Credentials owner = owner(parent);
            return new GeneratedFile(
                    inodes.generated(parent, name, FileMode.S_IFREG | permissions, owner), text, writer);
        };
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
