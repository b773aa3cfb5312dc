package dev.gostub.emulator.kernel;

import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Frame;
import dev.gostub.emulator.vfs.Attributes;
import dev.gostub.emulator.vfs.SeekableObject;
import java.util.Optional;

/**
 * A mapped file: pages are read when they are touched first. Later changes of the file show in private pages that have not been written; not, however, where nobody had written that part of a file of the host before it was touched.
 *
 * @param writable the file was opened for writing, so that a mapping which shares it may be written
 */
public record FileBacking(String name, SeekableObject file, boolean writable) implements Backing {
    @Override
    public byte[] page(long offsetBytes) {
        byte[] page = new byte[AddressSpace.PAGE_SIZE];
        file.readAt(offsetBytes, page, 0, page.length);
        return page;
    }

    @Override
    public Optional<Frame> sharedPage(long offsetBytes) {
        return file.sharedPage(offsetBytes);
    }

    @Override
    public Optional<Frame> cachedPage(long offsetBytes) {
        return file.cachedPage(offsetBytes);
    }

    /** Two files with the same number would only wake each other's waiters needlessly, which those must bear anyway. */
    @Override
    public long identity() {
        Attributes node = file.node().attributes();
        return Long.MIN_VALUE | node.device() << 40 ^ node.inode();
    }

    @Override
    public long lengthBytes() {
        return file.sizeBytes();
    }
}
