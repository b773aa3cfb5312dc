package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.ElementTransfer.*;
import static dev.gostub.emulator.isa.PackedArithmetic.*;
import static dev.gostub.emulator.isa.PackedCompare.*;
import static dev.gostub.emulator.isa.PackedHorizontal.*;
import static dev.gostub.emulator.isa.PackedLogic.*;
import static dev.gostub.emulator.isa.PackedMultiply.*;
import static dev.gostub.emulator.isa.PackedShift.*;
import static dev.gostub.emulator.isa.PackedShuffle.*;

import dev.gostub.emulator.decode.FormTable;

/** Integer SIMD in MMX registers, with the extensions that SSE, SSE2 and SSSE3 brought: Intel SDM vol. 2, tables, in opcode order. */
final class MmxMap {
    private MmxMap() {}

    // spotless:off
    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        t.op(0x60, "PUNPCKLBW Pq,Qd", PUNPCKLBW).np();
        t.op(0x61, "PUNPCKLWD Pq,Qd", PUNPCKLWD).np();
        t.op(0x62, "PUNPCKLDQ Pq,Qd", PUNPCKLDQ).np();
        t.op(0x63, "PACKSSWB Pq,Qq", PACKSSWB).np();
        t.op(0x64, "PCMPGTB Pq,Qq", PCMPGTB).np();
        t.op(0x65, "PCMPGTW Pq,Qq", PCMPGTW).np();
        t.op(0x66, "PCMPGTD Pq,Qq", PCMPGTD).np();
        t.op(0x67, "PACKUSWB Pq,Qq", PACKUSWB).np();
        t.op(0x68, "PUNPCKHBW Pq,Qq", PUNPCKHBW).np();
        t.op(0x69, "PUNPCKHWD Pq,Qq", PUNPCKHWD).np();
        t.op(0x6a, "PUNPCKHDQ Pq,Qq", PUNPCKHDQ).np();
        t.op(0x6b, "PACKSSDW Pq,Qq", PACKSSDW).np();
        t.op(0x6e, "MOVD Pq,Ey", MOVD).np(); // MOVQ with REX.W
        t.op(0x6f, "MOVQ Pq,Qq", VectorMove.MOVQ_MMX).np();
        t.op(0x70, "PSHUFW Pq,Qq,Ib", PSHUFW).np();
        t.op(0x71, "PSRLW Nq,Ib", PSRLW).np().reg(2);
        t.op(0x71, "PSRAW Nq,Ib", PSRAW).np().reg(4);
        t.op(0x71, "PSLLW Nq,Ib", PSLLW).np().reg(6);
        t.op(0x72, "PSRLD Nq,Ib", PSRLD).np().reg(2);
        t.op(0x72, "PSRAD Nq,Ib", PSRAD).np().reg(4);
        t.op(0x72, "PSLLD Nq,Ib", PSLLD).np().reg(6);
        t.op(0x73, "PSRLQ Nq,Ib", PSRLQ).np().reg(2);
        t.op(0x73, "PSLLQ Nq,Ib", PSLLQ).np().reg(6);
        t.op(0x74, "PCMPEQB Pq,Qq", PCMPEQB).np();
        t.op(0x75, "PCMPEQW Pq,Qq", PCMPEQW).np();
        t.op(0x76, "PCMPEQD Pq,Qq", PCMPEQD).np();
        t.op(0x77, "EMMS", X87Control.EMMS).np();
        t.op(0x7e, "MOVD Ey,Pq", MOVD).np(); // MOVQ with REX.W
        t.op(0x7f, "MOVQ Qq,Pq", VectorMove.MOVQ_MMX).np();
        t.op(0xc4, "PINSRW Pq,Rd,Ib", PINSR).np();
        t.op(0xc4, "PINSRW Pq,Mw,Ib", PINSR).np();
        t.op(0xc5, "PEXTRW Gd,Nq,Ib", PEXTR).np();
        t.op(0xd1, "PSRLW Pq,Qq", PSRLW).np();
        t.op(0xd2, "PSRLD Pq,Qq", PSRLD).np();
        t.op(0xd3, "PSRLQ Pq,Qq", PSRLQ).np();
        t.op(0xd4, "PADDQ Pq,Qq", PADDQ).np();
        t.op(0xd5, "PMULLW Pq,Qq", PMULLW).np();
        t.op(0xd6, "MOVQ2DQ Vdq,Nq", VectorMove.MOVQ2DQ).f3();
        t.op(0xd6, "MOVDQ2Q Pq,Udq", VectorMove.MOVDQ2Q).f2();
        t.op(0xd7, "PMOVMSKB Gd,Nq", PMOVMSKB).np();
        t.op(0xd8, "PSUBUSB Pq,Qq", PSUBUSB).np();
        t.op(0xd9, "PSUBUSW Pq,Qq", PSUBUSW).np();
        t.op(0xda, "PMINUB Pq,Qq", PMINUB).np();
        t.op(0xdb, "PAND Pq,Qq", PAND).np();
        t.op(0xdc, "PADDUSB Pq,Qq", PADDUSB).np();
        t.op(0xdd, "PADDUSW Pq,Qq", PADDUSW).np();
        t.op(0xde, "PMAXUB Pq,Qq", PMAXUB).np();
        t.op(0xdf, "PANDN Pq,Qq", PANDN).np();
        t.op(0xe0, "PAVGB Pq,Qq", PAVGB).np();
        t.op(0xe1, "PSRAW Pq,Qq", PSRAW).np();
        t.op(0xe2, "PSRAD Pq,Qq", PSRAD).np();
        t.op(0xe3, "PAVGW Pq,Qq", PAVGW).np();
        t.op(0xe4, "PMULHUW Pq,Qq", PMULHUW).np();
        t.op(0xe5, "PMULHW Pq,Qq", PMULHW).np();
        t.op(0xe7, "MOVNTQ Mq,Pq", VectorMove.MOVQ_MMX).np();
        t.op(0xe8, "PSUBSB Pq,Qq", PSUBSB).np();
        t.op(0xe9, "PSUBSW Pq,Qq", PSUBSW).np();
        t.op(0xea, "PMINSW Pq,Qq", PMINSW).np();
        t.op(0xeb, "POR Pq,Qq", POR).np();
        t.op(0xec, "PADDSB Pq,Qq", PADDSB).np();
        t.op(0xed, "PADDSW Pq,Qq", PADDSW).np();
        t.op(0xee, "PMAXSW Pq,Qq", PMAXSW).np();
        t.op(0xef, "PXOR Pq,Qq", PXOR).np();
        t.op(0xf1, "PSLLW Pq,Qq", PSLLW).np();
        t.op(0xf2, "PSLLD Pq,Qq", PSLLD).np();
        t.op(0xf3, "PSLLQ Pq,Qq", PSLLQ).np();
        t.op(0xf4, "PMULUDQ Pq,Qq", PMULUDQ).np();
        t.op(0xf5, "PMADDWD Pq,Qq", PMADDWD).np();
        t.op(0xf6, "PSADBW Pq,Qq", PSADBW).np();
        t.op(0xf7, "MASKMOVQ Pq,Nq", MaskedMove.MASKMOVQ).np();
        t.op(0xf8, "PSUBB Pq,Qq", PSUBB).np();
        t.op(0xf9, "PSUBW Pq,Qq", PSUBW).np();
        t.op(0xfa, "PSUBD Pq,Qq", PSUBD).np();
        t.op(0xfb, "PSUBQ Pq,Qq", PSUBQ).np();
        t.op(0xfc, "PADDB Pq,Qq", PADDB).np();
        t.op(0xfd, "PADDW Pq,Qq", PADDW).np();
        t.op(0xfe, "PADDD Pq,Qq", PADDD).np();

        t38.op(0x00, "PSHUFB Pq,Qq", PSHUFB).np();
        t38.op(0x01, "PHADDW Pq,Qq", PHADDW).np();
        t38.op(0x02, "PHADDD Pq,Qq", PHADDD).np();
        t38.op(0x03, "PHADDSW Pq,Qq", PHADDSW).np();
        t38.op(0x04, "PMADDUBSW Pq,Qq", PMADDUBSW).np();
        t38.op(0x05, "PHSUBW Pq,Qq", PHSUBW).np();
        t38.op(0x06, "PHSUBD Pq,Qq", PHSUBD).np();
        t38.op(0x07, "PHSUBSW Pq,Qq", PHSUBSW).np();
        t38.op(0x08, "PSIGNB Pq,Qq", PSIGNB).np();
        t38.op(0x09, "PSIGNW Pq,Qq", PSIGNW).np();
        t38.op(0x0a, "PSIGND Pq,Qq", PSIGND).np();
        t38.op(0x0b, "PMULHRSW Pq,Qq", PMULHRSW).np();
        t38.op(0x1c, "PABSB Pq,Qq", PABSB).np();
        t38.op(0x1d, "PABSW Pq,Qq", PABSW).np();
        t38.op(0x1e, "PABSD Pq,Qq", PABSD).np();

        t3a.op(0x0f, "PALIGNR Pq,Qq,Ib", PALIGNR).np();
    }
    // spotless:on
}
