package dev.gostub.emulator.vfs;

/** The inode of something without a name in the tree: a pipe, an epoll set. */
final class AnonymousNode extends Node {
    private final String label;

    /** A node that {@code /proc/PID/fd} shows as {@code label}, for example {@code pipe:[7]}. */
    AnonymousNode(Attributes attributes, String label) {
        super(attributes);
        this.label = label;
    }

    String label() {
        return label;
    }

    @Override
    public long sizeBytes() {
        return 0;
    }
}
