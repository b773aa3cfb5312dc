package dev.gostub.emulator.vfs;

import dev.gostub.emulator.memory.Frame;
import java.util.Optional;

/** A file whose bytes have positions: {@link OpenFile} keeps the current one. */
public interface SeekableObject extends FileObject {
    /** Reads at a position: a count, 0 at the end, or a negative errno. */
    long readAt(long offset, byte[] into, int at, int length);

    /** Writes at a position: a count or a negative errno. */
    long writeAt(long offset, byte[] from, int at, int length);

    /** Writes to the end of the file. */
    default long append(byte[] from, int at, int length) {
        return writeAt(sizeBytes(), from, at, length);
    }

    /**
     * Brings what was written, through mappings as well, to the disk: 0 or a negative errno.
     *
     * @param attributes and not the content alone ({@code fdatasync(2)})
     */
    default long sync(boolean attributes) {
        return 0;
    }

    /** Is it the host's own file: then what mappings share is brought together with it at {@link #mapped}, {@link #reconcile}, {@link #sync} and {@link #unmapped}. */
    default boolean isOfHost() {
        return false;
    }

    /** One more mapping of it is made. */
    default void mapped() {}

    /** What mappings have stored goes to the host, what the host has written is seen through them. */
    default void reconcile() {}

    /** The last mapping of it is gone. */
    default void unmapped() {}

    /**
     * The page at a page-aligned position itself, to be mapped: reads, writes and all mappings see each other's stores in it. Empty
     * if there is none to share.
     */
    default Optional<Frame> sharedPage(long offset) {
        return Optional.empty();
    }

    /** The same, but only if the page is in memory already. */
    default Optional<Frame> cachedPage(long offset) {
        return Optional.empty();
    }

    /** What mapping a file gives. */
    enum Mapped {
        /** Its bytes. */
        CONTENT,
        /** Memory as without a file ({@code /dev/zero}). */
        ZEROS,
        /** ENODEV. */
        NOTHING
    }

    default Mapped mapping() {
        return Mapped.CONTENT;
    }

    /** Are its bytes kept in a file system, so that there is a limit to their number. */
    default boolean isStored() {
        return false;
    }

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
