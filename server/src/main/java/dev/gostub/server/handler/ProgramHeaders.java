package dev.gostub.server.handler;

import dev.gostub.server.target.Inferior;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The segments of a program or a library that is in memory. */
final class ProgramHeaders {
    static final int PT_DYNAMIC = 2;
    static final int PT_TLS = 7;

    private static final int PT_PHDR = 6;
    private static final int AT_PHDR = 3;
    private static final int AT_PHNUM = 5;
    private static final int PHDR_BYTES = 56;

    private static final int E_PHOFF = 32;
    private static final int E_PHNUM = 56;

    private final ProgramMemory memory;
    private final long headers;
    private final int count;
    private final long base;

    private ProgramHeaders(ProgramMemory memory, long headers, long count, long base) {
        this.memory = memory;
        this.headers = headers;
        this.count = Math.clamp(count, 0, 0xffff);
        this.base = base;
    }

    /** The program's own, as the auxiliary vector tells where they are. */
    static ProgramHeaders ofProgram(Inferior inferior) {
        ByteBuffer vector = ByteBuffer.wrap(inferior.auxiliaryVector()).order(ByteOrder.LITTLE_ENDIAN);
        return new ProgramHeaders(
                new ProgramMemory(inferior), auxiliary(vector, AT_PHDR), auxiliary(vector, AT_PHNUM), 0);
    }

    /** Those of a library whose file begins at {@code base}. */
    static ProgramHeaders ofLibrary(ProgramMemory memory, long base) {
        long offset = memory.word(base + E_PHOFF).orElse(0L);
        long count = memory.integer(base + E_PHNUM).orElse(0) & 0xffff;
        return new ProgramHeaders(memory, base + offset, count, base);
    }

    /**
     * A segment.
     *
     * @param address where it is
     */
    record Segment(long address, long memoryBytes, long alignment) {}

    /** The first segment of a type. */
    Optional<Segment> find(int wanted) {
        long bias = base;
        for (int i = 0; i < count; i++) {
            Optional<ByteBuffer> block = memory.block(headers + (long) i * PHDR_BYTES, PHDR_BYTES);
            if (block.isEmpty()) {
                break;
            }
            ByteBuffer header = block.get();
            int type = header.getInt(0);
            long address = header.getLong(16);
            if (type == PT_PHDR) {
                bias = headers - address; // it comes before all that are loaded (gABI)
            } else if (type == wanted) {
                return Optional.of(new Segment(bias + address, header.getLong(40), header.getLong(48)));
            }
        }
        return Optional.empty();
    }

    private static long auxiliary(ByteBuffer vector, long type) {
        for (int at = 0; at + 2 * Long.BYTES <= vector.limit(); at += 2 * Long.BYTES) {
            if (vector.getLong(at) == type) {
                return vector.getLong(at + Long.BYTES);
            }
        }
        return 0;
    }
}
