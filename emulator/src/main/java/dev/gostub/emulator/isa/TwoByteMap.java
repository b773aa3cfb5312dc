package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.ControlTransfer.*;
import static dev.gostub.emulator.isa.DataTransfer.*;
import static dev.gostub.emulator.isa.Move.*;
import static dev.gostub.emulator.isa.Multiply.*;
import static dev.gostub.emulator.isa.Processor.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * The two-byte opcode map, 0F xx, general-purpose and system part: Intel SDM vol. 2, table A-3, one line a form, in opcode order. Vector forms of the same map are in tables of their own.
 */
final class TwoByteMap {
    private TwoByteMap() {}

    // spotless:off
    static void fill(FormTable t) {
        t.op(0x01, "XGETBV", XGETBV).reg(2).rm(0);
        t.op(0x01, "RDTSCP", Processor.RDTSCP).reg(7).rm(1);
        t.op(0x05, "SYSCALL", Processor.SYSCALL);
        t.op(0x0b, "UD2", UD);
        for (int i = 0; i < 4; i++) t.op(0x18, "PREFETCH M", Processor.NOP).reg(i); // PREFETCHNTA, T0, T1, T2
        for (int i = 0; i < 4; i++) t.op(0x18, "NOP Rv", Processor.NOP).reg(i);
        for (int i = 4; i < 8; i++) t.op(0x18, "NOP Ev", Processor.NOP).reg(i);
        t.op(0x0d, "PREFETCHW M", Processor.NOP);
        t.op(0x0d, "NOP Rv", Processor.NOP);
        for (int i = 0x19; i < 0x20; i++) t.op(i, "NOP Ev", Processor.NOP); // ENDBR64 (F3 0F 1E FA) among them
        t.op(0x31, "RDTSC", RDTSC);
        for (int i = 0; i < 16; i++) {
            t.op(0x40 | i, "CMOV" + Conditions.NAMES[i] + " Gv,Ev", CMOV);
            t.op(0x80 | i, "J" + Conditions.NAMES[i] + " Jz", JCC).forced64();
            t.op(0x90 | i, "SET" + Conditions.NAMES[i] + " Eb", SET);
        }
        t.op(0xa2, "CPUID", CPUID);
        t.op(0xae, "RDFSBASE Ry", RDFSBASE).reg(0).f3();
        t.op(0xae, "RDGSBASE Ry", RDGSBASE).reg(1).f3();
        t.op(0xae, "WRFSBASE Ry", WRFSBASE).reg(2).f3();
        t.op(0xae, "WRGSBASE Ry", WRGSBASE).reg(3).f3();
        t.op(0xae, "LFENCE", Processor.NOP).reg(5).register().np();
        t.op(0xae, "MFENCE", Processor.NOP).reg(6).register().np();
        t.op(0xae, "SFENCE", Processor.NOP).reg(7).register().np();
        t.op(0xae, "CLFLUSH M", Miscellaneous.CLFLUSH).reg(7).np();
        t.op(0xaf, "IMUL Gv,Ev", IMUL_TRUNCATED);
        t.op(0xb0, "CMPXCHG Eb,Gb", CMPXCHG).lockable();
        t.op(0xb1, "CMPXCHG Ev,Gv", CMPXCHG).lockable();
        t.op(0xb6, "MOVZX Gv,Eb", MOVZX);
        t.op(0xb7, "MOVZX Gv,Ew", MOVZX);
        t.op(0xb9, "UD1 Gv,Ev", UD);
        t.op(0xbe, "MOVSX Gv,Eb", MOVSX);
        t.op(0xbf, "MOVSX Gv,Ew", MOVSX);
        t.op(0xc0, "XADD Eb,Gb", XADD).lockable();
        t.op(0xc1, "XADD Ev,Gv", XADD).lockable();
        for (int i = 0; i < 8; i++) t.op(0xc8 | i, "BSWAP Zv", BSWAP);
        t.op(0xff, "UD0 Gv,Ev", UD);
    }
    // spotless:on
}
