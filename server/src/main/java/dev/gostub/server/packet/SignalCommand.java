package dev.gostub.server.packet;

import java.util.ArrayList;
import java.util.List;

/** What happens to signals; the client's numbers. */
public sealed interface SignalCommand extends Command {
    /** {@code QPassSignals:NN;…} — these go to the program without a stop. */
    record Pass(List<Integer> signals) implements SignalCommand {
        public Pass {
            signals = List.copyOf(signals);
        }
    }

    /** {@code QProgramSignals:NN;…} — these may go to the program at all. */
    record Program(List<Integer> signals) implements SignalCommand {
        public Program {
            signals = List.copyOf(signals);
        }
    }

    static SignalCommand pass(PacketReader in) throws MalformedPacketException {
        return new Pass(numbers(in));
    }

    static SignalCommand program(PacketReader in) throws MalformedPacketException {
        return new Program(numbers(in));
    }

    private static List<Integer> numbers(PacketReader in) throws MalformedPacketException {
        List<Integer> numbers = new ArrayList<>();
        in.skip(':');
        while (!in.atEnd()) {
            numbers.add(in.smallHex());
            if (!in.skip(';')) {
                in.end();
            }
        }
        return numbers;
    }
}
