package dev.gostub.emulator.vfs;

import java.util.Arrays;

/**
 * An opened generated file. The text is worked out by a read at its start, or anywhere but where the last read ended, and kept for the reads that go on from there
 * (seq_read_iter of fs/seq_file.c): who reads from the start again sees what is so now.
 */
final class TextObject implements GeneratedObject {
    private final Node node;
    private final GeneratedFile.Content content;
    private byte[] text = {};
    private long end;

    TextObject(Node node, GeneratedFile.Content content) {
        this.node = node;
        this.content = content;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long readAt(long offset, byte[] into, int at, int length) {
        try {
            if (offset == 0 || offset != end) {
                text = content.bytes();
            }
        } catch (FileFailure failure) {
            return failure.errno().result();
        }
        int count = (int) Math.clamp(text.length - offset, 0L, (long) length);
        if (count > 0) {
            System.arraycopy(text, (int) offset, into, at, count);
        }
        end = offset + count;
        return count;
    }

    @Override
    public long writeAt(long offset, byte[] from, int at, int length) {
        try {
            content.write(Arrays.copyOfRange(from, at, at + length));
            return length;
        } catch (FileFailure failure) {
            return failure.errno().result();
        }
    }

    @Override
    public boolean splicesOut() {
        return true;
    }

    @Override
    public Saved capture() {
        byte[] textNow = text; // never changed once it is there
        long endNow = end;
        return () -> {
            text = textNow;
            end = endNow;
        };
    }
}
