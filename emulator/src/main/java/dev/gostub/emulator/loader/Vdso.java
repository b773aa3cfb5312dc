package dev.gostub.emulator.loader;

import static dev.gostub.emulator.abi.LittleEndian.put16;
import static dev.gostub.emulator.abi.LittleEndian.put32;
import static dev.gostub.emulator.abi.LittleEndian.put64;

import dev.gostub.emulator.abi.Elf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The shared object that the kernel puts into every process (vdso(7)), so that programs read the clock without a system call. The
 * guest's time-stamp counter counts nanoseconds since the start, so a clock is that counter and a constant.
 *
 * <p>The object is one page: ELF header, program headers, dynamic symbols, code, section headers. Symbols have
 * the version LINUX_2.6, which Go insists on (it reads DT_VERDEF without asking whether there is one).
 */
final class Vdso {
    /** Where a current Linux without ASLR puts it, and the data pages of the clock in front of it. */
    static final long ADDRESS = 0x7ffff7ffd000L;

    static final long DATA_ADDRESS = 0x7ffff7ff7000L;
    static final int BYTES = 8192;

    private static final String SONAME = "linux-vdso.so.1";
    private static final String VERSION = "LINUX_2.6";
    private static final int VERSION_BYTES = 28;
    private static final int SYMBOL_BYTES = 24;
    private static final int SECTION_BYTES = 64;
    private static final int CODE = 0x600;
    private static final int GLOBAL_FUNCTION = 0x12;
    private static final int WEAK_FUNCTION = 0x22;

    private final byte[] image = new byte[BYTES];
    private final StringBuilder strings = new StringBuilder("\0");
    private final List<Symbol> symbols = new ArrayList<>();
    private final VdsoCode code = new VdsoCode();

    private Vdso() {}

    /** A function: both its names, where its code starts, how long it is. */
    private record Symbol(int name, int binding, int value, int lengthBytes) {}

    /**
     * The object's bytes.
     *
     * @param realtimeNanos CLOCK_REALTIME where the time-stamp counter is 0
     * @param monotonicNanos CLOCK_MONOTONIC there
     */
    static byte[] build(long realtimeNanos, long monotonicNanos) {
        Vdso vdso = new Vdso();
        vdso.function("clock_gettime", vdso.code.clockGettime(realtimeNanos, monotonicNanos));
        vdso.function("gettimeofday", vdso.code.gettimeofday(realtimeNanos));
        vdso.function("time", vdso.code.systemCall(201));
        vdso.function("clock_getres", vdso.code.systemCall(229));
        vdso.function("getcpu", vdso.code.systemCall(309));
        vdso.link();
        return vdso.image;
    }

    private void function(String name, int start) {
        int length = code.length() - start;
        symbols.add(new Symbol(string("__vdso_" + name), GLOBAL_FUNCTION, CODE + start, length));
        symbols.add(new Symbol(string(name), WEAK_FUNCTION, CODE + start, length));
        code.align();
    }

    private int string(String text) {
        int at = strings.length();
        strings.append(text).append('\0');
        return at;
    }

    private void link() {
        int soname = string(SONAME);
        int version = string(VERSION);
        int headersEnd = Elf.EHDR_BYTES + 2 * Elf.PHDR_BYTES;
        int symbolTable = headersEnd + 15 & ~15;
        int symbolCount = symbols.size() + 1;
        int hash = symbolTable + symbolCount * SYMBOL_BYTES;
        int hashBytes = 4 * (2 + 1 + symbolCount);
        int stringTable = hash + hashBytes;
        int versionTable = stringTable + strings.length() + 3 & ~3;
        int versions = versionTable + 2 * VERSION_BYTES;
        int dynamic = versions + 2 * symbolCount + 15 & ~15;
        writeSymbols(symbolTable);
        writeHash(hash, symbolCount);
        writeVersion(versionTable, 1, SONAME, soname, VERSION_BYTES);
        writeVersion(versionTable + VERSION_BYTES, 2, VERSION, version, 0);
        for (int i = 1; i < symbolCount; i++) {
            put16(image, versions + 2 * i, 2);
        }
        write(stringTable, strings.toString().getBytes(StandardCharsets.US_ASCII));
        // DT_SONAME, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_VERSYM, DT_VERDEF, DT_VERDEFNUM, DT_NULL
        long[] entries = {
            14,
            soname,
            4,
            hash,
            5,
            stringTable,
            6,
            symbolTable,
            10,
            strings.length(),
            11,
            SYMBOL_BYTES,
            0x6ffffff0,
            versions,
            0x6ffffffc,
            versionTable,
            0x6ffffffd,
            2,
            0,
            0
        };
        for (int i = 0; i < entries.length; i++) {
            put64(image, dynamic + 8 * i, entries[i]);
        }
        int dynamicBytes = 8 * entries.length;
        if (dynamic + dynamicBytes > CODE) {
            throw new IllegalStateException("vDSO tables reach into its code: " + (dynamic + dynamicBytes));
        }
        write(CODE, code.bytes());
        int sections = CODE + code.length() + 15 & ~15;
        writeSections(sections, symbolTable, symbolCount, hash, hashBytes, stringTable, dynamic, dynamicBytes);
        writeHeaders(sections, dynamic, dynamicBytes);
    }

    private void write(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, image, at, bytes.length);
    }

    private void writeSymbols(int table) {
        for (int i = 0; i < symbols.size(); i++) {
            Symbol symbol = symbols.get(i);
            int at = table + (i + 1) * SYMBOL_BYTES;
            put32(image, at, symbol.name());
            image[at + 4] = (byte) symbol.binding();
            put16(image, at + 6, 5); // section .text
            put64(image, at + 8, symbol.value());
            put64(image, at + 16, symbol.lengthBytes());
        }
    }

    /** An Elf64_Verdef and its one Elf64_Verdaux; number 1 is the object itself. */
    private void writeVersion(int at, int number, String name, int nameAt, int next) {
        put16(image, at, 1);
        put16(image, at + 2, number == 1 ? 1 : 0);
        put16(image, at + 4, number);
        put16(image, at + 6, 1);
        put32(image, at + 8, elfHash(name));
        put32(image, at + 12, 20);
        put32(image, at + 16, next);
        put32(image, at + 20, nameAt);
    }

    /** The hash function of the System V ABI. */
    private static int elfHash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash << 4) + name.charAt(i);
            int high = hash & 0xf0000000;
            hash = (hash ^ high >>> 24) & ~high;
        }
        return hash;
    }

    /** DT_HASH with a single chain. */
    private void writeHash(int at, int symbolCount) {
        put32(image, at, 1);
        put32(image, at + 4, symbolCount);
        put32(image, at + 8, 1);
        for (int i = 1; i < symbolCount; i++) {
            put32(image, at + 12 + 4 * i, i + 1 < symbolCount ? i + 1 : 0);
        }
    }

    private void writeHeaders(int sections, int dynamic, int dynamicBytes) {
        write(0, new byte[] {0x7f, 'E', 'L', 'F', Elf.ELFCLASS64, Elf.ELFDATA2LSB, 1});
        put16(image, Elf.E_TYPE, Elf.ET_DYN);
        put16(image, Elf.E_MACHINE, Elf.EM_X86_64);
        put32(image, Elf.E_VERSION, 1);
        put64(image, Elf.E_ENTRY, CODE);
        put64(image, Elf.E_PHOFF, Elf.EHDR_BYTES);
        put64(image, Elf.E_SHOFF, sections);
        put16(image, Elf.E_PHENTSIZE - 2, Elf.EHDR_BYTES);
        put16(image, Elf.E_PHENTSIZE, Elf.PHDR_BYTES);
        put16(image, Elf.E_PHNUM, 2);
        put16(image, Elf.E_PHNUM + 2, SECTION_BYTES);
        put16(image, Elf.E_PHNUM + 4, 7);
        put16(image, Elf.E_PHNUM + 6, 6);
        writeProgramHeader(Elf.EHDR_BYTES, Elf.PT_LOAD, Elf.PF_R | Elf.PF_X, 0, 4096);
        writeProgramHeader(Elf.EHDR_BYTES + Elf.PHDR_BYTES, Elf.PT_DYNAMIC, Elf.PF_R, dynamic, dynamicBytes);
    }

    private void writeProgramHeader(int at, int type, int flags, int offset, int length) {
        put32(image, at + Elf.P_TYPE, type);
        put32(image, at + Elf.P_FLAGS, flags);
        put64(image, at + Elf.P_OFFSET, offset);
        put64(image, at + Elf.P_VADDR, offset);
        put64(image, at + Elf.P_PADDR, offset);
        put64(image, at + Elf.P_FILESZ, length);
        put64(image, at + Elf.P_MEMSZ, length);
        put64(image, at + Elf.P_ALIGN, type == Elf.PT_LOAD ? 4096 : 8);
    }

    /** Section headers, for debuggers: gdb reads the symbols through them. */
    private void writeSections(
            int at,
            int symbolTable,
            int symbolCount,
            int hash,
            int hashBytes,
            int stringTable,
            int dynamic,
            int dynamicBytes) {
        String names = "\0.dynsym\0.hash\0.dynstr\0.dynamic\0.text\0.shstrtab\0";
        int namesAt = at + 7 * SECTION_BYTES;
        write(namesAt, names.getBytes(StandardCharsets.US_ASCII));
        // name, type, flags, offset, size, link, info, alignment, entry size
        long[][] sections = {
            {names.indexOf(".dynsym"), 11, 2, symbolTable, (long) symbolCount * SYMBOL_BYTES, 3, 1, 8, SYMBOL_BYTES},
            {names.indexOf(".hash"), 5, 2, hash, hashBytes, 1, 0, 8, 4},
            {names.indexOf(".dynstr"), 3, 2, stringTable, strings.length(), 0, 0, 1, 0},
            {names.indexOf(".dynamic"), 6, 2, dynamic, dynamicBytes, 3, 0, 8, 16},
            {names.indexOf(".text"), 1, 6, CODE, code.length(), 0, 0, 16, 0},
            {names.indexOf(".shstrtab"), 3, 0, namesAt, names.length(), 0, 0, 1, 0},
        };
        for (int i = 0; i < sections.length; i++) {
            long[] s = sections[i];
            int header = at + (i + 1) * SECTION_BYTES;
            put32(image, header, (int) s[0]);
            put32(image, header + 4, (int) s[1]);
            put64(image, header + 8, s[2]);
            put64(image, header + 16, s[2] == 0 ? 0 : s[3]);
            put64(image, header + 24, s[3]);
            put64(image, header + 32, s[4]);
            put32(image, header + 40, (int) s[5]);
            put32(image, header + 44, (int) s[6]);
            put64(image, header + 48, s[7]);
            put64(image, header + 56, s[8]);
        }
    }
}
