package dev.gostub.server.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads the arguments of one packet from left to right. Knows no packet. */
final class PacketReader {
    private final byte[] payload;
    private int at;

    PacketReader(byte[] payload) {
        this.payload = payload;
    }

    PacketReader(String text) {
        this(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean atEnd() {
        return at == payload.length;
    }

    void end() throws MalformedPacketException {
        if (!atEnd()) {
            throw new MalformedPacketException("unexpected text at " + at);
        }
    }

    /** Skips {@code character} if it is next. */
    boolean skip(char character) {
        if (at < payload.length && payload[at] == character) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char character) throws MalformedPacketException {
        if (!skip(character)) {
            throw new MalformedPacketException("'" + character + "' expected at " + at);
        }
    }

    char character() throws MalformedPacketException {
        if (atEnd()) {
            throw new MalformedPacketException("packet too short");
        }
        return (char) (payload[at++] & 0xff);
    }

    /** One to sixteen hex digits. */
    long hex() throws MalformedPacketException {
        long value = 0;
        int digits = 0;
        while (at < payload.length && Hex.digit(payload[at]) >= 0) {
            value = value << 4 | Hex.digit(payload[at++]);
            digits++;
        }
        if (digits == 0 || digits > 16) {
            throw new MalformedPacketException("hex number expected at " + at);
        }
        return value;
    }

    /** A hex number that must fit a non-negative int: lengths, signals, register numbers, descriptors. */
    int smallHex() throws MalformedPacketException {
        long value = hex();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedPacketException("number too large: " + Long.toHexString(value));
        }
        return (int) value;
    }

    /** Text up to {@code delimiter}, which is skipped, or to the end. */
    String until(char delimiter) {
        int from = at;
        while (at < payload.length && payload[at] != delimiter) {
            at++;
        }
        String text = text(from, at);
        skip(delimiter);
        return text;
    }

    /** Text up to one of the characters that end a packet's name, which is not skipped, or to the end. */
    String name() {
        int from = at;
        while (at < payload.length && payload[at] != ':' && payload[at] != ';' && payload[at] != ',') {
            at++;
        }
        return text(from, at);
    }

    String rest() {
        String text = text(at, payload.length);
        at = payload.length;
        return text;
    }

    byte[] restUnescaped() throws MalformedPacketException {
        byte[] sent = Arrays.copyOfRange(payload, at, payload.length);
        at = payload.length;
        return Escapes.unescape(sent);
    }

    byte[] hexBytes() throws MalformedPacketException {
        return Hex.decode(rest());
    }

    /** lldb's suffix {@code ;thread:TID;}, if it is there, and the end. */
    Optional<ThreadSelector> threadSuffix() throws MalformedPacketException {
        if (atEnd()) {
            return Optional.empty();
        }
        String suffix = rest();
        if (!suffix.startsWith(";thread:")) {
            throw new MalformedPacketException("unexpected text: " + suffix);
        }
        String thread = suffix.substring(";thread:".length());
        return Optional.of(
                ThreadSelector.parse(thread.endsWith(";") ? thread.substring(0, thread.length() - 1) : thread));
    }

    private String text(int from, int to) {
        return new String(payload, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
