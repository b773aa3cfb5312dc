package dev.gostub.server.transport;

import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.PacketLog;

/**
 * How to serve.
 *
 * @param address where to listen
 * @param personality for which kind of client
 * @param log where packets are written down
 */
public record ServerOptions(ListenAddress address, Personality personality, PacketLog log) {
    /** For gdb, without a packet log. */
    public static ServerOptions gdb(ListenAddress address) {
        return new ServerOptions(address, Personality.gdb(), PacketLog.none());
    }
}
