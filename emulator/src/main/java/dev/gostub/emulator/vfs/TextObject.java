package dev.gostub.emulator.vfs;

import java.util.Arrays;

/** An opened generated file: the text as it was when its beginning was last read, as {@code fs/seq_file.c} keeps it. */
final class TextObject implements SeekableObject {
    private final GeneratedFile file;
    private byte[] text = new byte[0];

    TextObject(GeneratedFile file) {
        this.file = file;
    }

    @Override
    public Node node() {
        return file;
    }

    @Override
    public long readAt(long offset, byte[] into, int at, int length) {
        if (offset == 0) {
            try {
                text = file.generate();
            } catch (FileFailure failure) {
                return failure.errno().result();
            }
        }
        int count = (int) Math.clamp(text.length - offset, 0L, (long) length);
        if (count > 0) {
            System.arraycopy(text, (int) offset, into, at, count);
        }
        return count;
    }

    @Override
    public long writeAt(long offset, byte[] from, int at, int length) {
        try {
            file.write(Arrays.copyOfRange(from, at, at + length));
            return length;
        } catch (FileFailure failure) {
            return failure.errno().result();
        }
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public Mapped mapped() {
        return Mapped.NOTHING;
    }

    @Override
    public boolean pollable() {
        return true;
    }

    @Override
    public Saved capture() {
        byte[] now = text;
        return () -> text = now;
    }
}
