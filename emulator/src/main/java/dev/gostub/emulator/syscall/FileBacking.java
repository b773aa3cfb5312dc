package dev.gostub.emulator.syscall;

import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.vfs.SeekableObject;

/** A mapped file: pages are read when they are touched first. Later changes of the file do not show in pages that were touched. */
record FileBacking(String name, SeekableObject file) implements Backing {
    @Override
    public byte[] page(long offsetBytes) {
        byte[] page = new byte[AddressSpace.PAGE_SIZE];
        file.readAt(offsetBytes, page, 0, page.length);
        return page;
    }

    @Override
    public long lengthBytes() {
        return file.sizeBytes();
    }
}
