package dev.gostub.emulator.memory;

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
    /** The bytes are a file's, which may be written without notice; see {@link Backing#sharedPage}. */
    private final boolean shared;
    /** Operations were decoded from this page: a write must drop them. */
    boolean code;
    /** {@link #hash} is that of the bytes; a page that may be written without notice never has this set. */
    boolean hashed;

    private long hash;

    Page(byte[] bytes, int protection, boolean copyOnWrite) {
        this(bytes, protection, copyOnWrite, false);
    }

    private Page(byte[] bytes, int protection, boolean copyOnWrite, boolean shared) {
        this.bytes = bytes;
        this.protection = protection;
        this.copyOnWrite = copyOnWrite;
        this.shared = shared;
    }

    /** A page that is a file's. */
    static Page shared(byte[] bytes, int protection) {
        return new Page(bytes, protection, false, true);
    }

    boolean isShared() {
        return shared;
    }

    /** The same content for another place; a copy only as soon as one of the two is written, unless it is a file's. */
    Page again() {
        return new Page(bytes, protection, copyOnWrite, shared);
    }

    /** Makes the bytes this page's own and ready to be written. */
    byte[] own() {
        if (copyOnWrite) {
            bytes = bytes == ZERO ? new byte[SIZE] : bytes.clone();
            copyOnWrite = false;
        }
        hashed = false;
        return bytes;
    }

    /** A hash of the content alone, 0 for zeros: equal pages of two machines have equal hashes. */
    long hash() {
        if (!hashed) {
            hash = bytes == ZERO ? 0 : Hash.of(bytes);
            hashed = !shared;
        }
        return hash;
    }
}
