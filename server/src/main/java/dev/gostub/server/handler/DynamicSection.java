package dev.gostub.server.handler;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A loaded object's dynamic section, and the symbols that it exports (gABI; DT_GNU_HASH as binutils writes it, bfd/elflink.c). */
final class DynamicSection {
    static final long DT_DEBUG = 21;

    private static final long DT_NULL = 0;
    private static final long DT_STRTAB = 5;
    private static final long DT_SYMTAB = 6;
    private static final long DT_GNU_HASH = 0x6ffffef5L;
    private static final int SYMBOL_BYTES = 24;
    /** Sections and hash chains that are longer are taken for damaged. */
    private static final int MOST = 10_000;

    private final ProgramMemory memory;
    private final long base;
    private final long dynamic;

    /** @param base what is added to addresses that the dynamic linker has not relocated */
    DynamicSection(ProgramMemory memory, long base, long dynamic) {
        this.memory = memory;
        this.base = base;
        this.dynamic = dynamic;
    }

    Optional<Long> entry(long tag) {
        for (int i = 0; i < MOST; i++) {
            Optional<ByteBuffer> entry = memory.block(dynamic + 16L * i, 16);
            if (entry.isEmpty() || entry.get().getLong(0) == DT_NULL) {
                break;
            }
            if (entry.get().getLong(0) == tag) {
                return Optional.of(entry.get().getLong(8));
            }
        }
        return Optional.empty();
    }

    /** glibc relocates the section in place, musl does not. */
    private Optional<Long> table(long tag) {
        return entry(tag).map(value -> Long.compareUnsigned(value, base) < 0 ? base + value : value);
    }

    /** Address of an exported symbol. */
    Optional<Long> symbol(String name) {
        Optional<Long> hashes = table(DT_GNU_HASH);
        Optional<Long> symbols = table(DT_SYMTAB);
        Optional<Long> strings = table(DT_STRTAB);
        if (hashes.isEmpty() || symbols.isEmpty() || strings.isEmpty()) {
            return Optional.empty();
        }
        return memory.block(hashes.get(), 4 * Integer.BYTES).flatMap(header -> {
            int hash = hash(name);
            long buckets = hashes.get() + 4 * Integer.BYTES + 8L * header.getInt(8);
            long chains = buckets + 4L * header.getInt(0);
            int first = header.getInt(4);
            int bucket = header.getInt(0) == 0 ? 0 : Integer.remainderUnsigned(hash, header.getInt(0));
            int index = memory.integer(buckets + 4L * bucket).orElse(0);
            for (int i = 0; i < MOST && index >= first; i++, index++) {
                int found = memory.integer(chains + 4L * (index - first)).orElse(1);
                long symbol = symbols.get() + (long) index * SYMBOL_BYTES;
                if ((found | 1) == (hash | 1) && isNamed(symbol, strings.get(), name)) {
                    return memory.word(symbol + 8).map(value -> base + value);
                }
                if ((found & 1) != 0) {
                    break;
                }
            }
            return Optional.empty();
        });
    }

    private boolean isNamed(long symbol, long strings, String name) {
        return memory.integer(symbol)
                .filter(at -> memory.text(strings + Integer.toUnsignedLong(at)).equals(name))
                .isPresent();
    }

    private static int hash(String name) {
        int hash = 5381;
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 33 + name.charAt(i);
        }
        return hash;
    }
}
