package dev.gostub.emulator.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.isa.InstructionSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class DecoderTest {
    private final Decoder decoder = InstructionSet.decoder();

    private Instruction decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        Instruction instruction = decoder.decode(Arrays.copyOf(bytes, 15), 15, 0x1000);
        assertNotNull(instruction);
        return instruction;
    }

    @Test
    void ripRelativeOperandsCountFromTheEndOfTheInstruction() {
        Instruction i = decode("81 3d 10 00 00 00 44 33 22 11"); // cmpl $0x11223344, 0x10(%rip)
        assertEquals(10, i.lengthBytes());
        assertEquals(0x1000 + 10 + 0x10, i.place().displacement());
        assertEquals(Place.NO_REGISTER, i.place().base());
        assertEquals(0x11223344, i.immediate());
    }

    @Test
    void rexBeforeALegacyPrefixIsIgnored() {
        assertEquals(64, decode("48 01 c0").operandBits());
        assertEquals(16, decode("48 66 01 c0").operandBits());
        assertEquals(64, decode("66 48 01 c0").operandBits());
    }

    @Test
    void byteRegistersDependOnThePresenceOfRex() {
        assertEquals(new Operand.General(0, 8, true), decode("88 e1").operand(1)); // mov %ah,%cl
        assertEquals(new Operand.General(4, 8, false), decode("40 88 e1").operand(1)); // mov %spl,%cl
    }

    @Test
    void sibWithoutBaseAndIndexIsAnAbsoluteAddress() {
        Place place = decode("64 48 8b 0c 25 f8 ff ff ff").place(); // mov %fs:0xfffffffffffffff8,%rcx
        assertEquals(new Place(Place.NO_REGISTER, Place.NO_REGISTER, 0, -8, 4, false), place);
    }

    @Test
    void r12IsAnIndexAndRspIsNone() {
        assertEquals(12, decode("4a 8b 04 20").place().index());
        assertEquals(Place.NO_REGISTER, decode("48 8b 04 20").place().index());
    }

    @Test
    void lockIsUndefinedWithoutAMemoryDestination() {
        assertEquals("ADD", decode("f0 01 00").form().mnemonic());
        assertEquals("(bad)", decode("f0 01 c0").form().mnemonic());
        assertEquals("(bad)", decode("f0 3b 00").form().mnemonic());
        assertEquals("(bad)", decode("f0 39 00").form().mnemonic());
    }

    @Test
    void truncatedInstructionsAreReportedAtEveryLength() {
        byte[] bytes = HexFormat.of().parseHex("f04881843801020304aabbccdd"); // lock addq $imm32, disp32(%rax,%rdi)
        for (int length = 1; length < bytes.length; length++)
            assertNull(decoder.decode(bytes, length, 0), "at " + length);
        assertNotNull(decoder.decode(bytes, bytes.length, 0));
    }

    @Test
    void randomBytesDecodeOrAreUndefinedButNeverFail() {
        Random random = new Random(42);
        byte[] bytes = new byte[15];
        for (int n = 0; n < 300_000; n++) {
            random.nextBytes(bytes);
            Instruction i = decoder.decode(bytes, bytes.length, 0x1000);
            if (i == null) continue;
            assertTrue(i.lengthBytes() >= 1 && i.lengthBytes() <= 15);
            for (int k = 0; k < i.operandCount(); k++) assertInstanceOf(Operand.class, i.operand(k));
        }
    }

    @Test
    void lengthsEqualObjdumpsOverWholeGoPrograms() throws IOException, InterruptedException {
        Path samples = Path.of("..", "samples");
        Assumptions.assumeTrue(objdumpKnowsAmd64(), "SKIPPED: needs an objdump for amd64");
        for (String sample : new String[] {"hello", "a"}) {
            Process objdump = new ProcessBuilder(
                            "objdump", "-d", "-w", samples.resolve(sample).toString())
                    .start();
            int compared = 0;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(objdump.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) compared += compare(line);
            }
            assertEquals(0, objdump.waitFor());
            assertTrue(compared > 50_000, "compared " + compared);
        }
    }

    private static boolean objdumpKnowsAmd64() throws IOException, InterruptedException {
        try {
            Process formats = new ProcessBuilder("objdump", "-i").start();
            String said = new String(formats.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return formats.waitFor() == 0 && said.contains("elf64-x86-64");
        } catch (IOException absent) {
            return false;
        }
    }

    private int compare(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length < 3 || columns[2].startsWith("(bad)")) return 0;
        String hex = columns[1].replace(" ", "");
        Instruction i = decode(hex);
        if (i.form().mnemonic().equals("(bad)")) return 0; // not in our tables: the instruction tests know which
        assertEquals(hex.length() / 2, i.lengthBytes(), line);
        return 1;
    }
}
