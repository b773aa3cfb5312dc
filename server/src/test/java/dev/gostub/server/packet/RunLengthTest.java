package dev.gostub.server.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunLengthTest {
    private static String encode(String payload) {
        return new String(RunLength.encode(bytes(payload)), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As the manual has it: a star, then a printable character 29 above the number of repetitions. */
    private static byte[] decode(byte[] sent) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int last = 0;
        boolean literal = false;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == '*') {
                assertTrue(literal, "a star repeats a byte that was sent as it is");
                literal = false;
                int code = sent[++i];
                assertTrue(code >= ' ' && code <= '~', "count is printable: " + code);
                assertEquals(-1, "#$+-".indexOf(code), "count is no frame: " + (char) code);
                for (int n = code - 29; n > 0; n--) payload.write(last);
            } else {
                literal = true;
                last = sent[i];
                payload.write(last);
            }
        }
        return payload.toByteArray();
    }

    @Test
    void fourEqualBytesAreTheManualsExample() {
        assertEquals("0* ", encode("0000"));
    }

    @Test
    void shortRunsStayAsTheyAre() {
        byte[] payload = bytes("00011122");
        assertSame(payload, RunLength.encode(payload));
        assertEquals("", encode(""));
    }

    @Test
    void everyLengthComesBackAndIsNeverLonger() {
        for (int length = 0; length < 700; length++) {
            byte[] payload = bytes("ab" + "0".repeat(length) + "c");
            byte[] sent = RunLength.encode(payload);
            assertArrayEquals(payload, decode(sent), "run of " + length);
            assertTrue(sent.length <= payload.length && sent.length <= 6 + 3 * (length / 97 + 2), "run of " + length);
        }
    }

    @Test
    void randomRunsComeBack() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 300) {
                text.repeat('0' + random.nextInt(3), 1 + random.nextInt(random.nextInt(120) + 1));
            }
            assertArrayEquals(
                    bytes(text.toString()), decode(RunLength.encode(bytes(text.toString()))), "round " + round);
        }
    }
}
