package dev.gostub.emulator.memory;

import org.jspecify.annotations.Nullable;

/** One 4 KiB page of one address space. The bytes may be shared with snapshots or with the zero page; the rest is this address space's own. */
final class Page {
    static final int SHIFT = 12;
    static final int SIZE = 1 << SHIFT;
    static final int MASK = SIZE - 1;
    /** What untouched anonymous memory reads as; never written. */
    static final byte[] ZERO = new byte[SIZE];

    byte[] bytes;
    /** {@link Protection} bits. */
    int protection;
    /** The bytes belong to somebody else as well: copy before the first write. */
    boolean copyOnWrite;
    /** Where the bytes are a file's, which may be written without notice: for good, or until this page is written first ({@link #copyOnWrite}). */
    private @Nullable Frame frame;
    /** Operations were decoded from this page of this address space: a write must drop them. */
    boolean code;
    /** {@link #hash} is that of the bytes; a page that may be written without notice never has this set. */
    boolean hashed;

    private long hash;

    Page(byte[] bytes, int protection, boolean copyOnWrite) {
        this(bytes, protection, copyOnWrite, null);
    }

    private Page(byte[] bytes, int protection, boolean copyOnWrite, @Nullable Frame frame) {
        this.bytes = bytes;
        this.protection = protection;
        this.copyOnWrite = copyOnWrite;
        this.frame = frame;
    }

    /** A page that is a file's. */
    static Page shared(Frame frame, int protection) {
        return new Page(frame.bytes(), protection, false, frame);
    }

    /** A page that is a file's until it is written. */
    static Page borrowed(Frame frame, int protection) {
        return new Page(frame.bytes(), protection, true, frame);
    }

    @Nullable
    Frame frame() {
        return frame;
    }

    boolean isShared() {
        return frame != null;
    }

    /** The same content for another place; a copy only as soon as one of the two is written, unless it is a file's. */
    Page again() {
        return new Page(bytes, protection, copyOnWrite, frame);
    }

    /** A write has to be made known first, for somebody has decoded code from the bytes. */
    boolean holdsCode() {
        return code || frame != null && frame.hasCode();
    }

    /** Makes the bytes this page's own and ready to be written. */
    byte[] own() {
        if (copyOnWrite) {
            bytes = bytes == ZERO ? new byte[SIZE] : bytes.clone();
            copyOnWrite = false;
            frame = null;
        }
        hashed = false;
        return bytes;
    }

    /** A hash of the content alone, 0 for zeros: equal pages of two machines have equal hashes. */
    long hash() {
        if (!hashed) {
            hash = bytes == ZERO ? 0 : Hash.of(bytes);
            hashed = frame == null;
        }
        return hash;
    }
}
