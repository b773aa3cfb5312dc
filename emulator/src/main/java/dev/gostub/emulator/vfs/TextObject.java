package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;

/** An opened generated file: the text as it was when it was opened. */
final class TextObject implements SeekableObject {
    private final Node node;
    private final byte[] text;

    TextObject(Node node, byte[] text) {
        this.node = node;
        this.text = text;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long readAt(long offset, byte[] into, int at, int length) {
        int count = (int) Math.clamp(text.length - offset, 0L, (long) length);
        if (count > 0) {
            System.arraycopy(text, (int) offset, into, at, count);
        }
        return count;
    }

    @Override
    public long writeAt(long offset, byte[] from, int at, int length) {
        return Errno.EACCES.result();
    }

    @Override
    public boolean splicesOut() {
        return true;
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public boolean pollable() {
        return true;
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
