package dev.gostub.emulator.loader;

/**
 * A PT_LOAD program header.
 *
 * @param flags PF_R, PF_W, PF_X
 * @param offset of the content in the file
 * @param address as the file says, without the load bias
 * @param fileBytes length of the content
 * @param memoryBytes length in memory; what exceeds the content is zero
 */
record Segment(int flags, long offset, long address, long fileBytes, long memoryBytes) {
    private static final long PAGE_MASK = 4095;

    long start() {
        return address & ~PAGE_MASK;
    }

    long end() {
        return address + memoryBytes + PAGE_MASK & ~PAGE_MASK;
    }
}
