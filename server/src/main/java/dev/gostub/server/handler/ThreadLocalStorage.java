package dev.gostub.server.handler;

import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Where the thread-local variables of an object are in a thread: what gdbserver asks libthread_db for ({@code td_thr_tls_get_addr}), found in the program's memory. The layout is that of the amd64 psABI
 * (ELF Handling For Thread-Local Storage, variant II): FS points behind the block of the program, and the vector of blocks is in the second word there.
 */
final class ThreadLocalStorage {
    /** glibc exports the places of two members of {@code struct link_map} for libthread_db: size in bits, number, offset (nptl_db/db_info.c). */
    private static final String MODULE_ID = "_thread_db_link_map_l_tls_modid";

    private static final String STATIC_OFFSET = "_thread_db_link_map_l_tls_offset";
    private static final int DESCRIPTION_OFFSET = 2 * Integer.BYTES;
    /** glibc: pairs of a pointer and what to free, the generation first; the number of pairs in the one before (struct dtv_t). */
    private static final int GLIBC_ENTRY_BYTES = 16;

    private static final int MUSL_ENTRY_BYTES = 8;
    private static final long UNALLOCATED = -1;
    /** {@code NO_TLS_OFFSET} and {@code FORCED_DYNAMIC_TLS_OFFSET}: the block is not beside the thread's pointer. */
    private static final long NO_OFFSET = 0;

    private static final long FORCED_DYNAMIC = -1;

    private final Inferior inferior;
    private final ProgramMemory memory;

    ThreadLocalStorage(Inferior inferior) {
        this.inferior = inferior;
        this.memory = new ProgramMemory(inferior);
    }

    /**
     * Start of an object's block.
     *
     * @param linkMap the object's {@code struct link_map}; 0 for a static program
     */
    long block(ThreadId thread, long linkMap) throws TargetException {
        long pointer = pointer(thread);
        if (linkMap == 0) {
            return pointer - staticBytes();
        }
        List<LinkMap.Entry> objects = new LinkMap(inferior).entries();
        if (objects.stream().noneMatch(entry -> entry.address() == linkMap)) {
            throw new TargetException(Errno.EINVAL, "no object has its link map there");
        }
        boolean musl = objects.stream().anyMatch(entry -> entry.name().contains("/ld-musl-"));
        return musl ? muslBlock(pointer, linkMap, objects) : glibcBlock(pointer, linkMap, objects);
    }

    private long pointer(ThreadId thread) throws TargetException {
        byte[] base = inferior.register(thread, Amd64Registers.FS_BASE_OFFSET, Long.BYTES);
        long pointer = ByteBuffer.wrap(base).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (pointer == 0) {
            throw new TargetException(Errno.EINVAL, "the thread has no thread-local storage yet");
        }
        return pointer;
    }

    /** The program's own block ends at the pointer, rounded up to its alignment. */
    private long staticBytes() throws TargetException {
        ProgramHeaders.Segment segment = ProgramHeaders.ofProgram(inferior)
                .find(ProgramHeaders.PT_TLS)
                .orElseThrow(() -> new TargetException(Errno.EINVAL, "the program has no thread-local storage"));
        long alignment = Math.max(1, segment.alignment());
        return (segment.memoryBytes() + alignment - 1) / alignment * alignment;
    }

    private long glibcBlock(long pointer, long linkMap, List<LinkMap.Entry> objects) throws TargetException {
        long module = member(MODULE_ID, linkMap, objects)
                .orElseThrow(() -> new TargetException(
                        Errno.ENOSYS, "the program's C library does not tell where it keeps thread-local storage"));
        if (module == 0) {
            throw new TargetException(Errno.EINVAL, "the object has no thread-local storage");
        }
        long vector = memory.word(pointer + Long.BYTES).orElse(0L);
        long entries = memory.word(vector - GLIBC_ENTRY_BYTES).orElse(0L);
        Optional<Long> block = Long.compareUnsigned(module, entries) <= 0
                ? memory.word(vector + module * GLIBC_ENTRY_BYTES)
                : Optional.empty();
        if (block.isPresent() && block.get() != UNALLOCATED && block.get() != 0) {
            return block.get();
        }
        // Blocks beside the pointer are there from the start, but glibc enters them when they are first used.
        long offset = member(STATIC_OFFSET, linkMap, objects).orElse(NO_OFFSET);
        if (offset == NO_OFFSET || offset == FORCED_DYNAMIC) {
            throw unallocated();
        }
        return pointer - offset;
    }

    private static TargetException unallocated() {
        return new TargetException(
                Errno.EINVAL, "the thread has not allocated thread-local storage for this object yet");
    }

    /** A word of a {@code struct link_map}, whose place glibc 2.34 and later tell in libc.so.6, and those before it in libpthread.so.0. */
    private Optional<Long> member(String description, long linkMap, List<LinkMap.Entry> objects) {
        for (LinkMap.Entry entry : objects) {
            if (entry.name().contains("/libc.so") || entry.name().contains("/libpthread")) {
                Optional<Long> member = new DynamicSection(memory, entry.base(), entry.dynamic())
                        .symbol(description)
                        .flatMap(at -> memory.integer(at + DESCRIPTION_OFFSET))
                        .flatMap(offset -> memory.word(linkMap + offset));
                if (member.isPresent()) {
                    return member;
                }
            }
        }
        return Optional.empty();
    }

    /** musl numbers the objects that have a segment of type PT_TLS in the order of the list (ldso/dynlink.c, {@code tls_id}); all blocks are there. */
    private long muslBlock(long pointer, long linkMap, List<LinkMap.Entry> objects) throws TargetException {
        long module = 0;
        for (LinkMap.Entry entry : objects) {
            boolean has = entry.equals(objects.getFirst())
                    ? ProgramHeaders.ofProgram(inferior)
                            .find(ProgramHeaders.PT_TLS)
                            .isPresent()
                    : ProgramHeaders.ofLibrary(memory, entry.base())
                            .find(ProgramHeaders.PT_TLS)
                            .isPresent();
            module += has ? 1 : 0;
            if (entry.address() == linkMap) {
                if (!has) {
                    throw new TargetException(Errno.EINVAL, "the object has no thread-local storage");
                }
                break;
            }
        }
        long vector = memory.word(pointer + Long.BYTES).orElse(0L);
        return memory.word(vector + module * MUSL_ENTRY_BYTES).orElseThrow(ThreadLocalStorage::unallocated);
    }
}
