package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Elf;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.loader.BadProgramException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Small programs for tests, from hexadecimal machine code; what follows a # up to the end of its line is a comment. */
final class Programs {
    /** Where the code starts. */
    static final long CODE = 0x400100;
    /** A page to write to. */
    static final long DATA = 0x402000;

    private Programs() {}

    static byte[] elf(String code) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        code.lines()
                .map(line -> line.replaceFirst("#.*", "").replaceAll("\\s", ""))
                .forEach(hex -> {
                    out.writeBytes(HexFormat.of().parseHex(hex));
                });
        byte[] text = out.toByteArray();
        byte[] b = new byte[0x100 + text.length];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, b, 0, 7);
        LittleEndian.put16(b, Elf.E_TYPE, Elf.ET_EXEC);
        LittleEndian.put16(b, Elf.E_MACHINE, Elf.EM_X86_64);
        LittleEndian.put64(b, Elf.E_ENTRY, CODE);
        LittleEndian.put64(b, Elf.E_PHOFF, Elf.EHDR_BYTES);
        LittleEndian.put16(b, Elf.E_PHENTSIZE, Elf.PHDR_BYTES);
        LittleEndian.put16(b, Elf.E_PHNUM, 2);
        header(b, Elf.EHDR_BYTES, Elf.PF_R | Elf.PF_X, 0x400000, b.length);
        header(b, Elf.EHDR_BYTES + Elf.PHDR_BYTES, Elf.PF_R | Elf.PF_W, DATA, 0);
        System.arraycopy(text, 0, b, 0x100, text.length);
        return b;
    }

    private static void header(byte[] b, int at, int flags, long address, int length) {
        LittleEndian.put32(b, at + Elf.P_TYPE, Elf.PT_LOAD);
        LittleEndian.put32(b, at + Elf.P_FLAGS, flags);
        LittleEndian.put64(b, at + Elf.P_VADDR, address);
        LittleEndian.put64(b, at + Elf.P_FILESZ, length);
        LittleEndian.put64(b, at + Elf.P_MEMSZ, length == 0 ? 0x1000 : length);
    }

    static Machine machine(String code) throws BadProgramException {
        return machine(new FixedHost(), elf(code));
    }

    static Machine machine(Host host, byte[] content) throws BadProgramException {
        return new Machine(new MachineConfiguration(
                host, "/test/program", Optional.of(content), List.of("program"), List.of("A=b"), "/", 4, 1L << 30));
    }
}
