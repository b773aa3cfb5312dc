package dev.gostub.emulator.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.InstructionSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any bytes decode to something that can be executed, if only to #UD. */
class RandomBytesTest {
    private static final int STRINGS = Integer.getInteger("gostub.decode.strings", 200_000);
    private static final int[] OFTEN = {0x0f, 0x66, 0xf2, 0xf3, 0xc4, 0xc5, 0x48, 0x38, 0x3a, 0x67, 0xf0, 0x64};

    private final Decoder decoder = InstructionSet.decoder();

    @Test
    void everyByteStringDecodesAndLowers() {
        SplittableRandom random = new SplittableRandom(1);
        int defined = 0;
        for (int i = 0; i < STRINGS; i++) {
            byte[] bytes = bytes(random);
            String text = HexFormat.of().formatHex(bytes);
            try {
                Instruction instruction = decoder.decode(bytes, bytes.length, 0x400000);
                if (instruction == null) continue; // all prefixes
                assertNotNull(Family.lowered(instruction), text);
                if (!instruction.form().mnemonic().equals("(bad)")) defined++;
            } catch (RuntimeException e) {
                throw new AssertionError(text, e);
            }
        }
        assertTrue(defined > STRINGS / 4, "only " + defined + " were defined");
    }

    @Test
    void anInstructionNeedsAllOfItsBytesAndNoMore() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < STRINGS / 4; i++) {
            byte[] bytes = bytes(random);
            Instruction whole = decoder.decode(bytes, bytes.length, 0x400000);
            if (whole == null || whole.form().mnemonic().equals("(bad)")) continue;
            String text = HexFormat.of().formatHex(bytes);
            assertNull(decoder.decode(bytes, whole.lengthBytes() - 1, 0x400000), text);
            byte[] alone = Arrays.copyOf(bytes, whole.lengthBytes());
            Instruction again = decoder.decode(alone, alone.length, 0x400000);
            assertNotNull(again, text);
            assertEquals(whole.form(), again.form(), text);
            assertEquals(whole.lengthBytes(), again.lengthBytes(), text);
        }
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[Decoder.LONGEST_BYTES];
        random.nextBytes(bytes);
        int leading = random.nextInt(4);
        for (int i = 0; i < leading; i++) bytes[i] = (byte) OFTEN[random.nextInt(OFTEN.length)];
        return bytes;
    }
}
