package dev.gostub.server.packet;

import dev.gostub.server.target.SystemCallFilter;
import java.util.HashSet;
import java.util.Set;

/** Which events of the program are to stop it. */
public sealed interface CatchCommand extends Command {
    /** {@code QCatchSyscalls:1;NN;…} — these, without a number all; {@code QCatchSyscalls:0} none any more. */
    record SystemCalls(SystemCallFilter filter) implements CatchCommand {}

    static CatchCommand systemCalls(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        int on = in.smallHex();
        if (on > 1) throw new MalformedPacketException("QCatchSyscalls takes 0 or 1");
        Set<Long> numbers = new HashSet<>();
        while (!in.atEnd()) {
            in.expect(';');
            numbers.add(in.hex());
        }
        if (on == 0) return new SystemCalls(SystemCallFilter.none());
        return new SystemCalls(numbers.isEmpty() ? SystemCallFilter.every() : SystemCallFilter.only(numbers));
    }
}
