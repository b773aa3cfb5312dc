package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.SocketOption;
import java.util.EnumMap;

/** What was set of the options of one socket; the rest is as usual. */
public final class SocketOptions {
    private EnumMap<SocketOption, Long> values = new EnumMap<>(SocketOption.class);

    SocketOptions() {}

    /** The value as {@link SocketOption.Kind} says it is held. */
    public long get(SocketOption option) {
        return values.getOrDefault(option, option.usual());
    }

    public boolean isSet(SocketOption option) {
        return get(option) != 0;
    }

    public void set(SocketOption option, long value) {
        values.put(option, value);
    }

    /** Takes one option over from a listening socket. */
    void inherit(SocketOption option, SocketOptions listener) {
        set(option, listener.get(option));
    }

    /** Takes all over from a listening socket. */
    void inherit(SocketOptions listener) {
        values.putAll(listener.values);
    }

    Saved capture() {
        EnumMap<SocketOption, Long> now = new EnumMap<>(values);
        return () -> values = new EnumMap<>(now);
    }
}
