package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;

/** A file whose text is worked out when it is read, as those of /proc are; its size is told as zero, as Linux does. */
final class GeneratedFile extends Node {
    /** What is in the file at this moment. */
    @FunctionalInterface
    interface Content {
        byte[] bytes() throws FileFailure;

        /** Somebody opens the file, which may fail. */
        default void opened() throws FileFailure {}

        /** What is behind the descriptor. */
        default FileObject open(Node node) throws FileFailure {
            opened();
            return new TextObject(node, this);
        }

        /** Takes all of one {@code write(2)}; what has no such operation says EINVAL (fs/read_write.c). */
        default void write(byte[] bytes) throws FileFailure {
            throw new FileFailure(Errno.EINVAL);
        }
    }

    private final Content content;

    GeneratedFile(Attributes attributes, Content content) {
        super(attributes);
        this.content = content;
    }

    FileObject open() throws FileFailure {
        return content.open(this);
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
