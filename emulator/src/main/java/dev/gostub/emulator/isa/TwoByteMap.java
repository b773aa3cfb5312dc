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
        t.op(0x00, "SLDT Rv", Segmentation.SLDT).reg(0);
        t.op(0x00, "SLDT Mw", Segmentation.SLDT).reg(0);
        t.op(0x00, "STR Rv", Segmentation.STR).reg(1);
        t.op(0x00, "STR Mw", Segmentation.STR).reg(1);
        t.op(0x00, "LLDT Ew", PRIVILEGED).reg(2);
        t.op(0x00, "LTR Ew", PRIVILEGED).reg(3);
        t.op(0x00, "VERR Ew", Segmentation.VERR).reg(4);
        t.op(0x00, "VERW Ew", Segmentation.VERW).reg(5);
        t.op(0x01, "SGDT M", Segmentation.SGDT).reg(0);
        t.op(0x01, "SIDT M", Segmentation.SIDT).reg(1);
        t.op(0x01, "LGDT M", PRIVILEGED).reg(2);
        t.op(0x01, "LIDT M", PRIVILEGED).reg(3);
        t.op(0x01, "SMSW Rv", Segmentation.SMSW).reg(4);
        t.op(0x01, "SMSW Mw", Segmentation.SMSW).reg(4);
        t.op(0x01, "LMSW Ew", PRIVILEGED).reg(6);
        t.op(0x01, "INVLPG M", PRIVILEGED).reg(7);
        t.op(0x01, "SWAPGS", PRIVILEGED).reg(7).rm(0);
        t.op(0x01, "XSETBV", PRIVILEGED).reg(2).rm(1).np();
        t.op(0x01, "XGETBV", XGETBV).reg(2).rm(0);
        t.op(0x01, "RDTSCP", Processor.RDTSCP).reg(7).rm(1);
        t.op(0x02, "LAR Gv,Ew", Segmentation.LAR);
        t.op(0x03, "LSL Gv,Ew", Segmentation.LSL);
        t.op(0x05, "SYSCALL", Processor.SYSCALL);
        t.op(0x07, "SYSRET", PRIVILEGED);
        t.op(0x0b, "UD2", UD);
        for (int i = 0; i < 4; i++) t.op(0x18, "PREFETCH M", Processor.NOP).reg(i); // PREFETCHNTA, T0, T1, T2
        for (int i = 0; i < 4; i++) t.op(0x18, "NOP Rv", Processor.NOP).reg(i);
        for (int i = 4; i < 8; i++) t.op(0x18, "NOP Ev", Processor.NOP).reg(i);
        t.op(0x0d, "PREFETCHW M", Processor.NOP);
        t.op(0x0d, "NOP Rv", Processor.NOP);
        for (int i = 0x19; i < 0x20; i++) t.op(i, "NOP Ev", Processor.NOP); // ENDBR64 (F3 0F 1E FA) among them
        for (int i = 0; i < 8; i++) { // which of them exist is up to REX.R; ModRM.mod does not count
            t.op(0x20, "MOVCR", CONTROL_REGISTER).reg(i);
            t.op(0x21, "MOVDR", DEBUG_REGISTER).reg(i);
            t.op(0x22, "MOVCR", CONTROL_REGISTER).reg(i);
            t.op(0x23, "MOVDR", DEBUG_REGISTER).reg(i);
        }
        t.op(0x31, "RDTSC", RDTSC);
        for (int i = 0; i < 16; i++) {
            t.op(0x40 | i, "CMOV" + Conditions.NAMES[i] + " Gv,Ev", CMOV);
            t.op(0x80 | i, "J" + Conditions.NAMES[i] + " Jz", JCC).forced64();
            t.op(0x90 | i, "SET" + Conditions.NAMES[i] + " Eb", SET);
        }
        t.op(0xa0, "PUSH FS", Segmentation.PUSH_FS).default64();
        t.op(0xa1, "POP FS", Segmentation.POP_FS).default64();
        t.op(0xa2, "CPUID", CPUID);
        t.op(0xa8, "PUSH GS", Segmentation.PUSH_GS).default64();
        t.op(0xa9, "POP GS", Segmentation.POP_GS).default64();
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
        t.op(0xb2, "LSS Gv,M", Segmentation.LSS);
        t.op(0xb4, "LFS Gv,M", Segmentation.LFS);
        t.op(0xb5, "LGS Gv,M", Segmentation.LGS);
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
