package dev.gostub.server.packet;

import java.util.Arrays;
import java.util.Objects;

/** {@code qXfer}: documents and blocks read piece by piece, and the one that can be written. */
public sealed interface TransferCommand extends Command {
    /** {@code qXfer:OBJECT:read:ANNEX:OFFSET,LENGTH}. */
    record Read(String object, String annex, long offset, int lengthBytes) implements TransferCommand {}

    /** {@code qXfer:OBJECT:write:ANNEX:OFFSET:BINARY}. */
    record Write(String object, String annex, long offset, byte[] bytes) implements TransferCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Write(String theirObject, String theirAnnex, long theirOffset, byte[] theirs)
                    && object.equals(theirObject)
                    && annex.equals(theirAnnex)
                    && offset == theirOffset
                    && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(object, annex, offset, Arrays.hashCode(bytes));
        }
    }

    /** An operation that we do not know; answered with an empty packet. */
    record Unknown(String object, String operation) implements TransferCommand {}

    static TransferCommand parse(PacketReader in) throws MalformedPacketException {
        in.expect(':');
        String object = in.until(':');
        String operation = in.until(':');
        return switch (operation) {
            case "read" -> {
                String annex = in.until(':');
                long offset = offset(in);
                in.expect(',');
                int length = in.smallHex();
                in.end();
                yield new Read(object, annex, offset, length);
            }
            case "write" -> {
                String annex = in.until(':');
                long offset = offset(in);
                in.expect(':');
                yield new Write(object, annex, offset, in.restUnescaped());
            }
            default -> new Unknown(object, operation);
        };
    }

    private static long offset(PacketReader in) throws MalformedPacketException {
        long offset = in.hex();
        if (offset < 0) {
            throw new MalformedPacketException("offset too large");
        }
        return offset;
    }
}
