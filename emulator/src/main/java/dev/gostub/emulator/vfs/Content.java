package dev.gostub.emulator.vfs;

import dev.gostub.emulator.memory.Frame;
import java.util.Optional;

/** The bytes of a regular file. Transfers give a count, 0 at the end, or a negative errno. */
sealed interface Content permits FileContent, LiveContent {
    long sizeBytes();

    long read(long offset, byte[] into, int at, int length);

    long write(long offset, byte[] from, int at, int length);

    /** Writes to the end, wherever that is. */
    default long append(byte[] from, int at, int length) {
        return write(sizeBytes(), from, at, length);
    }

    /** Cuts the file off or lengthens it with zeros: 0 or a negative errno. */
    long truncate(long size);

    /** The page at a position, to be mapped; empty if there is none to be had. */
    Optional<Frame> sharedPage(long offset);

    /** The same, but only if the page is in memory already. */
    Optional<Frame> cachedPage(long offset);

    /** Somebody opens the file. */
    default void open(boolean readable, boolean writable) throws FileFailure {}

    /** Nobody has it open any more: what is held of the host may be given back. */
    void closeHost();

    /** Brings it to the disk: 0 or a negative errno. */
    default long sync(boolean attributes) {
        return 0;
    }

    Saved capture();
}
