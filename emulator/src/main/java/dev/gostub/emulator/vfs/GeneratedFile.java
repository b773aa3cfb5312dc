package dev.gostub.emulator.vfs;

import java.util.function.Supplier;

/** A file whose text is worked out when it is opened, as those of /proc are; its size is told as zero, as Linux does. */
final class GeneratedFile extends Node {
    private final Supplier<byte[]> text;

    GeneratedFile(Attributes attributes, Supplier<byte[]> text) {
        super(attributes);
        this.text = text;
    }

    byte[] generate() {
        return text.get();
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
