package dev.gostub.server.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Everything that is answered with a stop reply, and what belongs to it. Signals are the client's numbers. */
public sealed interface ResumeCommand extends Command {
    /** {@code vCont?} — which actions are known. */
    record Actions() implements ResumeCommand {}

    /** {@code ?} — why does it stand still. */
    record HaltReason() implements ResumeCommand {}

    /** {@code vCont;ACTION[:THREAD];…} — for each thread the leftmost action that names it. */
    record Continue(List<Directive> directives) implements ResumeCommand {
        public Continue {
            directives = List.copyOf(directives);
        }
    }

    /** {@code c}, {@code s}, {@code C}, {@code S} — the old way; the thread is that of {@code Hc}. */
    record Classic(Action action, OptionalLong address) implements ResumeCommand {}

    /** {@code vCtrlC} — stop, please. Over a byte stream it only arrives here when nothing runs any more. */
    record InterruptRequest() implements ResumeCommand {}

    /** One part of {@code vCont}. */
    record Directive(Action action, ThreadSelector threads) {}

    /** What to do; a signal of 0 is none. */
    sealed interface Action {
        /** {@code c}, {@code C}. */
        record Run(int signal) implements Action {}

        /** {@code s}, {@code S}. */
        record Step(int signal) implements Action {}

        /** {@code r START,END}. */
        record StepRange(long start, long end) implements Action {}

        /** {@code t}. */
        record Stop() implements Action {}
    }

    static ResumeCommand vCont(PacketReader in) throws MalformedPacketException {
        List<Directive> directives = new ArrayList<>();
        in.expect(';');
        while (!in.atEnd()) {
            directives.add(directive(in.until(';')));
        }
        if (directives.isEmpty()) {
            throw new MalformedPacketException("vCont without an action");
        }
        return new Continue(directives);
    }

    private static Directive directive(String text) throws MalformedPacketException {
        int colon = text.indexOf(':');
        PacketReader in = new PacketReader(colon < 0 ? text : text.substring(0, colon));
        Action action = switch (in.character()) {
            case 'c' -> new Action.Run(0);
            case 's' -> new Action.Step(0);
            case 'C' -> new Action.Run(in.smallHex());
            case 'S' -> new Action.Step(in.smallHex());
            case 't' -> new Action.Stop();
            case 'r' -> range(in);
            default -> throw new MalformedPacketException("vCont action " + text);
        };
        in.end();
        ThreadSelector threads = colon < 0 ? ThreadSelector.all() : ThreadSelector.parse(text.substring(colon + 1));
        return new Directive(action, threads);
    }

    private static Action range(PacketReader in) throws MalformedPacketException {
        long start = in.hex();
        in.expect(',');
        return new Action.StepRange(start, in.hex());
    }

    static ResumeCommand run(PacketReader in) throws MalformedPacketException {
        return new Classic(new Action.Run(0), address(in));
    }

    static ResumeCommand step(PacketReader in) throws MalformedPacketException {
        return new Classic(new Action.Step(0), address(in));
    }

    static ResumeCommand runWithSignal(PacketReader in) throws MalformedPacketException {
        int signal = in.smallHex();
        in.skip(';');
        return new Classic(new Action.Run(signal), address(in));
    }

    static ResumeCommand stepWithSignal(PacketReader in) throws MalformedPacketException {
        int signal = in.smallHex();
        in.skip(';');
        return new Classic(new Action.Step(signal), address(in));
    }

    private static OptionalLong address(PacketReader in) throws MalformedPacketException {
        if (in.atEnd()) {
            return OptionalLong.empty();
        }
        long address = in.hex();
        in.end();
        return OptionalLong.of(address);
    }
}
