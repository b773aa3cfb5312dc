package dev.gostub.emulator.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GuestTextTest {
    private static String text(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) array[i] = (byte) bytes[i];
        return GuestText.of(array);
    }

    @Test
    void everyByteComesBackAsItWas() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        assertEquals(256, GuestText.of(all).length());
        assertArrayEquals(all, GuestText.bytes(GuestText.of(all)));
        assertArrayEquals(Arrays.copyOfRange(all, 130, 134), GuestText.bytes(GuestText.of(all, 130, 4)));
    }

    @Test
    void charactersAreNotTakenForBytes() {
        assertThrows(IllegalStateException.class, () -> GuestText.bytes("a\u0100"));
        assertEquals(text('a', 0xc4, 0x80), GuestText.ofCharacters("a\u0100"));
    }

    @Test
    void textsAreInTheOrderOfTheirBytes() {
        assertEquals(true, text('a', 0x7f).compareTo(text('a', 0x80)) < 0);
        assertEquals(true, GuestText.ofCharacters("\uffff").compareTo(GuestText.ofCharacters("\ud83d\ude00")) < 0);
    }

    // ---- for people

    @Test
    void whatIsUtf8IsShownAsItsCharacters() {
        for (String characters : new String[] {"", "plain", "a b", "ä", "€ 5", "\ud83d\ude00!", "日本"}) {
            assertEquals(characters, GuestText.shown(GuestText.ofCharacters(characters)));
        }
    }

    @Test
    void bytesThatAreNoUtf8AreShownInOctal() {
        assertEquals("a\\201b", GuestText.shown(text('a', 0x81, 'b')));
        assertEquals("\\377\\376", GuestText.shown(text(0xff, 0xfe)));
        assertEquals("\\303", GuestText.shown(text(0xc3)), "cut at the end");
        assertEquals("\\303a", GuestText.shown(text(0xc3, 'a')), "cut in the middle");
        assertEquals("\\342\\202x", GuestText.shown(text(0xe2, 0x82, 'x')));
        assertEquals("\\300\\257", GuestText.shown(text(0xc0, 0xaf)), "longer than need be");
        assertEquals("\\355\\240\\200", GuestText.shown(text(0xed, 0xa0, 0x80)), "half a pair of UTF-16");
        assertEquals("\\364\\220\\200\\200", GuestText.shown(text(0xf4, 0x90, 0x80, 0x80)), "behind the last");
        assertEquals("\\201ä", GuestText.shown(text(0x81, 0xc3, 0xa4)), "what follows is shown as ever");
    }

    @Test
    void whatATerminalWouldObeyIsShownInOctal() {
        assertEquals("\\033[2J\\012\\011\\000\\177", GuestText.shown("\033[2J\n\t\0\177"));
        assertEquals("\\302\\233", GuestText.shown(text(0xc2, 0x9b)), "CSI in one character");
        assertEquals("\u00a0", GuestText.shown(text(0xc2, 0xa0)), "the first behind the controls");
    }

    @Test
    void wordsOfOurOwnInAMessageStayAsTheyAre() {
        assertEquals("„\\377“: no such file", GuestText.shown("„\u00ff“: no such file"));
    }
}
