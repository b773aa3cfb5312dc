package dev.gostub.emulator.loader;

import static dev.gostub.emulator.abi.AuxiliaryVector.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The golden words were read with ptrace(2) from the stack of a static program on Linux 6.18, started without ASLR. */
class InitialStackTest {
    private static final List<String> ARGUMENTS = List.of("/tmp/gopkg/a", "one", "two words", "");
    private static final List<String> ENVIRONMENT =
            List.of("HOME=/home/user", "LANG=en_US.UTF-8", "EMPTY=", "LESSOPEN=| /usr/bin/lesspipe %s");
    private static final byte[] RANDOM = HexFormat.of().parseHex("5cbd806a706d743d9352af18f064dc00");

    static StartArguments start(List<String> arguments, List<String> environment) {
        return new StartArguments(
                "/tmp/gopkg/a",
                arguments,
                environment,
                new StartArguments.User(0, 0, 0, 0),
                RANDOM,
                0x1f8bfbff,
                new StartArguments.ClockOrigin(0, 0));
    }

    private final AddressSpace memory = new AddressSpace();
    private final InitialStack stack;

    InitialStackTest() {
        memory.map(new Mapping(
                ElfLoader.STACK_TOP - ElfLoader.STACK_BYTES,
                ElfLoader.STACK_TOP,
                Protection.READ | Protection.WRITE,
                false,
                Backing.ANONYMOUS,
                0));
        stack = InitialStack.build(
                memory, start(ARGUMENTS, ENVIRONMENT), new InitialStack.Origin(0x400040, 7, 0, 0x465860));
    }

    private byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        assertEquals(length, memory.peek(address, bytes, 0, length));
        return bytes;
    }

    private Map<Integer, Long> vector() {
        Map<Integer, Long> entries = new LinkedHashMap<>();
        byte[] vector = stack.auxiliaryVector();
        for (int i = 0; i < vector.length; i += 16) {
            entries.put((int) LittleEndian.get64(vector, i), LittleEndian.get64(vector, i + 8));
        }
        return entries;
    }

    @Test
    void stringsRandomBytesAndPlatformAreThoseOfLinuxByteForByte() {
        byte[] linux = HexFormat.of()
                .parseHex("7838365f363400" + "00000000000000" // platform, padding
                        + "2f746d702f676f706b672f6100" + "6f6e6500" + "74776f20776f72647300" + "00"
                        + "484f4d453d2f686f6d652f7573657200" + "4c414e473d656e5f55532e5554462d3800" + "454d5054593d00"
                        + "4c4553534f50454e3d7c202f7573722f62696e2f6c65737370697065202573" + "00"
                        + "2f746d702f676f706b672f6100" + "0000000000000000");
        assertArrayEquals(linux, bytes(0x7fffffffef79L, linux.length));
        assertArrayEquals(RANDOM, bytes(0x7fffffffef69L, 16));
    }

    @Test
    void argumentAndEnvironmentPointersAreThoseOfLinux() {
        long[] linux = {
            4,
            0x7fffffffef87L,
            0x7fffffffef94L,
            0x7fffffffef98L,
            0x7fffffffefa2L,
            0,
            0x7fffffffefa3L,
            0x7fffffffefb3L,
            0x7fffffffefc4L,
            0x7fffffffefcbL,
            0
        };
        byte[] table = bytes(stack.pointer(), 8 * linux.length);
        for (int i = 0; i < linux.length; i++) {
            assertEquals(linux[i], LittleEndian.get64(table, 8 * i), "word " + i);
        }
        // Linux has two entries more (rseq), so its stack pointer is 32 lower.
        assertEquals(0x7fffffffeda0L + 32, stack.pointer());
        assertEquals(0, stack.pointer() & 15);
    }

    @Test
    void vectorHasTheEntriesOfLinuxInTheirOrder() {
        assertEquals(
                List.of(
                        AT_SYSINFO_EHDR,
                        AT_MINSIGSTKSZ,
                        AT_HWCAP,
                        AT_PAGESZ,
                        AT_CLKTCK,
                        AT_PHDR,
                        AT_PHENT,
                        AT_PHNUM,
                        AT_BASE,
                        AT_FLAGS,
                        AT_ENTRY,
                        AT_UID,
                        AT_EUID,
                        AT_GID,
                        AT_EGID,
                        AT_SECURE,
                        AT_RANDOM,
                        AT_HWCAP2,
                        AT_EXECFN,
                        AT_PLATFORM,
                        AT_NULL),
                List.copyOf(vector().keySet()));
        assertEquals(0x7ffff7ffd000L, vector().get(AT_SYSINFO_EHDR));
        assertEquals(0x7fffffffef69L, vector().get(AT_RANDOM));
        assertEquals(0x7fffffffefebL, vector().get(AT_EXECFN));
        assertEquals(0x7fffffffef79L, vector().get(AT_PLATFORM));
        assertEquals(0x465860, vector().get(AT_ENTRY));
        assertEquals(0x400040, vector().get(AT_PHDR));
        assertEquals(7, vector().get(AT_PHNUM));
    }

    @Test
    void tooManyArgumentsAreRefused() {
        StartArguments start = start(List.of("x".repeat(3 << 20)), List.of());
        BadProgramException bad = assertThrows(BadProgramException.class, () -> start.checkSize("x"));
        assertEquals(BadProgramException.Reason.ARGUMENTS_TOO_LONG, bad.reason());
    }
}
