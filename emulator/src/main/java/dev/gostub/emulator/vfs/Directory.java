package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import java.util.List;
import java.util.Optional;

/** A directory: names that lead to nodes. */
public abstract sealed class Directory extends Node permits TreeDirectory, GeneratedDirectory {
    private static final int SIZE_BYTES = 4096;

    Directory(Attributes attributes) {
        super(attributes);
    }

    /** The directory above; the root is its own parent. */
    abstract Directory parent();

    /** The name under which the parent holds it. */
    abstract String name();

    /** A path leads through here. */
    void enter() throws FileFailure {}

    /** The node of this name, {@code .} and {@code ..} not among them. */
    abstract Optional<Node> lookup(String name);

    /** All names, sorted, without {@code .} and {@code ..}. */
    abstract List<String> names() throws FileFailure;

    @Override
    public final long sizeBytes() {
        return SIZE_BYTES;
    }

    /** Absolute path as seen from {@code root}. */
    public final String path(Directory root) throws FileFailure {
        StringBuilder path = new StringBuilder();
        Directory at = this;
        while (at != root && at.parent() != at) {
            if (at.attributes().links() == 0) {
                throw new FileFailure(Errno.ENOENT);
            }
            path.insert(0, "/" + at.name());
            at = at.parent();
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Is {@code other} this directory or somewhere below it. */
    final boolean isAbove(Directory other) {
        Directory at = other;
        while (at != this) {
            if (at.parent() == at) {
                return false;
            }
            at = at.parent();
        }
        return true;
    }
}
