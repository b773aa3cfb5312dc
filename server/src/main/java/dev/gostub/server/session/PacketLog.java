package dev.gostub.server.session;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A readable log of the packets, in the form gdb's {@code set debug remote 1} has made familiar. */
public final class PacketLog {
    private static final int LONGEST = 512;

    private final Optional<Consumer<String>> lines;

    private PacketLog(Optional<Consumer<String>> lines) {
        this.lines = lines;
    }

    /**
     * Makes a log.
     *
     * @param lines takes each line, without its end; called by several threads
     */
    public static PacketLog to(Consumer<String> lines) {
        return new PacketLog(Optional.of(lines));
    }

    /** A log that keeps nothing. */
    public static PacketLog none() {
        return new PacketLog(Optional.empty());
    }

    void received(byte[] payload) {
        lines.ifPresent(sink -> sink.accept("-> " + readable(payload)));
    }

    void sent(byte[] payload) {
        lines.ifPresent(sink -> sink.accept("<- " + readable(payload)));
    }

    void event(String text) {
        lines.ifPresent(sink -> sink.accept("-- " + text));
    }

    /** Printable ASCII as it is, everything else as {@code \ooo}; the rest of a long packet as its length. */
    private static String readable(byte[] payload) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(payload.length, LONGEST);
        for (int i = 0; i < shown; i++) {
            int value = payload[i] & 0xff;
            if (value >= ' ' && value < 127) {
                text.append((char) value);
            } else {
                text.append(String.format(Locale.ROOT, "\\%03o", value));
            }
        }
        if (shown < payload.length) {
            text.append(" … (").append(payload.length).append(" bytes)");
        }
        return text.toString();
    }
}
