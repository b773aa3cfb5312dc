package dev.gostub.emulator.abi;

/** The ELF64 numbers and offsets that a loader needs ({@code linux/elf.h}). */
public final class Elf {
    // spotless:off
    public static final int EHDR_BYTES = 64, PHDR_BYTES = 56;
    public static final int EI_CLASS = 4, EI_DATA = 5, EI_VERSION = 6;
    public static final int ELFCLASS32 = 1, ELFCLASS64 = 2, ELFDATA2LSB = 1, ELFDATA2MSB = 2;
    public static final int E_TYPE = 16, E_MACHINE = 18, E_VERSION = 20, E_ENTRY = 24, E_PHOFF = 32, E_SHOFF = 40, E_FLAGS = 48, E_PHENTSIZE = 54, E_PHNUM = 56;
    public static final int ET_REL = 1, ET_EXEC = 2, ET_DYN = 3, ET_CORE = 4;
    public static final int EM_386 = 3, EM_ARM = 40, EM_X86_64 = 62, EM_AARCH64 = 183, EM_RISCV = 243;
    public static final int P_TYPE = 0, P_FLAGS = 4, P_OFFSET = 8, P_VADDR = 16, P_PADDR = 24, P_FILESZ = 32, P_MEMSZ = 40, P_ALIGN = 48;
    public static final int PT_LOAD = 1, PT_DYNAMIC = 2, PT_INTERP = 3, PT_NOTE = 4, PT_PHDR = 6, PT_TLS = 7, PT_GNU_STACK = 0x6474e551;
    public static final int PF_X = 1, PF_W = 2, PF_R = 4;
    // spotless:on

    private Elf() {}
}
