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
        byte[] sent = payload;
        int end = 0;
        int done = 0;
        // A run that is worth a code is longer than three bytes, so two of it stand at an even place and behind it.
        for (int at = 0; at + 1 < payload.length; at += 2) {
            if (payload[at] != payload[at + 1]) {
                continue;
            }
            int start = at > done && payload[at - 1] == payload[at] ? at - 1 : at;
            int repeats = repeats(payload, start + 1, payload[at]);
            if (repeats < LEAST) {
                continue;
            }
            sent = sent == payload ? new byte[payload.length] : sent;
            int plain = start + 1 - done;
            System.arraycopy(payload, done, sent, end, plain);
            end += plain;
            sent[end++] = '*';
            sent[end++] = (byte) (repeats + BIAS);
            done = start + 1 + repeats;
            at = (done + 1 & ~1) - 2;
        }
        if (sent == payload) {
            return payload;
        }
        System.arraycopy(payload, done, sent, end, payload.length - done);
        return Arrays.copyOf(sent, end + payload.length - done);
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
