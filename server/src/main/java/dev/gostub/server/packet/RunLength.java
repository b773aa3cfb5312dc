package dev.gostub.server.packet;

import java.util.Arrays;

/**
 * Run-length coding of replies (gdb manual, E.1 "Overview"): a byte, a star and a character that says how often the byte is repeated,
 * 29 less than its code. Memory is full of zeros, and a debugger takes longer to read a digit than we take to send it.
 */
public final class RunLength {
    private static final int BIAS = 29;
    /** Fewer repetitions are not worth a code: the count would not be printable. */
    private static final int LEAST = 3;
    /** The largest printable character, a tilde. */
    private static final int MOST = '~' - BIAS;

    private RunLength() {}

    /** The payload as it is sent; never longer. Escapes are in place already: what is repeated is the byte on the wire. */
    public static byte[] encode(byte[] payload) {
        int at = firstRun(payload);
        if (at == payload.length) {
            return payload;
        }
        byte[] sent = Arrays.copyOf(payload, payload.length);
        int end = at;
        while (at < payload.length) {
            byte value = payload[at++];
            sent[end++] = value;
            int repeats = repeats(payload, at, value);
            if (repeats >= LEAST) {
                sent[end++] = '*';
                sent[end++] = (byte) (repeats + BIAS);
                at += repeats;
            }
        }
        return Arrays.copyOf(sent, end);
    }

    /** Where the first run begins, or the length. Most replies have none, and are then not copied. */
    private static int firstRun(byte[] payload) {
        int at = 0;
        while (at < payload.length && repeats(payload, at + 1, payload[at]) < LEAST) {
            at++;
        }
        return at;
    }

    /** How often {@code value} stands from {@code at} on, as far as one code can say it. */
    private static int repeats(byte[] payload, int at, byte value) {
        int limit = Math.min(payload.length, at + MOST);
        int end = at;
        while (end < limit && payload[end] == value) {
            end++;
        }
        int count = end - at;
        // These would look like the frame of a packet or like an acknowledgement.
        return switch (count + BIAS) {
            case '#', '$' -> '"' - BIAS;
            case '+', '-' -> count - 1;
            default -> count;
        };
    }
}
