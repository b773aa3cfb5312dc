package dev.gostub.server.target;

/**
 * A range of guest addresses that are all alike.
 *
 * @param lengthBytes its length; 0 stands for 2 to the 64th less {@code start}, up to the end of all addresses
 * @param permissions such as {@code r-x}; empty if nothing is mapped
 * @param name the file, or a name such as {@code [stack]}, or empty
 */
public record MemoryRegion(long start, long lengthBytes, String permissions, String name) {
    /** A range in which nothing is mapped. */
    public static MemoryRegion gap(long start, long lengthBytes) {
        return new MemoryRegion(start, lengthBytes, "", "");
    }

    public boolean mapped() {
        return !permissions.isEmpty();
    }
}
