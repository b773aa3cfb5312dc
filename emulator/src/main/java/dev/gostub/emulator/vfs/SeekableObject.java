package dev.gostub.emulator.vfs;

/** A file whose bytes have positions: {@link OpenFile} keeps the current one. */
public interface SeekableObject extends FileObject {
    /** Reads at a position: a count, 0 at the end, or a negative errno. */
    long readAt(long offset, byte[] into, int at, int length);

    /** Writes at a position: a count or a negative errno. */
    long writeAt(long offset, byte[] from, int at, int length);

    /** Where {@code SEEK_END} starts from. */
    long sizeBytes();

    /** Does seeking have an effect; devices such as /dev/null stay at 0 wherever one seeks (null_lseek of Linux). */
    default boolean hasPositions() {
        return true;
    }

    @Override
    default boolean pollable() {
        return false;
    }
}
