package dev.gostub.server.packet;

/**
 * {@code qRcmd,HEX} — a line that the user typed after {@code monitor}.
 *
 * @param text the line
 */
public record MonitorLine(String text) implements Command {
    static MonitorLine parse(PacketReader in) throws MalformedPacketException {
        in.expect(',');
        return new MonitorLine(Hex.decodeText(in.rest()));
    }
}
