package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import java.util.List;
import java.util.Optional;

/**
 * A directory: names that lead to nodes. What is done to names is checked by who asks for it ({@link Namespace}, {@link Opener}); here it is done, in the way of the file system, whose last word it is whether
 * it can be. Without such operations the answer is EPERM.
 */
public abstract sealed class Directory extends Node permits TreeDirectory, GeneratedDirectory, LiveDirectory {
    private static final int SIZE_BYTES = 4096;

    Directory(Attributes attributes) {
        super(attributes);
    }

    /** The directory above; the root is its own parent. */
    abstract Directory parent();

    /** The name under which the parent holds it. */
    abstract String name();

    /** The mount that this is a part of, or the root of. */
    abstract Mount mount();

    /** Is it where a file system is mounted: it can neither be moved nor removed. */
    final boolean isMountPoint() {
        return parent() == this || parent().mount() != mount();
    }

    /** A path leads through here. */
    void enter() throws FileFailure {}

    /** The node of this name, {@code .} and {@code ..} not among them. */
    abstract Optional<Node> lookup(String name);

    /** All names, sorted, without {@code .} and {@code ..}. */
    abstract List<String> names() throws FileFailure;

    // ---- what is done to names

    /** Makes a regular file; somebody else may have done so since it was looked for (EEXIST). */
    RegularFile createFile(String name, Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** A regular file without a name ({@code O_TMPFILE}). */
    RegularFile createTemporary(Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EOPNOTSUPP);
    }

    Directory makeDirectory(String name, Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    Node makeFifo(String name, Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** Makes a device or a socket that nobody has bound. */
    Node makeSpecial(String name, int type, long device, Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    SymbolicLink makeSymbolicLink(String name, String target, Birth birth) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** Gives a name to a node that was made elsewhere: a socket, or something that is mounted. */
    void bind(String name, Node node) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** Gives a node of the same file system a further name. */
    void link(String name, Node node) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    void unlink(String name, Node node) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    void removeDirectory(String name, Directory directory) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** Moves a node to a directory of the same mount, in one step; {@code replaced} was there. */
    void move(String name, Node node, Destination to) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /** Lets two names of the same mount change places. */
    void exchange(String name, Node node, Destination with) throws FileFailure {
        throw new FileFailure(Errno.EPERM);
    }

    /**
     * Where a name goes.
     *
     * @param node what is there
     * @param mayReplace or else it is EEXIST
     */
    record Destination(Directory directory, String name, Optional<Node> node, boolean mayReplace) {}

    /** {@code fsync(2)}. */
    void sync() throws FileFailure {}

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
