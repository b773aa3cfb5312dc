package dev.gostub.emulator.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.AuxiliaryVector;
import dev.gostub.emulator.abi.Elf;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.loader.BadProgramException.Reason;
import dev.gostub.emulator.memory.AddressSpace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ElfImageTest {
    private static final int SECOND = Elf.EHDR_BYTES + Elf.PHDR_BYTES;

    /** Text of one page at 0x400000, data of 16 bytes (4,096 in memory) at 0x402000. */
    private static byte[] program() {
        byte[] b = new byte[0x1010];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, b, 0, 7);
        LittleEndian.put16(b, Elf.E_TYPE, Elf.ET_EXEC);
        LittleEndian.put16(b, Elf.E_MACHINE, Elf.EM_X86_64);
        LittleEndian.put64(b, Elf.E_ENTRY, 0x400100);
        LittleEndian.put64(b, Elf.E_PHOFF, Elf.EHDR_BYTES);
        LittleEndian.put16(b, Elf.E_PHENTSIZE, Elf.PHDR_BYTES);
        LittleEndian.put16(b, Elf.E_PHNUM, 2);
        header(b, Elf.EHDR_BYTES, Elf.PF_R | Elf.PF_X, 0, 0x400000, 0x1000, 0x1000);
        header(b, SECOND, Elf.PF_R | Elf.PF_W, 0x1000, 0x402000, 0x10, 0x1800);
        Arrays.fill(b, 0x1000, 0x1010, (byte) 7);
        return b;
    }

    private static void header(byte[] b, int at, int flags, long offset, long address, long inFile, long inMemory) {
        LittleEndian.put32(b, at + Elf.P_TYPE, Elf.PT_LOAD);
        LittleEndian.put32(b, at + Elf.P_FLAGS, flags);
        LittleEndian.put64(b, at + Elf.P_OFFSET, offset);
        LittleEndian.put64(b, at + Elf.P_VADDR, address);
        LittleEndian.put64(b, at + Elf.P_FILESZ, inFile);
        LittleEndian.put64(b, at + Elf.P_MEMSZ, inMemory);
    }

    private static void assertRefused(Reason reason, byte[] content, String... words) {
        BadProgramException bad =
                assertThrows(BadProgramException.class, () -> ElfImage.parse("x/prog", "/x/prog", content));
        assertEquals(reason, bad.reason());
        assertTrue(bad.getMessage().startsWith("cannot run x/prog: "), bad.getMessage());
        assertFalse(bad.getMessage().contains("\n"), bad.getMessage());
        for (String word : words) {
            assertTrue(bad.getMessage().contains(word), bad.getMessage());
        }
    }

    private static byte[] with8(int at, int value) {
        byte[] b = program();
        b[at] = (byte) value;
        return b;
    }

    private static byte[] with16(int at, int value) {
        byte[] b = program();
        LittleEndian.put16(b, at, value);
        return b;
    }

    private static byte[] with64(int at, long value) {
        byte[] b = program();
        LittleEndian.put64(b, at, value);
        return b;
    }

    @Test
    void whatIsNoElfFileIsRefused() {
        assertRefused(Reason.NOT_ELF, new byte[0], "ELF");
        assertRefused(Reason.NOT_ELF, "hello world".getBytes(StandardCharsets.US_ASCII), "GOARCH=amd64");
    }

    @Test
    void otherKindsOfMachinesAreRefusedByName() {
        assertRefused(Reason.NOT_64_BIT, with8(Elf.EI_CLASS, Elf.ELFCLASS32), "32-bit");
        assertRefused(Reason.BIG_ENDIAN, with8(Elf.EI_DATA, Elf.ELFDATA2MSB), "big-endian");
        assertRefused(Reason.OTHER_MACHINE, with16(Elf.E_MACHINE, Elf.EM_AARCH64), "arm64");
        assertRefused(Reason.OTHER_MACHINE, with16(Elf.E_MACHINE, 12345), "12345");
    }

    @Test
    void otherKindsOfFilesAreRefused() {
        assertRefused(Reason.NOT_EXECUTABLE_TYPE, with16(Elf.E_TYPE, Elf.ET_REL), "object file");
        assertRefused(Reason.NOT_EXECUTABLE_TYPE, with16(Elf.E_TYPE, Elf.ET_CORE), "core");
        assertRefused(Reason.NOT_EXECUTABLE_TYPE, with16(Elf.E_TYPE, 99), "99");
    }

    @Test
    void truncatedFilesAreRefused() {
        assertRefused(Reason.TRUNCATED, Arrays.copyOf(program(), 20), "header");
        assertRefused(Reason.TRUNCATED, Arrays.copyOf(program(), Elf.EHDR_BYTES + 60), "program headers");
        assertRefused(Reason.SEGMENT_PAST_END, Arrays.copyOf(program(), 0x1008), "past the end");
        assertRefused(Reason.SEGMENT_PAST_END, with64(SECOND + Elf.P_OFFSET, 0x7000), "0x402000");
        assertRefused(Reason.TRUNCATED, with64(Elf.E_PHOFF, Long.MAX_VALUE));
    }

    @Test
    void impossibleSegmentsAreRefused() {
        assertRefused(Reason.OVERLAPPING_SEGMENTS, with64(SECOND + Elf.P_VADDR, 0x400000), "overlaps");
        assertRefused(Reason.SEGMENT_OUT_OF_RANGE, with64(SECOND + Elf.P_VADDR, -0x1000L));
        assertRefused(Reason.SEGMENT_OUT_OF_RANGE, with64(SECOND + Elf.P_MEMSZ, Long.MAX_VALUE));
        assertRefused(Reason.SEGMENT_OUT_OF_RANGE, with64(SECOND + Elf.P_FILESZ, 0x5000));
        assertRefused(Reason.SEGMENT_OUT_OF_RANGE, with64(SECOND + Elf.P_VADDR, 0x402004));
        assertRefused(Reason.NOTHING_TO_LOAD, with16(Elf.E_PHNUM, 0));
        assertRefused(Reason.NOTHING_TO_LOAD, with16(Elf.E_PHENTSIZE, 32));
    }

    @Test
    void entriesOutsideTheCodeAreRefused() {
        assertRefused(Reason.NO_ENTRY, with64(Elf.E_ENTRY, 0x402000), "entry");
        assertRefused(Reason.NO_ENTRY, with64(Elf.E_ENTRY, 0x10), "entry");
        byte[] library = with64(Elf.E_ENTRY, 0);
        LittleEndian.put16(library, Elf.E_TYPE, Elf.ET_DYN);
        assertRefused(Reason.NO_ENTRY, library, "shared object");
    }

    /** With the name of an interpreter in place of the second segment. */
    private static byte[] withInterpreter(String name) {
        byte[] b = program();
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        LittleEndian.put32(b, SECOND + Elf.P_TYPE, Elf.PT_INTERP);
        LittleEndian.put64(b, SECOND + Elf.P_OFFSET, 0x200);
        LittleEndian.put64(b, SECOND + Elf.P_FILESZ, text.length);
        System.arraycopy(text, 0, b, 0x200, text.length);
        return b;
    }

    private static byte[] positionIndependent() {
        byte[] b = program();
        LittleEndian.put16(b, Elf.E_TYPE, Elf.ET_DYN);
        LittleEndian.put64(b, Elf.E_ENTRY, 0x100);
        LittleEndian.put64(b, Elf.EHDR_BYTES + Elf.P_VADDR, 0);
        LittleEndian.put64(b, SECOND + Elf.P_VADDR, 0x2000);
        return b;
    }

    private static long auxiliary(ElfLoader.LoadedProgram loaded, long key) {
        byte[] vector = loaded.stack().auxiliaryVector();
        for (int i = 0; i < vector.length; i += 16) {
            if (LittleEndian.get64(vector, i) == key) {
                return LittleEndian.get64(vector, i + 8);
            }
        }
        throw new AssertionError("no entry " + key);
    }

    @Test
    void interpreterIsTheOneTheProgramNames() throws BadProgramException {
        ElfImage image = ElfImage.parse("x", "/x", withInterpreter("/lib64/ld.so\0"));
        assertEquals(Optional.of("/lib64/ld.so"), image.interpreter());
        assertEquals(Optional.empty(), ElfImage.parse("x", "/x", program()).interpreter());
    }

    @Test
    void nameOfAnInterpreterThatDoesNotEndIsRefused() throws BadProgramException {
        ElfImage image = ElfImage.parse("x", "/x", withInterpreter("/lib64/ld.so"));
        BadProgramException bad = assertThrows(BadProgramException.class, image::interpreter);
        assertEquals(Reason.UNREADABLE_INTERPRETER, bad.reason());
    }

    @Test
    void interpreterLiesRightBelowTheVdsoAndIsEnteredFirst() throws BadProgramException {
        ElfImage interpreter = ElfImage.parse("ld.so", "/real/ld.so", positionIndependent());
        AddressSpace memory = new AddressSpace();
        ElfLoader.LoadedProgram loaded = ElfLoader.load(
                ElfImage.parse("x", "/x", positionIndependent()),
                Optional.of(interpreter),
                memory,
                InitialStackTest.start(List.of("x"), List.of()));
        long base = Vdso.DATA_ADDRESS - 0x4000;
        assertEquals(base + 0x100, loaded.start());
        assertEquals(0x555555554100L, loaded.entry());
        assertEquals(0x555555558000L, loaded.dataEnd());
        assertEquals(
                "/real/ld.so",
                Objects.requireNonNull(memory.mappingAt(base)).backing().name());
        assertEquals(base, auxiliary(loaded, AuxiliaryVector.AT_BASE));
        assertEquals(0x555555554100L, auxiliary(loaded, AuxiliaryVector.AT_ENTRY));
        assertEquals(0x555555554040L, auxiliary(loaded, AuxiliaryVector.AT_PHDR));
    }

    @Test
    void randomHeadersAreRefusedOrAcceptedButNeverCrash() {
        long seed = 20260101;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] b = program();
            for (int k = 0; k <= i % 4; k++) {
                b[random.nextInt(4, SECOND + Elf.PHDR_BYTES)] = (byte) random.nextInt();
            }
            try {
                ElfImage.parse("x", "/x", b);
                accepted++;
            } catch (BadProgramException expected) {
                assertTrue(expected.getMessage().startsWith("cannot run x: "), () -> "seed " + seed);
            }
        }
        assertTrue(accepted > 100 && accepted < 19_900, "seed " + seed + ": " + accepted);
    }

    @Test
    void segmentsAreMappedWithZerosBehindTheirContent() throws BadProgramException {
        AddressSpace memory = new AddressSpace();
        ElfLoader.LoadedProgram loaded = ElfLoader.load(
                ElfImage.parse("x", "/x", program()),
                Optional.empty(),
                memory,
                InitialStackTest.start(List.of("x"), List.of()));
        assertEquals(0x400100, loaded.entry());
        assertEquals(0x404000, loaded.dataEnd());
        byte[] data = new byte[0x1800];
        assertEquals(data.length, memory.peek(0x402000, data, 0, data.length));
        byte[] expected = new byte[0x1800];
        Arrays.fill(expected, 0, 16, (byte) 7);
        assertTrue(Arrays.equals(expected, data));
        assertEquals(0, memory.copyOut(0x400000, new byte[1], 0, 1), "text is not writable");
        assertEquals(1, memory.copyOut(0x403fff, new byte[1], 0, 1), "bss is writable");
    }

    @Test
    void positionIndependentProgramsLieWherePeopleKnowThem() throws BadProgramException {
        ElfLoader.LoadedProgram loaded = ElfLoader.load(
                ElfImage.parse("x", "/x", positionIndependent()),
                Optional.empty(),
                new AddressSpace(),
                InitialStackTest.start(List.of("x"), List.of()));
        assertEquals(0x555555554100L, loaded.entry());
    }
}
