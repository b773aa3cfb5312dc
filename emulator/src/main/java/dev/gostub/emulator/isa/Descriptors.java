package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.GuestFault;

/**
 * The segment descriptors that a program can use: Linux's global descriptor table ({@code arch/x86/include/asm/segment.h}) as privilege level 3 sees it. None has a base; the others belong to the kernel or are empty.
 */
enum Descriptors {
    /** 32-bit code, {@code __USER32_CS}. We have no compatibility mode, so that nobody gets there. */
    USER32_CS(0x20, 0xcffb00, 0xffffffffL, false),
    USER_DS(0x28, 0xcff300, 0xffffffffL, true),
    USER_CS(0x30, 0xaffb00, 0xffffffffL, false),
    /** Read-only data, the limit of which is the number of the processor: what getcpu of the vDSO asks LSL for. */
    CPUNODE(0x78, 0x40f500, 0, false);

    private static final int NULL_SELECTORS = 3;
    private static final int SS = 2, FS = 4, GS = 5;

    private final int selector;
    /** What LAR answers: type, privilege level, flags, and the upper limit bits, as most processors give them. */
    final long rights;

    final long limit;
    final boolean writable;

    Descriptors(int selector, long rights, long limit, boolean writable) {
        this.selector = selector;
        this.rights = rights;
        this.limit = limit;
        this.writable = writable;
    }

    /** Whether a selector, with whatever privilege, names this one. */
    boolean isNamedBy(long chosen) {
        return (chosen & 0xfffc) == selector;
    }

    static boolean isUsable(long chosen) {
        for (Descriptors each : values()) if (each.isNamedBy(chosen)) return true;
        return false;
    }

    static Descriptors of(long chosen) {
        for (Descriptors each : values()) if (each.isNamedBy(chosen)) return each;
        throw new IllegalStateException("no descriptor " + Long.toHexString(chosen));
    }

    /** The selector can be loaded into ES, SS, DS, FS or GS; else #GP with its number (SDM vol. 2, MOV). */
    static void check(int segment, long value) {
        int chosen = (int) value & 0xffff;
        boolean good = segment == SS
                ? USER_DS.isNamedBy(chosen) && (chosen & 3) == 3
                : chosen <= NULL_SELECTORS || isUsable(chosen);
        if (!good) throw refused(chosen);
    }

    static GuestFault refused(long chosen) {
        return GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION, (int) chosen & 0xfffc);
    }

    /** Loads a segment register that {@link #check} lets through; the base of FS and GS becomes the descriptor's, 0. */
    static void load(Cpu c, int segment, long value) {
        check(segment, value);
        c.selectors[segment] = (int) value & 0xffff;
        if (segment == FS) c.fsBase = 0;
        if (segment == GS) c.gsBase = 0;
    }
}
