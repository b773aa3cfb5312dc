package dev.gostub.emulator.memory;

import java.util.List;

/**
 * An address space at one moment; immutable, and cheap because the page contents are shared copy-on-write.
 *
 * @param mappings by ascending address
 * @param numbers page numbers of the pages that were touched, ascending
 * @param pages their contents
 * @param protections their {@link Protection} bits
 */
public record AddressSpaceSnapshot(List<Mapping> mappings, long[] numbers, byte[][] pages, byte[] protections) {
    /** Stands for the content of a page that is a file's: the file's own snapshot has it. */
    static final byte[] SHARED = new byte[0];
}
