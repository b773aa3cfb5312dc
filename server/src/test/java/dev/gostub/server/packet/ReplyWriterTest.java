package dev.gostub.server.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.target.Errno;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {
    private static String write(Reply reply, boolean textErrors) {
        return new String(ReplyWriter.write(reply, textErrors).orElseThrow(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void errorIsANumberForOldClientsAndTextForNewOnes() {
        Reply error = Reply.failure(Errno.EFAULT, "cannot read memory at 0x8");
        assertEquals("E0e", write(error, false));
        assertEquals("E.cannot read memory at 0x8", write(error, true));
    }

    @Test
    void textOfAnErrorCannotEndThePacket() {
        assertEquals("E.no file a}\003b}\004", write(Reply.failure(Errno.ENOENT, "no file a#b$"), true));
    }

    @Test
    void unknownIsTheEmptyPacket() {
        assertEquals("", write(Reply.unsupported(), true));
    }

    @Test
    void nothingIsNoPacketAtAll() {
        assertTrue(ReplyWriter.write(Reply.nothing(), true).isEmpty());
    }

    @Test
    void dataIsEscapedAndItsHeadIsNot() {
        byte[] data = {'#', '$', '}', '*', 'a', 3};
        assertEquals("F6;}\003}\004}]}\na\003", write(new Reply.Bytes("F6;", data), false));
    }

    @Test
    void escapedDataComesBackUnchanged() throws MalformedPacketException {
        for (long seed = 0; seed < 200; seed++) {
            byte[] data = new byte[new SplittableRandom(seed).nextInt(300)];
            new SplittableRandom(seed).nextBytes(data);
            assertArrayEquals(data, Escapes.unescape(Escapes.escape(data)), "seed " + seed);
        }
    }

    @Test
    void fittingNeverSplitsAnEscape() {
        byte[] data = "ab#cd".getBytes(StandardCharsets.US_ASCII);
        assertEquals(2, Escapes.fitting(data, 3));
        assertEquals(3, Escapes.fitting(data, 4));
        assertEquals(5, Escapes.fitting(data, 6));
        assertEquals(0, Escapes.fitting(data, 0));
    }

    @Test
    void hexIsLowerCase() {
        assertEquals("00ff7fae", Hex.of(new byte[] {0, (byte) 0xff, 0x7f, (byte) 0xae}));
        assertEquals("0e", Hex.ofByte(14));
    }

    @Test
    void hexIsReadInEitherCase() throws MalformedPacketException {
        assertArrayEquals(new byte[] {(byte) 0xab, (byte) 0xcd}, Hex.decode("aBCd"));
    }
}
