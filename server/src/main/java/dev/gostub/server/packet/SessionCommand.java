package dev.gostub.server.packet;

import java.util.List;

/** Agreements between client and server; none of them touches the debuggee. */
public sealed interface SessionCommand extends Command {
    /** {@code qSupported:FEATURE;…} — the client's features, such as {@code swbreak+}. */
    record Supported(List<String> features) implements SessionCommand {
        public Supported {
            features = List.copyOf(features);
        }
    }

    /** {@code QStartNoAckMode} — no {@code +} and {@code -} from now on. */
    record StartNoAckMode() implements SessionCommand {}

    /** {@code !} — the client may run programs and outlive them. */
    record ExtendedMode() implements SessionCommand {}

    /** {@code QNonStop:0} or {@code 1}. */
    record NonStop(boolean wanted) implements SessionCommand {}

    /** {@code QThreadSuffixSupported} — lldb names the thread in each packet. */
    record ThreadSuffix() implements SessionCommand {}

    /** {@code QListThreadsInStopReply} — lldb wants {@code threads:} in stop replies. */
    record ThreadsInStopReply() implements SessionCommand {}

    /** {@code qSymbol::} — the client offers to look up symbols; we want none. */
    record SymbolsOffered() implements SessionCommand {}

    /** {@code qHostInfo} — lldb: what machine is this. */
    record HostQuestion() implements SessionCommand {}

    static SessionCommand supported(PacketReader in) {
        in.skip(':');
        String features = in.rest();
        return new Supported(features.isEmpty() ? List.of() : List.of(features.split(";")));
    }

    static SessionCommand nonStop(PacketReader in) throws MalformedPacketException {
        return new NonStop(LaunchCommand.flag(in));
    }
}
