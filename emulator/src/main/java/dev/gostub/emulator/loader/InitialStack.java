package dev.gostub.emulator.loader;

import static dev.gostub.emulator.abi.AuxiliaryVector.*;

import dev.gostub.emulator.abi.Clocks;
import dev.gostub.emulator.abi.Elf;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.memory.AddressSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack that a program starts on, built byte for byte as Linux builds it (copy_strings of fs/exec.c, create_elf_tables of
 * fs/binfmt_elf.c), from the top: eight zero bytes, the file's name, environment strings, argument strings, padding to 16, "x86_64", 16
 * random bytes, padding, auxiliary vector, environment pointers, argument pointers, argument count.
 *
 * @param pointer RSP at the first instruction; 16-byte aligned
 * @param auxiliaryVector its bytes, AT_NULL included
 * @param argumentStrings address of the first argument string
 * @param environmentStrings address of the first environment string, and so the end of the arguments
 * @param stringsEnd end of the environment strings
 */
public record InitialStack(
        long pointer, byte[] auxiliaryVector, long argumentStrings, long environmentStrings, long stringsEnd) {
    private static final String PLATFORM = "x86_64";

    /**
     * What the vector says of the program and its interpreter.
     *
     * @param headers address of the program's headers; 0 if they are not in memory
     * @param headerCount how many
     * @param interpreterBias load bias of the interpreter; 0 if there is none
     * @param entry of the program
     */
    record Origin(long headers, int headerCount, long interpreterBias, long entry) {}

    static InitialStack build(AddressSpace memory, StartArguments start, Origin origin) {
        Writer writer = new Writer(memory, ElfLoader.STACK_TOP - Long.BYTES);
        long fileName = writer.push(text(start.file()));
        long stringsEnd = writer.top;
        List<Long> environment = writer.pushAll(start.environment());
        long environmentStrings = writer.top;
        List<Long> arguments = writer.pushAll(start.arguments());
        long argumentStrings = writer.top;
        writer.top &= ~15L;
        long platform = writer.push(text(PLATFORM));
        long random = writer.push(start.random());
        byte[] vector = vector(start, origin, random, fileName, platform);
        int words = 1 + arguments.size() + 1 + environment.size() + 1;
        writer.top -= vector.length;
        long pointer = writer.top - 8L * words & ~15L;
        byte[] table = new byte[8 * words + vector.length];
        int at = 0;
        LittleEndian.put64(table, at, arguments.size());
        for (long address : arguments) {
            LittleEndian.put64(table, at += 8, address);
        }
        at += 8; // NULL behind the arguments
        for (long address : environment) {
            LittleEndian.put64(table, at += 8, address);
        }
        at += 16; // NULL behind the environment
        System.arraycopy(vector, 0, table, at, vector.length);
        memory.poke(pointer, table, 0, table.length);
        return new InitialStack(pointer, vector, argumentStrings, environmentStrings, stringsEnd);
    }

    /**
     * The vector, with the entries of a current kernel in their order. AT_RSEQ_FEATURE_SIZE and AT_RSEQ_ALIGN are left out, because
     * rseq(2) is refused.
     */
    private static byte[] vector(StartArguments start, Origin origin, long random, long fileName, long platform) {
        // spotless:off
        long[] entries = {
            AT_SYSINFO_EHDR, Vdso.ADDRESS,
            AT_MINSIGSTKSZ, MINIMUM_SIGNAL_STACK,
            AT_HWCAP, start.hardwareCapabilities(),
            AT_PAGESZ, AddressSpace.PAGE_SIZE,
            AT_CLKTCK, Clocks.USER_HZ,
            AT_PHDR, origin.headers,
            AT_PHENT, Elf.PHDR_BYTES,
            AT_PHNUM, origin.headerCount,
            AT_BASE, origin.interpreterBias,
            AT_FLAGS, 0,
            AT_ENTRY, origin.entry,
            AT_UID, start.user().realUser(),
            AT_EUID, start.user().effectiveUser(),
            AT_GID, start.user().realGroup(),
            AT_EGID, start.user().effectiveGroup(),
            AT_SECURE, 0,
            AT_RANDOM, random,
            AT_HWCAP2, HWCAP2_FSGSBASE,
            AT_EXECFN, fileName,
            AT_PLATFORM, platform,
            AT_NULL, 0,
        };
        // spotless:on
        byte[] bytes = new byte[8 * entries.length];
        for (int i = 0; i < entries.length; i++) {
            LittleEndian.put64(bytes, 8 * i, entries[i]);
        }
        return bytes;
    }

    /** Bytes of a signal frame with AVX state: what a handler's stack must hold at least (get_sigframe_size). */
    private static final long MINIMUM_SIGNAL_STACK = 440 + 8 + 836 + 63 + 15 & ~15L;

    private static byte[] text(String string) {
        return ElfLoader.zeroEnded(GuestText.bytes(string));
    }

    /** Puts things below each other. */
    private static final class Writer {
        private final AddressSpace memory;
        private long top;

        Writer(AddressSpace memory, long top) {
            this.memory = memory;
            this.top = top;
        }

        long push(byte[] bytes) {
            top -= bytes.length;
            memory.poke(top, bytes, 0, bytes.length);
            return top;
        }

        /** Pushes strings so that the first one ends up lowest; returns their addresses in order. */
        List<Long> pushAll(List<String> strings) {
            List<Long> addresses = new ArrayList<>();
            for (String string : strings.reversed()) {
                addresses.addFirst(push(text(string)));
            }
            return addresses;
        }
    }
}
