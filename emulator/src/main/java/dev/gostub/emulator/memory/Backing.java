package dev.gostub.emulator.memory;

import java.util.Optional;

/** Where the first content of a mapping's pages comes from. Implementations are immutable: a snapshot refers to them. */
public interface Backing {
    /** Zero pages. */
    Backing ANONYMOUS = named("");

    /**
     * The content of one page, 4,096 bytes that the caller may share but never writes; {@code null}-free.
     *
     * @param offsetBytes page-aligned offset in the backing object
     * @throws GuestFault {@link GuestFault.Kind#BEYOND_FILE} is thrown by the address space where {@link #lengthBytes()} does not reach the page
     */
    byte[] page(long offsetBytes);

    /**
     * The page of the object itself, for mappings that share it: what is stored there is stored in the object, and the other way round. The same frame for as
     * long as the object is not cut short or brought back to an earlier state. Empty if stores stay with the mapping.
     */
    default Optional<Frame> sharedPage(long offsetBytes) {
        return Optional.empty();
    }

    /** The same page for private mappings, which show what becomes of the object until they are written; only where it is in memory already. */
    default Optional<Frame> cachedPage(long offsetBytes) {
        return Optional.empty();
    }

    /** A number below 0 that tells the object from others, for words in it on which tasks of several processes wait; 0 if stores stay with the mapping. */
    default long identity() {
        return 0;
    }

    /** Length of the backing object; pages that begin behind it fault. */
    long lengthBytes();

    /** Path for /proc/PID/maps, or a pseudo name like {@code [heap]}; empty for none. */
    String name();

    /** True for zero pages without an object behind them. */
    default boolean anonymous() {
        return false;
    }

    /** Anonymous memory with a pseudo name as /proc/PID/maps shows it: {@code [stack]}. */
    static Backing named(String name) {
        return new Anonymous(name);
    }

    /** Zero pages. */
    record Anonymous(String name) implements Backing {
        @Override
        public byte[] page(long offsetBytes) {
            return Page.ZERO;
        }

        @Override
        public long lengthBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean anonymous() {
            return true;
        }
    }

    /** The bytes of a file that was read whole; the array is not copied and must not change. */
    record Bytes(String name, byte[] content) implements Backing {
        @Override
        public byte[] page(long offsetBytes) {
            byte[] page = new byte[Page.SIZE];
            int length = Math.clamp(content.length - offsetBytes, 0, Page.SIZE);
            if (length > 0) System.arraycopy(content, (int) offsetBytes, page, 0, length);
            return page;
        }

        @Override
        public long lengthBytes() {
            return content.length;
        }

        // By hand: the comparison that the compiler generates is linked at its first use, milliseconds in every start.
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && content == bytes.content && name.equals(bytes.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
