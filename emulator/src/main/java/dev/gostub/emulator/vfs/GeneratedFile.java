package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;

/** A file whose text is worked out when it is read, as those of /proc are; its size is told as zero, as Linux does. */
final class GeneratedFile extends Node {
    /** What is read. */
    @FunctionalInterface
    interface Text {
        byte[] generate() throws FileFailure;
    }

    /** Takes what is written, all of one {@code write(2)} at once. */
    @FunctionalInterface
    interface Writer {
        /** Nothing that is written has an effect: file systems whose operations lack {@code write} (fs/read_write.c). */
        Writer NONE = _ -> {
            throw new FileFailure(Errno.EINVAL);
        };

        void write(byte[] bytes) throws FileFailure;
    }

    private final Text text;
    private final Writer writer;

    GeneratedFile(Attributes attributes, Text text, Writer writer) {
        super(attributes);
        this.text = text;
        this.writer = writer;
    }

    byte[] generate() throws FileFailure {
        return text.generate();
    }

    void write(byte[] bytes) throws FileFailure {
        writer.write(bytes);
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
