package dev.gostub.server.packet;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns replies into payload bytes. */
public final class ReplyWriter {
    private ReplyWriter() {}

    /**
     * The payload of a reply, or empty for {@link Reply.Nothing}.
     *
     * @param textErrors the client has said {@code error-message+}
     */
    public static Optional<byte[]> write(Reply reply, boolean textErrors) {
        return switch (reply) {
            case Reply.Ok() -> Optional.of(ascii("OK"));
            case Reply.Unsupported() -> Optional.of(new byte[0]);
            case Reply.Failure failure -> Optional.of(failure(failure, textErrors));
            case Reply.Text(String text) -> Optional.of(ascii(text));
            case Reply.Bytes(String prefix, byte[] data) -> Optional.of(join(ascii(prefix), Escapes.escape(data)));
            case Reply.Digits(byte[] data) -> Optional.of(Hex.digits(data));
            case Reply.Nothing() -> Optional.empty();
        };
    }

    private static byte[] failure(Reply.Failure failure, boolean textErrors) {
        if (textErrors) {
            return Escapes.escape(("E." + failure.message()).getBytes(StandardCharsets.ISO_8859_1));
        }
        return ascii("E" + Hex.ofByte(failure.errno().number()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] whole = new byte[head.length + tail.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }
}
