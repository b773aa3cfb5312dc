package dev.gostub.server.packet;

import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.WatchKind;

/**
 * Breakpoints and watchpoints. A breakpoint's third field (its instruction's length class) says nothing on amd64, and
 * what may follow it is not offered ({@code ConditionalBreakpoints}); both are not read.
 */
public sealed interface BreakpointCommand extends Command {
    /** {@code Z0}, {@code Z1}. */
    record Insert(BreakpointKind kind, long address) implements BreakpointCommand {}

    /** {@code z0}, {@code z1}. */
    record Remove(BreakpointKind kind, long address) implements BreakpointCommand {}

    /** {@code Z2}, {@code Z3}, {@code Z4}. */
    record Watch(WatchKind kind, long address, long lengthBytes) implements BreakpointCommand {}

    /** {@code z2}, {@code z3}, {@code z4}. */
    record Unwatch(WatchKind kind, long address, long lengthBytes) implements BreakpointCommand {}

    static BreakpointCommand insert(PacketReader in) throws MalformedPacketException {
        return parse(in, true);
    }

    static BreakpointCommand remove(PacketReader in) throws MalformedPacketException {
        return parse(in, false);
    }

    private static BreakpointCommand parse(PacketReader in, boolean insert) throws MalformedPacketException {
        char type = in.character();
        in.expect(',');
        long address = in.hex();
        in.expect(',');
        long length = in.hex();
        return switch (type) {
            case '0' -> breakpoint(BreakpointKind.SOFTWARE, address, insert);
            case '1' -> breakpoint(BreakpointKind.HARDWARE, address, insert);
            case '2' -> watchpoint(WatchKind.WRITE, address, length, insert);
            case '3' -> watchpoint(WatchKind.READ, address, length, insert);
            case '4' -> watchpoint(WatchKind.ACCESS, address, length, insert);
            default -> throw new MalformedPacketException("breakpoint type " + type);
        };
    }

    private static BreakpointCommand breakpoint(BreakpointKind kind, long address, boolean insert) {
        return insert ? new Insert(kind, address) : new Remove(kind, address);
    }

    private static BreakpointCommand watchpoint(WatchKind kind, long address, long length, boolean insert) {
        return insert ? new Watch(kind, address, length) : new Unwatch(kind, address, length);
    }
}
