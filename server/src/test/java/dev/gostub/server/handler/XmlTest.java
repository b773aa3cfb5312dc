package dev.gostub.server.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** Names in which each char is a byte, as attributes; what is written is what a parser reads. */
class XmlTest {
    private static String bytes(String characters) {
        return new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The characters that a parser finds in the attribute. */
    private static String read(String attribute) throws Exception {
        byte[] document = ("<a b=\"" + attribute + "\"/>").getBytes(StandardCharsets.ISO_8859_1);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(document))
                .getDocumentElement()
                .getAttribute("b");
    }

    @Test
    void whatXmlCanHoldIsReadAsItWas() throws Exception {
        for (String characters : new String[] {
            "",
            "plain",
            "a<b>&c\"d'e",
            "tab\tand\nlines\r\n",
            "ä€",
            "\ud83d\ude00",
            "\u0085\u009f",
            "\ufffd",
            "\ud800\udc00"
        }) {
            String text = bytes(characters);
            assertEquals(characters, read(Xml.attribute(text)));
            assertTrue(Xml.holds(text), characters);
        }
    }

    @Test
    void whatXmlCannotHoldIsOctal() throws Exception {
        assertOctal("a\\001b", "a\001b");
        assertOctal("\\000\\033", "\0\033");
        assertOctal("\\357\\277\\276", bytes("\ufffe"));
        assertOctal("\\357\\277\\277", bytes("\uffff"));
    }

    @Test
    void bytesThatAreNoUtf8AreOctal() throws Exception {
        assertOctal("a\\201", "a\u0081");
        assertOctal("\\377\\376", "\u00ff\u00fe");
        assertOctal("\\303", "\u00c3");
        assertOctal("\\303<", "\u00c3<");
        assertOctal("\\355\\240\\200", "\u00ed\u00a0\u0080");
        assertOctal("\\300\\200", "\u00c0\u0080");
        assertOctal("\\201ä", "\u0081" + bytes("ä"));
    }

    private static void assertOctal(String expected, String text) throws Exception {
        assertEquals(expected, read(Xml.attribute(text)));
        assertFalse(Xml.holds(text), expected);
    }
}
