package dev.gostub.server.handler;

import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The shared libraries of a dynamically linked program, as its dynamic linker keeps them ({@code struct r_debug} and {@code struct link_map} of link.h), in the words of gdb's
 * "Library List Format for SVR4 Targets". Everything is read from the program's memory, which may say anything.
 *
 * <p>{@code lmid} names the namespace of a library by the address of its {@code struct r_debug}. gdb 13 demands it, and gdb 18 takes the dynamic linker for a new library if it is another
 * than gdb has found by itself, and forgets its breakpoint in there.
 */
final class LinkMap {
    private static final int AT_PHDR = 3;
    private static final int AT_PHNUM = 5;
    private static final int PHDR_BYTES = 56;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_PHDR = 6;
    private static final int DT_NULL = 0;
    private static final int DT_DEBUG = 21;
    /** {@code r_map} of {@code struct r_debug}, the first of the list. */
    private static final int R_MAP = 8;
    /** l_addr, l_name, l_ld, l_next, l_prev. */
    private static final int LINK_MAP_BYTES = 5 * Long.BYTES;

    private static final int LONGEST_NAME = 4096;
    /** Lists that are longer are taken for damaged. */
    private static final int MOST = 10_000;

    private final Inferior inferior;

    LinkMap(Inferior inferior) {
        this.inferior = inferior;
    }

    /**
     * The list as XML; empty for a static program, and before the dynamic linker has made it.
     *
     * @throws TargetException a name that XML cannot hold is among them: gdb then reads the list from memory itself, where the name is right
     */
    String toXml() throws TargetException {
        StringBuilder xml = new StringBuilder("<library-list-svr4 version=\"1.0\"");
        Optional<Long> debug = dynamicSection().flatMap(this::debug);
        long at = debug.flatMap(address -> word(address + R_MAP)).orElse(0L);
        // The first is the program itself.
        Optional<ByteBuffer> main = at == 0 ? Optional.empty() : memory(at, LINK_MAP_BYTES);
        if (main.isEmpty()) {
            return xml.append("/>").toString();
        }
        xml.append(" main-lm=\"").append(hex(at)).append("\">");
        at = main.get().getLong(3 * Long.BYTES);
        for (int count = 0; at != 0 && count < MOST; count++) {
            Optional<ByteBuffer> entry = memory(at, LINK_MAP_BYTES);
            if (entry.isEmpty()) {
                break;
            }
            ByteBuffer map = entry.get();
            String name = text(map.getLong(Long.BYTES));
            if (!Xml.holds(name)) {
                throw new TargetException(Errno.EINVAL, "the name of a library is not UTF-8: " + name);
            }
            if (!name.isEmpty()) {
                xml.append("<library name=\"").append(Xml.attribute(name));
                xml.append("\" lm=\"").append(hex(at));
                xml.append("\" l_addr=\"").append(hex(map.getLong(0)));
                xml.append("\" l_ld=\"")
                        .append(hex(map.getLong(2 * Long.BYTES)))
                        .append("\" lmid=\"")
                        .append(hex(debug.orElse(0L)))
                        .append("\"/>");
            }
            at = map.getLong(3 * Long.BYTES);
        }
        return xml.append("</library-list-svr4>").toString();
    }

    /** Address of the program's dynamic section; empty without one. */
    private Optional<Long> dynamicSection() {
        ByteBuffer vector = ByteBuffer.wrap(inferior.auxiliaryVector()).order(ByteOrder.LITTLE_ENDIAN);
        long headers = 0;
        long count = 0;
        while (vector.remaining() >= 2 * Long.BYTES) {
            long type = vector.getLong();
            long value = vector.getLong();
            headers = type == AT_PHDR ? value : headers;
            count = type == AT_PHNUM ? value : count;
        }
        long bias = 0;
        for (int i = 0; i < Math.clamp(count, 0, 0xffff); i++) {
            Optional<ByteBuffer> header = memory(headers + (long) i * PHDR_BYTES, PHDR_BYTES);
            if (header.isEmpty()) {
                break;
            }
            int type = header.get().getInt(0);
            long address = header.get().getLong(16);
            if (type == PT_PHDR) {
                bias = headers - address;
            } else if (type == PT_DYNAMIC) {
                return Optional.of(bias + address);
            }
        }
        return Optional.empty();
    }

    /** Address of the {@code struct r_debug} that the dynamic linker has noted for debuggers. */
    private Optional<Long> debug(long dynamic) {
        for (int i = 0; i < MOST; i++) {
            Optional<ByteBuffer> entry = memory(dynamic + 16L * i, 16);
            if (entry.isEmpty() || entry.get().getLong(0) == DT_NULL) {
                break;
            }
            if (entry.get().getLong(0) == DT_DEBUG) {
                long address = entry.get().getLong(8);
                return address == 0 ? Optional.empty() : Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private Optional<Long> word(long address) {
        return memory(address, Long.BYTES).map(ByteBuffer::getLong);
    }

    private String text(long address) {
        byte[] bytes = inferior.readMemory(address, LONGEST_NAME);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private Optional<ByteBuffer> memory(long address, int lengthBytes) {
        byte[] bytes = inferior.readMemory(address, lengthBytes);
        return bytes.length < lengthBytes
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
