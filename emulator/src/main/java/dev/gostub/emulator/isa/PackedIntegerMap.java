package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Aes.*;
import static dev.gostub.emulator.isa.CarrylessMultiply.*;
import static dev.gostub.emulator.isa.ElementTransfer.*;
import static dev.gostub.emulator.isa.PackedArithmetic.*;
import static dev.gostub.emulator.isa.PackedCompare.*;
import static dev.gostub.emulator.isa.PackedExtend.*;
import static dev.gostub.emulator.isa.PackedHorizontal.*;
import static dev.gostub.emulator.isa.PackedLogic.*;
import static dev.gostub.emulator.isa.PackedMultiply.*;
import static dev.gostub.emulator.isa.PackedShift.*;
import static dev.gostub.emulator.isa.PackedShuffle.*;
import static dev.gostub.emulator.isa.PackedTest.*;
import static dev.gostub.emulator.isa.Sha.*;
import static dev.gostub.emulator.isa.StringCompare.*;
import static dev.gostub.emulator.isa.VariableBlend.*;
import static dev.gostub.emulator.isa.VectorMove.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * Integer SIMD and full-width vector moves in the maps 0F, 0F38 and 0F3A, legacy encodings of XMM registers: Intel SDM vol. 2, tables, in opcode order. The forms of MMX registers and those with
 * VEX are in tables of their own.
 */
final class PackedIntegerMap {
    private PackedIntegerMap() {}

    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        map0F(t);
        map0F38(t38);
        map0F3A(t3a);
        MmxMap.fill(t, t38, t3a);
        VexIntegerMap.fill(t, t38, t3a);
    }

    // spotless:off
    private static void map0F(FormTable t) {
        t.op(0x10, "MOVUPS Vdq,Wdq", MOVDQU).np();
        t.op(0x10, "MOVUPD Vdq,Wdq", MOVDQU).p66();
        t.op(0x11, "MOVUPS Wdq,Vdq", MOVDQU).np();
        t.op(0x11, "MOVUPD Wdq,Vdq", MOVDQU).p66();
        t.op(0x28, "MOVAPS Vdq,Wdq", MOVDQA).np();
        t.op(0x28, "MOVAPD Vdq,Wdq", MOVDQA).p66();
        t.op(0x29, "MOVAPS Wdq,Vdq", MOVDQA).np();
        t.op(0x29, "MOVAPD Wdq,Vdq", MOVDQA).p66();
        t.op(0x2b, "MOVNTPS Mdq,Vdq", MOVDQA).np();
        t.op(0x2b, "MOVNTPD Mdq,Vdq", MOVDQA).p66();
        t.op(0x60, "PUNPCKLBW Vdq,Wdq", PUNPCKLBW).p66();
        t.op(0x61, "PUNPCKLWD Vdq,Wdq", PUNPCKLWD).p66();
        t.op(0x62, "PUNPCKLDQ Vdq,Wdq", PUNPCKLDQ).p66();
        t.op(0x63, "PACKSSWB Vdq,Wdq", PACKSSWB).p66();
        t.op(0x64, "PCMPGTB Vdq,Wdq", PCMPGTB).p66();
        t.op(0x65, "PCMPGTW Vdq,Wdq", PCMPGTW).p66();
        t.op(0x66, "PCMPGTD Vdq,Wdq", PCMPGTD).p66();
        t.op(0x67, "PACKUSWB Vdq,Wdq", PACKUSWB).p66();
        t.op(0x68, "PUNPCKHBW Vdq,Wdq", PUNPCKHBW).p66();
        t.op(0x69, "PUNPCKHWD Vdq,Wdq", PUNPCKHWD).p66();
        t.op(0x6a, "PUNPCKHDQ Vdq,Wdq", PUNPCKHDQ).p66();
        t.op(0x6b, "PACKSSDW Vdq,Wdq", PACKSSDW).p66();
        t.op(0x6c, "PUNPCKLQDQ Vdq,Wdq", PUNPCKLQDQ).p66();
        t.op(0x6d, "PUNPCKHQDQ Vdq,Wdq", PUNPCKHQDQ).p66();
        t.op(0x6e, "MOVD Vdq,Ey", MOVD).p66(); // MOVQ with REX.W
        t.op(0x6f, "MOVDQA Vdq,Wdq", MOVDQA).p66();
        t.op(0x6f, "MOVDQU Vdq,Wdq", MOVDQU).f3();
        t.op(0x70, "PSHUFD Vdq,Wdq,Ib", PSHUFD).p66();
        t.op(0x70, "PSHUFHW Vdq,Wdq,Ib", PSHUFHW).f3();
        t.op(0x70, "PSHUFLW Vdq,Wdq,Ib", PSHUFLW).f2();
        t.op(0x71, "PSRLW Udq,Ib", PSRLW).p66().reg(2);
        t.op(0x71, "PSRAW Udq,Ib", PSRAW).p66().reg(4);
        t.op(0x71, "PSLLW Udq,Ib", PSLLW).p66().reg(6);
        t.op(0x72, "PSRLD Udq,Ib", PSRLD).p66().reg(2);
        t.op(0x72, "PSRAD Udq,Ib", PSRAD).p66().reg(4);
        t.op(0x72, "PSLLD Udq,Ib", PSLLD).p66().reg(6);
        t.op(0x73, "PSRLQ Udq,Ib", PSRLQ).p66().reg(2);
        t.op(0x73, "PSRLDQ Udq,Ib", PSRLDQ).p66().reg(3);
        t.op(0x73, "PSLLQ Udq,Ib", PSLLQ).p66().reg(6);
        t.op(0x73, "PSLLDQ Udq,Ib", PSLLDQ).p66().reg(7);
        t.op(0x74, "PCMPEQB Vdq,Wdq", PCMPEQB).p66();
        t.op(0x75, "PCMPEQW Vdq,Wdq", PCMPEQW).p66();
        t.op(0x76, "PCMPEQD Vdq,Wdq", PCMPEQD).p66();
        t.op(0x7e, "MOVD Ey,Vdq", MOVD).p66(); // MOVQ with REX.W
        t.op(0x7e, "MOVQ Vq,Wq", VectorMove.MOVQ).f3();
        t.op(0x7f, "MOVDQA Wdq,Vdq", MOVDQA).p66();
        t.op(0x7f, "MOVDQU Wdq,Vdq", MOVDQU).f3();
        t.op(0xc4, "PINSRW Vdq,Rd,Ib", PINSR).p66();
        t.op(0xc4, "PINSRW Vdq,Mw,Ib", PINSR).p66();
        t.op(0xc5, "PEXTRW Gd,Udq,Ib", PEXTR).p66();
        t.op(0xd1, "PSRLW Vdq,Wdq", PSRLW).p66();
        t.op(0xd2, "PSRLD Vdq,Wdq", PSRLD).p66();
        t.op(0xd3, "PSRLQ Vdq,Wdq", PSRLQ).p66();
        t.op(0xd4, "PADDQ Vdq,Wdq", PADDQ).p66();
        t.op(0xd5, "PMULLW Vdq,Wdq", PMULLW).p66();
        t.op(0xd6, "MOVQ Wq,Vq", VectorMove.MOVQ).p66();
        t.op(0xd7, "PMOVMSKB Gd,Udq", PMOVMSKB).p66();
        t.op(0xd8, "PSUBUSB Vdq,Wdq", PSUBUSB).p66();
        t.op(0xd9, "PSUBUSW Vdq,Wdq", PSUBUSW).p66();
        t.op(0xda, "PMINUB Vdq,Wdq", PMINUB).p66();
        t.op(0xdb, "PAND Vdq,Wdq", PAND).p66();
        t.op(0xdc, "PADDUSB Vdq,Wdq", PADDUSB).p66();
        t.op(0xdd, "PADDUSW Vdq,Wdq", PADDUSW).p66();
        t.op(0xde, "PMAXUB Vdq,Wdq", PMAXUB).p66();
        t.op(0xdf, "PANDN Vdq,Wdq", PANDN).p66();
        t.op(0xe0, "PAVGB Vdq,Wdq", PAVGB).p66();
        t.op(0xe1, "PSRAW Vdq,Wdq", PSRAW).p66();
        t.op(0xe2, "PSRAD Vdq,Wdq", PSRAD).p66();
        t.op(0xe3, "PAVGW Vdq,Wdq", PAVGW).p66();
        t.op(0xe4, "PMULHUW Vdq,Wdq", PMULHUW).p66();
        t.op(0xe5, "PMULHW Vdq,Wdq", PMULHW).p66();
        t.op(0xe7, "MOVNTDQ Mdq,Vdq", MOVDQA).p66();
        t.op(0xe8, "PSUBSB Vdq,Wdq", PSUBSB).p66();
        t.op(0xe9, "PSUBSW Vdq,Wdq", PSUBSW).p66();
        t.op(0xea, "PMINSW Vdq,Wdq", PMINSW).p66();
        t.op(0xeb, "POR Vdq,Wdq", POR).p66();
        t.op(0xec, "PADDSB Vdq,Wdq", PADDSB).p66();
        t.op(0xed, "PADDSW Vdq,Wdq", PADDSW).p66();
        t.op(0xee, "PMAXSW Vdq,Wdq", PMAXSW).p66();
        t.op(0xef, "PXOR Vdq,Wdq", PXOR).p66();
        t.op(0xf0, "LDDQU Vdq,Mdq", MOVDQU).f2();
        t.op(0xf1, "PSLLW Vdq,Wdq", PSLLW).p66();
        t.op(0xf2, "PSLLD Vdq,Wdq", PSLLD).p66();
        t.op(0xf3, "PSLLQ Vdq,Wdq", PSLLQ).p66();
        t.op(0xf4, "PMULUDQ Vdq,Wdq", PMULUDQ).p66();
        t.op(0xf5, "PMADDWD Vdq,Wdq", PMADDWD).p66();
        t.op(0xf6, "PSADBW Vdq,Wdq", PSADBW).p66();
        t.op(0xf7, "MASKMOVDQU Vdq,Udq", MaskedMove.MASKMOVDQU).p66();
        t.op(0xf8, "PSUBB Vdq,Wdq", PSUBB).p66();
        t.op(0xf9, "PSUBW Vdq,Wdq", PSUBW).p66();
        t.op(0xfa, "PSUBD Vdq,Wdq", PSUBD).p66();
        t.op(0xfb, "PSUBQ Vdq,Wdq", PSUBQ).p66();
        t.op(0xfc, "PADDB Vdq,Wdq", PADDB).p66();
        t.op(0xfd, "PADDW Vdq,Wdq", PADDW).p66();
        t.op(0xfe, "PADDD Vdq,Wdq", PADDD).p66();
    }

    private static void map0F38(FormTable t) {
        t.op(0x00, "PSHUFB Vdq,Wdq", PSHUFB).p66();
        t.op(0x01, "PHADDW Vdq,Wdq", PHADDW).p66();
        t.op(0x02, "PHADDD Vdq,Wdq", PHADDD).p66();
        t.op(0x03, "PHADDSW Vdq,Wdq", PHADDSW).p66();
        t.op(0x04, "PMADDUBSW Vdq,Wdq", PMADDUBSW).p66();
        t.op(0x05, "PHSUBW Vdq,Wdq", PHSUBW).p66();
        t.op(0x06, "PHSUBD Vdq,Wdq", PHSUBD).p66();
        t.op(0x07, "PHSUBSW Vdq,Wdq", PHSUBSW).p66();
        t.op(0x08, "PSIGNB Vdq,Wdq", PSIGNB).p66();
        t.op(0x09, "PSIGNW Vdq,Wdq", PSIGNW).p66();
        t.op(0x0a, "PSIGND Vdq,Wdq", PSIGND).p66();
        t.op(0x0b, "PMULHRSW Vdq,Wdq", PMULHRSW).p66();
        t.op(0x10, "PBLENDVB Vdq,Wdq,XMM0", PBLENDVB).p66();
        t.op(0x17, "PTEST Vdq,Wdq", PTEST).p66();
        t.op(0x1c, "PABSB Vdq,Wdq", PABSB).p66();
        t.op(0x1d, "PABSW Vdq,Wdq", PABSW).p66();
        t.op(0x1e, "PABSD Vdq,Wdq", PABSD).p66();
        t.op(0x20, "PMOVSXBW Vdq,Wq", PMOVSXBW).p66();
        t.op(0x21, "PMOVSXBD Vdq,Wd", PMOVSXBD).p66();
        t.op(0x22, "PMOVSXBQ Vdq,Ww", PMOVSXBQ).p66();
        t.op(0x23, "PMOVSXWD Vdq,Wq", PMOVSXWD).p66();
        t.op(0x24, "PMOVSXWQ Vdq,Wd", PMOVSXWQ).p66();
        t.op(0x25, "PMOVSXDQ Vdq,Wq", PMOVSXDQ).p66();
        t.op(0x28, "PMULDQ Vdq,Wdq", PMULDQ).p66();
        t.op(0x29, "PCMPEQQ Vdq,Wdq", PCMPEQQ).p66();
        t.op(0x2a, "MOVNTDQA Vdq,Mdq", MOVDQA).p66();
        t.op(0x2b, "PACKUSDW Vdq,Wdq", PACKUSDW).p66();
        t.op(0x30, "PMOVZXBW Vdq,Wq", PMOVZXBW).p66();
        t.op(0x31, "PMOVZXBD Vdq,Wd", PMOVZXBD).p66();
        t.op(0x32, "PMOVZXBQ Vdq,Ww", PMOVZXBQ).p66();
        t.op(0x33, "PMOVZXWD Vdq,Wq", PMOVZXWD).p66();
        t.op(0x34, "PMOVZXWQ Vdq,Wd", PMOVZXWQ).p66();
        t.op(0x35, "PMOVZXDQ Vdq,Wq", PMOVZXDQ).p66();
        t.op(0x37, "PCMPGTQ Vdq,Wdq", PCMPGTQ).p66();
        t.op(0x38, "PMINSB Vdq,Wdq", PMINSB).p66();
        t.op(0x39, "PMINSD Vdq,Wdq", PMINSD).p66();
        t.op(0x3a, "PMINUW Vdq,Wdq", PMINUW).p66();
        t.op(0x3b, "PMINUD Vdq,Wdq", PMINUD).p66();
        t.op(0x3c, "PMAXSB Vdq,Wdq", PMAXSB).p66();
        t.op(0x3d, "PMAXSD Vdq,Wdq", PMAXSD).p66();
        t.op(0x3e, "PMAXUW Vdq,Wdq", PMAXUW).p66();
        t.op(0x3f, "PMAXUD Vdq,Wdq", PMAXUD).p66();
        t.op(0x40, "PMULLD Vdq,Wdq", PMULLD).p66();
        t.op(0x41, "PHMINPOSUW Vdq,Wdq", PHMINPOSUW).p66();
        t.op(0xc8, "SHA1NEXTE Vdq,Wdq", SHA1NEXTE).np();
        t.op(0xc9, "SHA1MSG1 Vdq,Wdq", SHA1MSG1).np();
        t.op(0xca, "SHA1MSG2 Vdq,Wdq", SHA1MSG2).np();
        t.op(0xcb, "SHA256RNDS2 Vdq,Wdq,XMM0", SHA256RNDS2).np();
        t.op(0xcc, "SHA256MSG1 Vdq,Wdq", SHA256MSG1).np();
        t.op(0xcd, "SHA256MSG2 Vdq,Wdq", SHA256MSG2).np();
        t.op(0xdb, "AESIMC Vdq,Wdq", AESIMC).p66();
        t.op(0xdc, "AESENC Vdq,Wdq", AESENC).p66();
        t.op(0xdd, "AESENCLAST Vdq,Wdq", AESENCLAST).p66();
        t.op(0xde, "AESDEC Vdq,Wdq", AESDEC).p66();
        t.op(0xdf, "AESDECLAST Vdq,Wdq", AESDECLAST).p66();
    }

    private static void map0F3A(FormTable t) {
        t.op(0x0e, "PBLENDW Vdq,Wdq,Ib", PBLENDW).p66();
        t.op(0x0f, "PALIGNR Vdq,Wdq,Ib", PALIGNR).p66();
        t.op(0x14, "PEXTRB Rd,Vdq,Ib", PEXTR).p66();
        t.op(0x14, "PEXTRB Mb,Vdq,Ib", PEXTR).p66();
        t.op(0x15, "PEXTRW Rd,Vdq,Ib", PEXTR).p66();
        t.op(0x15, "PEXTRW Mw,Vdq,Ib", PEXTR).p66();
        t.op(0x16, "PEXTRD Ey,Vdq,Ib", PEXTR).p66(); // with REX.W PEXTRQ
        t.op(0x20, "PINSRB Vdq,Rd,Ib", PINSR).p66();
        t.op(0x20, "PINSRB Vdq,Mb,Ib", PINSR).p66();
        t.op(0x22, "PINSRD Vdq,Ey,Ib", PINSR).p66(); // with REX.W PINSRQ
        t.op(0x42, "MPSADBW Vdq,Wdq,Ib", MPSADBW).p66();
        t.op(0x44, "PCLMULQDQ Vdq,Wdq,Ib", PCLMULQDQ).p66();
        t.op(0x60, "PCMPESTRM Vdq,Wdq,Ib", PCMPESTRM).p66();
        t.op(0x61, "PCMPESTRI Vdq,Wdq,Ib", PCMPESTRI).p66();
        t.op(0x62, "PCMPISTRM Vdq,Wdq,Ib", PCMPISTRM).p66();
        t.op(0x63, "PCMPISTRI Vdq,Wdq,Ib", PCMPISTRI).p66();
        t.op(0xcc, "SHA1RNDS4 Vdq,Wdq,Ib", SHA1RNDS4).np();
        t.op(0xdf, "AESKEYGENASSIST Vdq,Wdq,Ib", AESKEYGENASSIST).p66();
    }
    // spotless:on
}
