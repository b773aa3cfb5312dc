package dev.gostub.emulator.memory;

/**
 * A range of addresses whose accesses are to be noticed, of any length and alignment.
 *
 * @param start first address
 * @param lengthBytes at least 1
 * @param reads loads count
 * @param writes stores count
 */
public record Watch(long start, long lengthBytes, boolean reads, boolean writes) {
    boolean touches(long address, long count) {
        return Long.compareUnsigned(address, start + lengthBytes) < 0
                && Long.compareUnsigned(start, address + count) < 0;
    }
}
