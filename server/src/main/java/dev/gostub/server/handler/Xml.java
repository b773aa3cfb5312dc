package dev.gostub.server.handler;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text in the XML documents of {@code qXfer}: names of the guest, in which each char is a byte. The documents are UTF-8, as XML is that does not say otherwise, and one byte that is
 * none makes a parser throw away the whole document.
 */
final class Xml {
    private Xml() {}

    /** Text as an attribute; what is no UTF-8, and control characters, which XML cannot hold, stand as {@code \\ooo}. */
    static String attribute(String text) {
        StringBuilder xml = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int length = characterBytes(text, at);
            if (length == 0) {
                xml.append(String.format(Locale.ROOT, "\\%03o", (int) text.charAt(at)));
            } else {
                append(xml, text.substring(at, at + length));
            }
            at += Math.max(length, 1);
        }
        return xml.toString();
    }

    /** Can the text be had again from the attribute. */
    static boolean holds(String text) {
        int at = 0;
        while (at < text.length()) {
            int length = characterBytes(text, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static void append(StringBuilder xml, String character) {
        switch (character.charAt(0)) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '"' -> xml.append("&quot;");
            // As they are, an attribute would show them as blanks.
            case '\t' -> xml.append("&#9;");
            case '\n' -> xml.append("&#10;");
            case '\r' -> xml.append("&#13;");
            default -> xml.append(character);
        }
    }

    /** Length of the character that begins at an index; 0 if it is none, or none that XML may hold (XML 1.0, 2.2). */
    private static int characterBytes(String text, int at) {
        int first = text.charAt(at);
        if (first < 0x80) {
            return first >= ' ' || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (at + length > text.length()) {
            return 0;
        }
        byte[] bytes = text.substring(at, at + length).getBytes(StandardCharsets.ISO_8859_1);
        try {
            char character = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .charAt(0);
            return character >= 0xFFFE ? 0 : length;
        } catch (CharacterCodingException _) {
            return 0;
        }
    }
}
