package dev.gostub.server.packet;

import java.nio.charset.StandardCharsets;

/** Hexadecimal as the protocol writes it: lower case (dlv takes a reply that begins with {@code E} for an error). */
public final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hex() {}

    /** Two digits for each byte. */
    public static String of(byte[] bytes) {
        return new String(digits(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Two digits for each byte, in ASCII. */
    static byte[] digits(byte[] bytes) {
        byte[] text = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = DIGITS[bytes[i] >> 4 & 15];
            text[2 * i + 1] = DIGITS[bytes[i] & 15];
        }
        return text;
    }

    /** The bytes of a text in which each char is one, as all of the guest's text is here: names need not be UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Exactly two digits. */
    public static String ofByte(int value) {
        return new String(new byte[] {DIGITS[value >> 4 & 15], DIGITS[value & 15]}, StandardCharsets.ISO_8859_1);
    }

    /** Value of one digit, either case, or -1. */
    static int digit(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** The bytes of a string of digit pairs. */
    public static byte[] decode(String text) throws MalformedPacketException {
        if (text.length() % 2 != 0) {
            throw new MalformedPacketException("odd number of hex digits");
        }
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(text.charAt(2 * i));
            int low = digit(text.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                throw new MalformedPacketException("not hex: " + text.substring(2 * i, 2 * i + 2));
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /** A string written in digit pairs; each char of it is a byte. */
    static String decodeText(String text) throws MalformedPacketException {
        String decoded = new String(decode(text), StandardCharsets.ISO_8859_1);
        if (decoded.indexOf(0) >= 0) {
            throw new MalformedPacketException("a string with a zero in it");
        }
        return decoded;
    }
}
