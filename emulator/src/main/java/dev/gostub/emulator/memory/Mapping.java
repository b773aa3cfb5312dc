package dev.gostub.emulator.memory;

import java.util.Optional;

/**
 * A range of addresses with one protection and one backing: a line of /proc/PID/maps.
 *
 * @param start first address, page-aligned
 * @param end address after the last, page-aligned
 * @param protection {@link Protection} bits
 * @param shared MAP_SHARED rather than MAP_PRIVATE
 * @param backing where untouched pages come from
 * @param offsetBytes offset of {@code start} in the backing
 * @param marks {@link #LOCKED} and the like, as bits
 */
public record Mapping(
        long start, long end, int protection, boolean shared, Backing backing, long offsetBytes, int marks) {
    /** Stays in memory, {@code mlock(2)}: only counted. */
    public static final int LOCKED = 1;
    /** A child has not got it ({@code MADV_DONTFORK}). */
    public static final int DONT_FORK = 2;
    /** A child finds zeros in it ({@code MADV_WIPEONFORK}). */
    public static final int WIPE_ON_FORK = 4;

    /** Without marks. */
    public Mapping(long start, long end, int protection, boolean shared, Backing backing, long offsetBytes) {
        this(start, end, protection, shared, backing, offsetBytes, 0);
    }

    public boolean has(int mark) {
        return (marks & mark) != 0;
    }

    /** The part of this mapping between two page-aligned addresses inside it. */
    Mapping part(long from, long to) {
        return new Mapping(from, to, protection, shared, backing, offsetBytes + (from - start), marks);
    }

    Mapping withProtection(int protection) {
        return new Mapping(start, end, protection, shared, backing, offsetBytes, marks);
    }

    Mapping withMarks(int marks) {
        return new Mapping(start, end, protection, shared, backing, offsetBytes, marks);
    }

    /** This mapping and what continues it, up to another end. */
    Mapping upTo(long newEnd) {
        return new Mapping(start, newEnd, protection, shared, backing, offsetBytes, marks);
    }

    boolean continues(Mapping before) {
        return before.end == start
                && before.protection == protection
                && before.shared == shared
                && before.marks == marks
                && before.backing.equals(backing)
                && (backing.anonymous() || before.offsetBytes + (before.end - before.start) == offsetBytes);
    }

    public long lengthBytes() {
        return end - start;
    }

    /** False for a page that begins behind the end of the backing object: to touch it is a fault. */
    boolean reachesBacking(long address) {
        return backingOffset(address) < backing.lengthBytes();
    }

    /** What the page around an address holds when it is first touched. */
    byte[] firstContent(long address) {
        return backing.page(backingOffset(address));
    }

    /** The frame that is the backing object's own page around an address, if this mapping shares it. */
    Optional<Frame> sharedContent(long address) {
        return shared ? backing.sharedPage(backingOffset(address)) : Optional.empty();
    }

    /** The frame that a private mapping shows until it is written, if there is one. */
    Optional<Frame> cachedContent(long address) {
        return backing.cachedPage(backingOffset(address));
    }

    private long backingOffset(long address) {
        return offsetOf(address) & ~(long) Page.MASK;
    }

    /** Where in the backing object an address of this mapping lies. */
    public long offsetOf(long address) {
        return offsetBytes + (address - start);
    }
}
