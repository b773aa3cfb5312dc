package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;

/**
 * CPUID (SDM vol. 2, CPUID). Honest: a feature bit is set only when all instructions behind it are there. One line a feature, so that a feature is switched on where its family is completed.
 */
final class Cpuid {
    /** State components that XSAVE manages: x87, SSE and AVX. */
    static final long XCR0 = 7;

    // leaf 1, EDX
    private static final int FPU = 1,
            TSC = 1 << 4,
            CX8 = 1 << 8,
            CMOV = 1 << 15,
            CLFSH = 1 << 19,
            MMX = 1 << 23,
            FXSR = 1 << 24,
            SSE = 1 << 25,
            SSE2 = 1 << 26;
    // leaf 1, ECX
    private static final int CX16 = 1 << 13;
    private static final int PCLMULQDQ = 1 << 1, SSSE3 = 1 << 9, AES = 1 << 25;
    private static final int SSE3 = 1, FMA = 1 << 12, SSE4_1 = 1 << 19, SSE4_2 = 1 << 20;
    private static final int XSAVE = 1 << 26, OSXSAVE = 1 << 27, AVX = 1 << 28, F16C = 1 << 29;
    private static final int MOVBE = 1 << 22, POPCNT = 1 << 23, RDRAND = 1 << 30;
    // leaf 7, EBX
    private static final int FSGSBASE = 1, AVX2 = 1 << 5;
    private static final int SHA = 1 << 29;
    // leaf 0xD, subleaf 1, EAX
    private static final int XSAVEOPT = 1, XSAVEC = 1 << 1, XGETBV1 = 1 << 2;
    private static final int BMI1 = 1 << 3,
            BMI2 = 1 << 8,
            ERMS = 1 << 9,
            RDSEED = 1 << 18,
            ADX = 1 << 19,
            CLFLUSHOPT = 1 << 23,
            CLWB = 1 << 24;
    // leaf 7, ECX and EDX
    private static final int RDPID = 1 << 22, FSRM = 1 << 4;
    // leaf 0x80000001, EDX
    private static final int SYSCALL = 1 << 11, NX = 1 << 20, RDTSCP = 1 << 27, LM = 1 << 29;
    // leaf 0x80000001, ECX
    private static final int LAHF = 1, LZCNT = 1 << 5, PREFETCHW = 1 << 8;

    private static final int FEATURES_1_EDX = FPU | TSC | CX8 | CMOV | CLFSH | MMX | FXSR | SSE | SSE2;
    private static final int FEATURES_1_ECX = CX16 | PCLMULQDQ | SSSE3 | AES;
    private static final int FEATURES_1_ECX_VECTORS = SSE3 | SSE4_1 | SSE4_2 | XSAVE | OSXSAVE | AVX | FMA | F16C;
    private static final int FEATURES_7_EBX = FSGSBASE | AVX2 | SHA;
    private static final int FEATURES_X1_EDX = SYSCALL | NX | RDTSCP | LM;
    private static final int FEATURES_1_GENERAL = MOVBE | POPCNT | RDRAND;
    private static final int FEATURES_7_GENERAL = BMI1 | BMI2 | ERMS | RDSEED | ADX | CLFLUSHOPT | CLWB;
    private static final int FEATURES_X1_ECX = LAHF | LZCNT | PREFETCHW;

    /** Family 6, model 0x5e, stepping 3, as EAX of leaf 1 encodes it: a model that software has no special cases for. */
    private static final int SIGNATURE = 0x506e3;

    private static final String BRAND = "gostub amd64 emulator";

    private Cpuid() {}

    static void execute(Cpu c) {
        int leaf = (int) c.r[Cpu.RAX];
        int subleaf = (int) c.r[Cpu.RCX];
        switch (leaf) {
            case 0 -> set(c, 0xd, text("Genu"), text("ntel"), text("ineI"));
            case 1 -> features1(c);
            case 7 -> features7(c, subleaf);
            case 0xd -> stateComponents(c, subleaf);
            case 0x80000000 -> set(c, 0x80000008, 0, 0, 0);
            case 0x80000001 -> set(c, 0, 0, FEATURES_X1_ECX, FEATURES_X1_EDX);
            case 0x80000002, 0x80000003, 0x80000004 -> brand(c, (leaf - 0x80000002) * 16);
            case 0x80000008 -> set(c, 48 << 8 | 39, 0, 0, 0);
            default -> set(c, 0, 0, 0, 0);
        }
    }

    private static void features1(Cpu c) {
        int ecx = FEATURES_1_ECX | FEATURES_1_ECX_VECTORS | FEATURES_1_GENERAL;
        set(c, SIGNATURE, 8 << 8 | 1 << 16, ecx, FEATURES_1_EDX);
    }

    private static void features7(Cpu c, int subleaf) {
        if (subleaf == 0) set(c, 0, FEATURES_7_EBX | FEATURES_7_GENERAL, RDPID, FSRM);
        else set(c, 0, 0, 0, 0);
    }

    /** The XSAVE area: 832 bytes, the upper halves of AVX at 576. */
    private static void stateComponents(Cpu c, int subleaf) {
        switch (subleaf) {
            case 0 -> set(c, (int) XCR0, StateSave.XSAVE_BYTES, StateSave.XSAVE_BYTES, 0);
            case 1 -> set(c, XSAVEOPT | XSAVEC | XGETBV1, StateSave.XSAVE_BYTES, 0, 0);
            case 2 -> set(c, StateSave.AVX_BYTES, StateSave.AVX_OFFSET, 0, 0);
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
