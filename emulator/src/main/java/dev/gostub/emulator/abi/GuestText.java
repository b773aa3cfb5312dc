package dev.gostub.emulator.abi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of the guest: paths, arguments, environment, names of tasks, texts of links. To Linux all of it is bytes, in whatever encoding or in none, so the machine holds each as
 * a String in which every char is one byte (0 to 255): nothing is lost on the way in and out, lengths are lengths in bytes, and the order of strings is that of {@code memcmp}.
 * Here is where bytes become such strings and become bytes again, and where people are shown them.
 */
public final class GuestText {
    private GuestText() {}

    public static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    public static String of(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    /** What the guest sees of a text. */
    public static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                throw new IllegalStateException("not bytes but characters: " + text);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes of {@code characters} in UTF-8, as Go, terminals and most files have it. */
    public static String ofCharacters(String characters) {
        return of(characters.getBytes(StandardCharsets.UTF_8));
    }

    /** For people: the characters that the bytes are in UTF-8; what is none, and what a terminal would obey, as {@code \ooo} as ls and strace have it. */
    public static String shown(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int length = characterBytes(text, at);
            if (length == 0) {
                shown.append(String.format("\\%03o", (int) text.charAt(at)));
                at++;
            } else {
                String character = text.substring(at, at + length);
                shown.append(length == 1 ? character : new String(bytes(character), StandardCharsets.UTF_8));
                at += length;
            }
        }
        return shown.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /** Length of the character that begins at an index; 0 if it is none that can be shown. */
    private static int characterBytes(String text, int at) {
        int first = text.charAt(at);
        if (first < 0x80 || first > 0xFF) { // no byte: a character in words of our own
            return first >= ' ' && first != 0x7F ? 1 : 0;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (at + length > text.length()) {
            return 0;
        }
        try {
            byte[] bytes = text.substring(at, at + length).getBytes(StandardCharsets.ISO_8859_1);
            CharSequence character = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Character.isISOControl(character.charAt(0)) ? 0 : length;
        } catch (CharacterCodingException _) {
            return 0;
        }
    }
}
