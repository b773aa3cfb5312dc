package dev.gostub.server.packet;

import java.io.ByteArrayOutputStream;

/**
 * Binary data in packets: <code>}</code> announces a byte that is sent exclusive-or 0x20 (manual, E.1). The star is escaped
 * too, because in replies it would begin a run-length code.
 */
public final class Escapes {
    private static final int ESCAPE = '}';

    private Escapes() {}

    private static boolean isSpecial(byte value) {
        return value == '#' || value == '$' || value == '}' || value == '*';
    }

    /** Data as it is sent. */
    public static byte[] escape(byte[] data) {
        int special = 0;
        for (byte value : data) {
            special += isSpecial(value) ? 1 : 0;
        }
        if (special == 0) {
            return data;
        }
        byte[] sent = new byte[data.length + special];
        int at = 0;
        for (byte value : data) {
            if (isSpecial(value)) {
                sent[at++] = ESCAPE;
                sent[at++] = (byte) (value ^ 0x20);
            } else {
                sent[at++] = value;
            }
        }
        return sent;
    }

    /** How many bytes from the start of {@code data} can be sent in {@code limitBytes}. */
    public static int fitting(byte[] data, int limitBytes) {
        int sent = 0;
        for (int i = 0; i < data.length; i++) {
            sent += isSpecial(data[i]) ? 2 : 1;
            if (sent > limitBytes) {
                return i;
            }
        }
        return data.length;
    }

    /** Data as it was before it was sent. */
    public static byte[] unescape(byte[] sent) throws MalformedPacketException {
        ByteArrayOutputStream data = new ByteArrayOutputStream(sent.length);
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] != ESCAPE) {
                data.write(sent[i]);
            } else if (++i < sent.length) {
                data.write(sent[i] ^ 0x20);
            } else {
                throw new MalformedPacketException("escape at the end of the data");
            }
        }
        return data.toByteArray();
    }
}
