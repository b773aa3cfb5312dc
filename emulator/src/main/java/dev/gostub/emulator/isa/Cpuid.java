package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;

/**
 * CPUID (SDM vol. 2, CPUID). Honest: a feature bit is set only when all instructions behind it are there. One line a feature, so that a feature is switched on where its family is completed.
 */
final class Cpuid {
    /** State components that XSAVE would manage: x87 and SSE. */
    static final long XCR0 = 3;

    // leaf 1, EDX
    private static final int FPU = 1,
            TSC = 1 << 4,
            CX8 = 1 << 8,
            CMOV = 1 << 15,
            MMX = 1 << 23,
            FXSR = 1 << 24,
            SSE = 1 << 25,
            SSE2 = 1 << 26;
    // leaf 1, ECX
    private static final int CX16 = 1 << 13;
    private static final int PCLMULQDQ = 1 << 1, SSSE3 = 1 << 9, AES = 1 << 25;
    // leaf 7, EBX
    private static final int FSGSBASE = 1;
    private static final int SHA = 1 << 29;
    // leaf 0x80000001, EDX
    private static final int SYSCALL = 1 << 11, NX = 1 << 20, RDTSCP = 1 << 27, LM = 1 << 29;
    // leaf 0x80000001, ECX
    private static final int LAHF = 1;

    private static final int FEATURES_1_EDX = FPU | TSC | CX8 | CMOV | MMX | FXSR | SSE | SSE2;
    private static final int FEATURES_1_ECX = CX16 | PCLMULQDQ | SSSE3 | AES;
    private static final int FEATURES_7_EBX = FSGSBASE | SHA;
    private static final int FEATURES_X1_EDX = SYSCALL | NX | RDTSCP | LM;
    private static final int FEATURES_X1_ECX = LAHF;

    /** Family 6, model 0x5e, stepping 3, as EAX of leaf 1 encodes it: a model that software has no special cases for. */
    private static final int SIGNATURE = 0x506e3;

    private static final String BRAND = "gostub amd64 emulator";

    private Cpuid() {}

    static void execute(Cpu c) {
        int leaf = (int) c.r[Cpu.RAX];
        int subleaf = (int) c.r[Cpu.RCX];
        switch (leaf) {
            case 0 -> set(c, 7, text("Genu"), text("ntel"), text("ineI"));
            case 1 -> set(c, SIGNATURE, 8 << 8 | 1 << 16, FEATURES_1_ECX, FEATURES_1_EDX);
            case 7 -> set(c, 0, subleaf == 0 ? FEATURES_7_EBX : 0, 0, 0);
            case 0x80000000 -> set(c, 0x80000008, 0, 0, 0);
            case 0x80000001 -> set(c, 0, 0, FEATURES_X1_ECX, FEATURES_X1_EDX);
            case 0x80000002, 0x80000003, 0x80000004 -> brand(c, (leaf - 0x80000002) * 16);
            case 0x80000008 -> set(c, 48 << 8 | 39, 0, 0, 0);
            default -> set(c, 0, 0, 0, 0);
        }
    }

    private static void brand(Cpu c, int from) {
        set(c, brandWord(from), brandWord(from + 4), brandWord(from + 8), brandWord(from + 12));
    }

    private static int brandWord(int from) {
        int word = 0;
        for (int i = 0; i < 4 && from + i < BRAND.length(); i++) word |= BRAND.charAt(from + i) << 8 * i;
        return word;
    }

    private static int text(String four) {
        return four.charAt(0) | four.charAt(1) << 8 | four.charAt(2) << 16 | four.charAt(3) << 24;
    }

    private static void set(Cpu c, int eax, int ebx, int ecx, int edx) {
        c.r[Cpu.RAX] = eax & 0xffffffffL;
        c.r[Cpu.RBX] = ebx & 0xffffffffL;
        c.r[Cpu.RCX] = ecx & 0xffffffffL;
        c.r[Cpu.RDX] = edx & 0xffffffffL;
    }
}
