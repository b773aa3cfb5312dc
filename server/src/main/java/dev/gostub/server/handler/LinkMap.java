package dev.gostub.server.handler;

import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shared libraries of a dynamically linked program, as its dynamic linker keeps them ({@code struct r_debug} and {@code struct link_map} of link.h), in the words of gdb's
 * "Library List Format for SVR4 Targets". Everything is read from the program's memory, which may say anything.
 *
 * <p>{@code lmid} names the namespace of a library by the address of its {@code struct r_debug}. gdb 13 demands it, and gdb 18 takes the dynamic linker for a new library if it is another
 * than gdb has found by itself, and forgets its breakpoint in there.
 */
final class LinkMap {
    /** {@code r_map} of {@code struct r_debug}, the first of the list. */
    private static final int R_MAP = 8;
    /** l_addr, l_name, l_ld, l_next, l_prev. */
    private static final int LINK_MAP_BYTES = 5 * Long.BYTES;

    /** Lists that are longer are taken for damaged. */
    private static final int MOST = 10_000;

    private final ProgramMemory memory;
    private final ProgramHeaders headers;

    LinkMap(Inferior inferior) {
        memory = new ProgramMemory(inferior);
        headers = ProgramHeaders.ofProgram(inferior);
    }

    /**
     * One object of the list.
     *
     * @param address of its {@code struct link_map}
     * @param base what is added to the addresses in its file
     * @param name empty for the program itself
     * @param dynamic address of its dynamic section
     */
    record Entry(long address, long base, String name, long dynamic) {}

    /**
     * The list as XML; empty for a static program, and before the dynamic linker has made it.
     *
     * @throws TargetException a name that XML cannot hold is among them: gdb then reads the list from memory itself, where the name is right
     */
    String toXml() throws TargetException {
        StringBuilder xml = new StringBuilder("<library-list-svr4 version=\"1.0\"");
        List<Entry> entries = entries();
        if (entries.isEmpty()) {
            return xml.append("/>").toString();
        }
        String namespace = hex(debug().orElse(0L));
        // The first is the program itself.
        xml.append(" main-lm=\"").append(hex(entries.getFirst().address())).append("\">");
        for (Entry entry : entries.subList(1, entries.size())) {
            if (!Xml.holds(entry.name())) {
                throw new TargetException(Errno.EINVAL, "the name of a library is not UTF-8: " + entry.name());
            }
            if (!entry.name().isEmpty()) {
                xml.append("<library name=\"").append(Xml.attribute(entry.name()));
                xml.append("\" lm=\"").append(hex(entry.address()));
                xml.append("\" l_addr=\"").append(hex(entry.base()));
                xml.append("\" l_ld=\"").append(hex(entry.dynamic()));
                xml.append("\" lmid=\"").append(namespace).append("\"/>");
            }
        }
        return xml.append("</library-list-svr4>").toString();
    }

    /** The program and its libraries, in the order in which they were loaded. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        long at = debug().flatMap(address -> memory.word(address + R_MAP)).orElse(0L);
        while (at != 0 && entries.size() < MOST) {
            Optional<ByteBuffer> block = memory.block(at, LINK_MAP_BYTES);
            if (block.isEmpty()) {
                break;
            }
            ByteBuffer map = block.get();
            String name = memory.text(map.getLong(Long.BYTES));
            entries.add(new Entry(at, map.getLong(0), name, map.getLong(2 * Long.BYTES)));
            at = map.getLong(3 * Long.BYTES);
        }
        return entries;
    }

    /** Address of the {@code struct r_debug} that the dynamic linker has noted for debuggers. */
    private Optional<Long> debug() {
        return headers.find(ProgramHeaders.PT_DYNAMIC)
                .flatMap(dynamic -> new DynamicSection(memory, 0, dynamic.address()).entry(DynamicSection.DT_DEBUG))
                .filter(address -> address != 0);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
