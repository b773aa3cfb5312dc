package dev.gostub.server.packet;

/** {@code qXfer}: documents and blocks read piece by piece. Writing is not offered and therefore unknown. */
public sealed interface TransferCommand extends Command {
    /** {@code qXfer:OBJECT:read:ANNEX:OFFSET,LENGTH}. */
    record Read(String object, String annex, long offset, int lengthBytes) implements TransferCommand {}

    /** An operation that we do not know; answered with an empty packet. */
    record Unknown(String object, String operation) implements TransferCommand {}

    static TransferCommand parse(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String object = in.until(':');
        String operation = in.until(':');
        if (!operation.equals("read")) {
            return new Unknown(object, operation);
        }
        String annex = in.until(':');
        long offset = in.hex();
        in.expect(',');
        int length = in.smallHex();
        in.end();
        if (offset < 0) {
            throw new MalformedPacketException("offset too large");
        }
        return new Read(object, annex, offset, length);
    }
}
