package dev.gostub.emulator.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers questions for addresses of names in the format of RFC 1035 by what this computer's own resolver knows, which may ask others than name servers. */
final class NameAnswers {
    private static final int HEADER_BYTES = 12;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int INTERNET = 1;
    /** A response; recursion is available. */
    private static final int RESPONSE = 0x8080;

    private static final int RECURSION_DESIRED = 0x0100;
    private static final int NO_SUCH_NAME = 3;
    private static final int NOT_IMPLEMENTED = 4;
    /** The name that stands at the end of the header. */
    private static final short NAME_OF_QUESTION = (short) 0xC00C;

    private static final int TIME_TO_LIVE_SECONDS = 30;

    private NameAnswers() {}

    /** A question: its name as text, its type, and where it ends in the message. */
    private record Question(String name, int type, int end) {}

    /** The identifier of a message, which its answer repeats. */
    static int identifier(byte[] message) {
        return message.length < 2 ? 0 : (message[0] & 0xff) << 8 | message[1] & 0xff;
    }

    /** The answer to a query; empty if it is none that we understand. Takes as long as the resolver does. */
    static Optional<byte[]> to(byte[] query) {
        Optional<Question> question = question(query);
        if (question.isEmpty()) {
            return Optional.empty();
        }
        int type = question.get().type();
        if (type != A && type != AAAA) {
            return Optional.of(response(query, question.get(), NOT_IMPLEMENTED, List.of()));
        }
        try {
            List<byte[]> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(question.get().name())) {
                byte[] bytes = address.getAddress();
                if (bytes.length == (type == A ? 4 : 16)) {
                    addresses.add(bytes);
                }
            }
            return Optional.of(response(query, question.get(), 0, addresses));
        } catch (UnknownHostException unknown) {
            return Optional.of(response(query, question.get(), NO_SUCH_NAME, List.of()));
        }
    }

    private static Optional<Question> question(byte[] query) {
        if (query.length < HEADER_BYTES || query[4] != 0 || query[5] != 1) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        while (at < query.length && query[at] > 0) {
            int length = query[at];
            if (at + 1 + length >= query.length) {
                return Optional.empty();
            }
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, length, StandardCharsets.ISO_8859_1));
            at += 1 + length;
        }
        if (at + 5 > query.length || query[at] != 0 || name.isEmpty()) {
            return Optional.empty();
        }
        int type = (query[at + 1] & 0xff) << 8 | query[at + 2] & 0xff;
        int kind = (query[at + 3] & 0xff) << 8 | query[at + 4] & 0xff;
        return kind == INTERNET ? Optional.of(new Question(name.toString(), type, at + 5)) : Optional.empty();
    }

    private static byte[] response(byte[] query, Question question, int code, List<byte[]> addresses) {
        int asked = (query[2] & 0xff) << 8 | query[3] & 0xff;
        int bytes = question.end();
        for (byte[] address : addresses) {
            bytes += 12 + address.length;
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(query, 0, 2).putShort((short) (RESPONSE | asked & RECURSION_DESIRED | code));
        out.putShort((short) 1).putShort((short) addresses.size()).putInt(0);
        out.put(query, HEADER_BYTES, question.end() - HEADER_BYTES);
        for (byte[] address : addresses) {
            out.putShort(NAME_OF_QUESTION).putShort((short) question.type()).putShort((short) INTERNET);
            out.putInt(TIME_TO_LIVE_SECONDS).putShort((short) address.length).put(address);
        }
        return out.array();
    }
}
