package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Aes.*;
import static dev.gostub.emulator.isa.CarrylessMultiply.*;
import static dev.gostub.emulator.isa.ElementTransfer.*;
import static dev.gostub.emulator.isa.Gather.*;
import static dev.gostub.emulator.isa.MaskedMove.*;
import static dev.gostub.emulator.isa.PackedArithmetic.*;
import static dev.gostub.emulator.isa.PackedCompare.*;
import static dev.gostub.emulator.isa.PackedExtend.*;
import static dev.gostub.emulator.isa.PackedHorizontal.*;
import static dev.gostub.emulator.isa.PackedLogic.*;
import static dev.gostub.emulator.isa.PackedMultiply.*;
import static dev.gostub.emulator.isa.PackedShift.*;
import static dev.gostub.emulator.isa.PackedShuffle.*;
import static dev.gostub.emulator.isa.PackedTest.*;
import static dev.gostub.emulator.isa.StringCompare.*;
import static dev.gostub.emulator.isa.VariableBlend.*;
import static dev.gostub.emulator.isa.VariableShift.*;
import static dev.gostub.emulator.isa.VectorMove.*;
import static dev.gostub.emulator.isa.VectorPermute.*;

import dev.gostub.emulator.decode.FormTable;

/** Integer SIMD and full-width vector moves with VEX (AVX, AVX2): Intel SDM vol. 2, tables, in opcode order. Gathers of floating-point elements are here too: only elements move. */
final class VexIntegerMap {
    private VexIntegerMap() {}

    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        map0F(t);
        map0F38(t38);
        map0F3A(t3a);
    }

    // spotless:off
    private static void map0F(FormTable t) {
        t.op(0x10, "VMOVUPS Vx,Wx", MOVDQU).np().vex();
        t.op(0x10, "VMOVUPD Vx,Wx", MOVDQU).p66().vex();
        t.op(0x11, "VMOVUPS Wx,Vx", MOVDQU).np().vex();
        t.op(0x11, "VMOVUPD Wx,Vx", MOVDQU).p66().vex();
        t.op(0x28, "VMOVAPS Vx,Wx", MOVDQA).np().vex();
        t.op(0x28, "VMOVAPD Vx,Wx", MOVDQA).p66().vex();
        t.op(0x29, "VMOVAPS Wx,Vx", MOVDQA).np().vex();
        t.op(0x29, "VMOVAPD Wx,Vx", MOVDQA).p66().vex();
        t.op(0x2b, "VMOVNTPS Mx,Vx", MOVDQA).np().vex();
        t.op(0x2b, "VMOVNTPD Mx,Vx", MOVDQA).p66().vex();
        t.op(0x60, "VPUNPCKLBW Vx,Hx,Wx", PUNPCKLBW).p66().vex();
        t.op(0x61, "VPUNPCKLWD Vx,Hx,Wx", PUNPCKLWD).p66().vex();
        t.op(0x62, "VPUNPCKLDQ Vx,Hx,Wx", PUNPCKLDQ).p66().vex();
        t.op(0x63, "VPACKSSWB Vx,Hx,Wx", PACKSSWB).p66().vex();
        t.op(0x64, "VPCMPGTB Vx,Hx,Wx", PCMPGTB).p66().vex();
        t.op(0x65, "VPCMPGTW Vx,Hx,Wx", PCMPGTW).p66().vex();
        t.op(0x66, "VPCMPGTD Vx,Hx,Wx", PCMPGTD).p66().vex();
        t.op(0x67, "VPACKUSWB Vx,Hx,Wx", PACKUSWB).p66().vex();
        t.op(0x68, "VPUNPCKHBW Vx,Hx,Wx", PUNPCKHBW).p66().vex();
        t.op(0x69, "VPUNPCKHWD Vx,Hx,Wx", PUNPCKHWD).p66().vex();
        t.op(0x6a, "VPUNPCKHDQ Vx,Hx,Wx", PUNPCKHDQ).p66().vex();
        t.op(0x6b, "VPACKSSDW Vx,Hx,Wx", PACKSSDW).p66().vex();
        t.op(0x6c, "VPUNPCKLQDQ Vx,Hx,Wx", PUNPCKLQDQ).p66().vex();
        t.op(0x6d, "VPUNPCKHQDQ Vx,Hx,Wx", PUNPCKHQDQ).p66().vex();
        t.op(0x6e, "VMOVD Vdq,Ey", MOVD).p66().vex().l0(); // MOVQ with REX.W
        t.op(0x6f, "VMOVDQA Vx,Wx", MOVDQA).p66().vex();
        t.op(0x6f, "VMOVDQU Vx,Wx", MOVDQU).f3().vex();
        t.op(0x70, "VPSHUFD Vx,Wx,Ib", PSHUFD).p66().vex();
        t.op(0x70, "VPSHUFHW Vx,Wx,Ib", PSHUFHW).f3().vex();
        t.op(0x70, "VPSHUFLW Vx,Wx,Ib", PSHUFLW).f2().vex();
        t.op(0x71, "VPSRLW Hx,Ux,Ib", PSRLW).p66().reg(2).vex();
        t.op(0x71, "VPSRAW Hx,Ux,Ib", PSRAW).p66().reg(4).vex();
        t.op(0x71, "VPSLLW Hx,Ux,Ib", PSLLW).p66().reg(6).vex();
        t.op(0x72, "VPSRLD Hx,Ux,Ib", PSRLD).p66().reg(2).vex();
        t.op(0x72, "VPSRAD Hx,Ux,Ib", PSRAD).p66().reg(4).vex();
        t.op(0x72, "VPSLLD Hx,Ux,Ib", PSLLD).p66().reg(6).vex();
        t.op(0x73, "VPSRLQ Hx,Ux,Ib", PSRLQ).p66().reg(2).vex();
        t.op(0x73, "VPSRLDQ Hx,Ux,Ib", PSRLDQ).p66().reg(3).vex();
        t.op(0x73, "VPSLLQ Hx,Ux,Ib", PSLLQ).p66().reg(6).vex();
        t.op(0x73, "VPSLLDQ Hx,Ux,Ib", PSLLDQ).p66().reg(7).vex();
        t.op(0x74, "VPCMPEQB Vx,Hx,Wx", PCMPEQB).p66().vex();
        t.op(0x75, "VPCMPEQW Vx,Hx,Wx", PCMPEQW).p66().vex();
        t.op(0x76, "VPCMPEQD Vx,Hx,Wx", PCMPEQD).p66().vex();
        t.op(0x77, "VZEROUPPER", VZEROUPPER).vex().l0();
        t.op(0x77, "VZEROALL", VZEROALL).vex().l1();
        t.op(0x7e, "VMOVD Ey,Vdq", MOVD).p66().vex().l0(); // MOVQ with REX.W
        t.op(0x7e, "VMOVQ Vq,Wq", VectorMove.MOVQ).f3().vex().l0();
        t.op(0x7f, "VMOVDQA Wx,Vx", MOVDQA).p66().vex();
        t.op(0x7f, "VMOVDQU Wx,Vx", MOVDQU).f3().vex();
        t.op(0xc4, "VPINSRW Vdq,Hdq,Rd,Ib", PINSR).p66().vex().l0();
        t.op(0xc4, "VPINSRW Vdq,Hdq,Mw,Ib", PINSR).p66().vex().l0();
        t.op(0xc5, "VPEXTRW Gd,Udq,Ib", PEXTR).p66().vex().l0();
        t.op(0xd1, "VPSRLW Vx,Hx,Wdq", PSRLW).p66().vex();
        t.op(0xd2, "VPSRLD Vx,Hx,Wdq", PSRLD).p66().vex();
        t.op(0xd3, "VPSRLQ Vx,Hx,Wdq", PSRLQ).p66().vex();
        t.op(0xd4, "VPADDQ Vx,Hx,Wx", PADDQ).p66().vex();
        t.op(0xd5, "VPMULLW Vx,Hx,Wx", PMULLW).p66().vex();
        t.op(0xd6, "VMOVQ Wq,Vq", VectorMove.MOVQ).p66().vex().l0();
        t.op(0xd7, "VPMOVMSKB Gd,Ux", PMOVMSKB).p66().vex();
        t.op(0xd8, "VPSUBUSB Vx,Hx,Wx", PSUBUSB).p66().vex();
        t.op(0xd9, "VPSUBUSW Vx,Hx,Wx", PSUBUSW).p66().vex();
        t.op(0xda, "VPMINUB Vx,Hx,Wx", PMINUB).p66().vex();
        t.op(0xdb, "VPAND Vx,Hx,Wx", PAND).p66().vex();
        t.op(0xdc, "VPADDUSB Vx,Hx,Wx", PADDUSB).p66().vex();
        t.op(0xdd, "VPADDUSW Vx,Hx,Wx", PADDUSW).p66().vex();
        t.op(0xde, "VPMAXUB Vx,Hx,Wx", PMAXUB).p66().vex();
        t.op(0xdf, "VPANDN Vx,Hx,Wx", PANDN).p66().vex();
        t.op(0xe0, "VPAVGB Vx,Hx,Wx", PAVGB).p66().vex();
        t.op(0xe1, "VPSRAW Vx,Hx,Wdq", PSRAW).p66().vex();
        t.op(0xe2, "VPSRAD Vx,Hx,Wdq", PSRAD).p66().vex();
        t.op(0xe3, "VPAVGW Vx,Hx,Wx", PAVGW).p66().vex();
        t.op(0xe4, "VPMULHUW Vx,Hx,Wx", PMULHUW).p66().vex();
        t.op(0xe5, "VPMULHW Vx,Hx,Wx", PMULHW).p66().vex();
        t.op(0xe7, "VMOVNTDQ Mx,Vx", MOVDQA).p66().vex();
        t.op(0xe8, "VPSUBSB Vx,Hx,Wx", PSUBSB).p66().vex();
        t.op(0xe9, "VPSUBSW Vx,Hx,Wx", PSUBSW).p66().vex();
        t.op(0xea, "VPMINSW Vx,Hx,Wx", PMINSW).p66().vex();
        t.op(0xeb, "VPOR Vx,Hx,Wx", POR).p66().vex();
        t.op(0xec, "VPADDSB Vx,Hx,Wx", PADDSB).p66().vex();
        t.op(0xed, "VPADDSW Vx,Hx,Wx", PADDSW).p66().vex();
        t.op(0xee, "VPMAXSW Vx,Hx,Wx", PMAXSW).p66().vex();
        t.op(0xef, "VPXOR Vx,Hx,Wx", PXOR).p66().vex();
        t.op(0xf0, "VLDDQU Vx,Mx", MOVDQU).f2().vex();
        t.op(0xf1, "VPSLLW Vx,Hx,Wdq", PSLLW).p66().vex();
        t.op(0xf2, "VPSLLD Vx,Hx,Wdq", PSLLD).p66().vex();
        t.op(0xf3, "VPSLLQ Vx,Hx,Wdq", PSLLQ).p66().vex();
        t.op(0xf4, "VPMULUDQ Vx,Hx,Wx", PMULUDQ).p66().vex();
        t.op(0xf5, "VPMADDWD Vx,Hx,Wx", PMADDWD).p66().vex();
        t.op(0xf6, "VPSADBW Vx,Hx,Wx", PSADBW).p66().vex();
        t.op(0xf7, "VMASKMOVDQU Vdq,Udq", MASKMOVDQU).p66().vex().l0();
        t.op(0xf8, "VPSUBB Vx,Hx,Wx", PSUBB).p66().vex();
        t.op(0xf9, "VPSUBW Vx,Hx,Wx", PSUBW).p66().vex();
        t.op(0xfa, "VPSUBD Vx,Hx,Wx", PSUBD).p66().vex();
        t.op(0xfb, "VPSUBQ Vx,Hx,Wx", PSUBQ).p66().vex();
        t.op(0xfc, "VPADDB Vx,Hx,Wx", PADDB).p66().vex();
        t.op(0xfd, "VPADDW Vx,Hx,Wx", PADDW).p66().vex();
        t.op(0xfe, "VPADDD Vx,Hx,Wx", PADDD).p66().vex();
    }

    private static void map0F38(FormTable t) {
        t.op(0x00, "VPSHUFB Vx,Hx,Wx", PSHUFB).p66().vex();
        t.op(0x01, "VPHADDW Vx,Hx,Wx", PHADDW).p66().vex();
        t.op(0x02, "VPHADDD Vx,Hx,Wx", PHADDD).p66().vex();
        t.op(0x03, "VPHADDSW Vx,Hx,Wx", PHADDSW).p66().vex();
        t.op(0x04, "VPMADDUBSW Vx,Hx,Wx", PMADDUBSW).p66().vex();
        t.op(0x05, "VPHSUBW Vx,Hx,Wx", PHSUBW).p66().vex();
        t.op(0x06, "VPHSUBD Vx,Hx,Wx", PHSUBD).p66().vex();
        t.op(0x07, "VPHSUBSW Vx,Hx,Wx", PHSUBSW).p66().vex();
        t.op(0x08, "VPSIGNB Vx,Hx,Wx", PSIGNB).p66().vex();
        t.op(0x09, "VPSIGNW Vx,Hx,Wx", PSIGNW).p66().vex();
        t.op(0x0a, "VPSIGND Vx,Hx,Wx", PSIGND).p66().vex();
        t.op(0x0b, "VPMULHRSW Vx,Hx,Wx", PMULHRSW).p66().vex();
        t.op(0x17, "VPTEST Vx,Wx", PTEST).p66().vex();
        t.op(0x1c, "VPABSB Vx,Wx", PABSB).p66().vex();
        t.op(0x1d, "VPABSW Vx,Wx", PABSW).p66().vex();
        t.op(0x1e, "VPABSD Vx,Wx", PABSD).p66().vex();
        t.op(0x20, "VPMOVSXBW Vdq,Wq", PMOVSXBW).p66().vex().l0();
        t.op(0x20, "VPMOVSXBW Vqq,Wdq", PMOVSXBW).p66().vex().l1();
        t.op(0x21, "VPMOVSXBD Vdq,Wd", PMOVSXBD).p66().vex().l0();
        t.op(0x21, "VPMOVSXBD Vqq,Wq", PMOVSXBD).p66().vex().l1();
        t.op(0x22, "VPMOVSXBQ Vdq,Ww", PMOVSXBQ).p66().vex().l0();
        t.op(0x22, "VPMOVSXBQ Vqq,Wd", PMOVSXBQ).p66().vex().l1();
        t.op(0x23, "VPMOVSXWD Vdq,Wq", PMOVSXWD).p66().vex().l0();
        t.op(0x23, "VPMOVSXWD Vqq,Wdq", PMOVSXWD).p66().vex().l1();
        t.op(0x24, "VPMOVSXWQ Vdq,Wd", PMOVSXWQ).p66().vex().l0();
        t.op(0x24, "VPMOVSXWQ Vqq,Wq", PMOVSXWQ).p66().vex().l1();
        t.op(0x25, "VPMOVSXDQ Vdq,Wq", PMOVSXDQ).p66().vex().l0();
        t.op(0x25, "VPMOVSXDQ Vqq,Wdq", PMOVSXDQ).p66().vex().l1();
        t.op(0x28, "VPMULDQ Vx,Hx,Wx", PMULDQ).p66().vex();
        t.op(0x29, "VPCMPEQQ Vx,Hx,Wx", PCMPEQQ).p66().vex();
        t.op(0x2a, "VMOVNTDQA Vx,Mx", MOVDQA).p66().vex();
        t.op(0x2b, "VPACKUSDW Vx,Hx,Wx", PACKUSDW).p66().vex();
        t.op(0x30, "VPMOVZXBW Vdq,Wq", PMOVZXBW).p66().vex().l0();
        t.op(0x30, "VPMOVZXBW Vqq,Wdq", PMOVZXBW).p66().vex().l1();
        t.op(0x31, "VPMOVZXBD Vdq,Wd", PMOVZXBD).p66().vex().l0();
        t.op(0x31, "VPMOVZXBD Vqq,Wq", PMOVZXBD).p66().vex().l1();
        t.op(0x32, "VPMOVZXBQ Vdq,Ww", PMOVZXBQ).p66().vex().l0();
        t.op(0x32, "VPMOVZXBQ Vqq,Wd", PMOVZXBQ).p66().vex().l1();
        t.op(0x33, "VPMOVZXWD Vdq,Wq", PMOVZXWD).p66().vex().l0();
        t.op(0x33, "VPMOVZXWD Vqq,Wdq", PMOVZXWD).p66().vex().l1();
        t.op(0x34, "VPMOVZXWQ Vdq,Wd", PMOVZXWQ).p66().vex().l0();
        t.op(0x34, "VPMOVZXWQ Vqq,Wq", PMOVZXWQ).p66().vex().l1();
        t.op(0x35, "VPMOVZXDQ Vdq,Wq", PMOVZXDQ).p66().vex().l0();
        t.op(0x35, "VPMOVZXDQ Vqq,Wdq", PMOVZXDQ).p66().vex().l1();
        t.op(0x36, "VPERMD Vqq,Hqq,Wqq", VPERMD).p66().vex().w0().l1();
        t.op(0x37, "VPCMPGTQ Vx,Hx,Wx", PCMPGTQ).p66().vex();
        t.op(0x38, "VPMINSB Vx,Hx,Wx", PMINSB).p66().vex();
        t.op(0x39, "VPMINSD Vx,Hx,Wx", PMINSD).p66().vex();
        t.op(0x3a, "VPMINUW Vx,Hx,Wx", PMINUW).p66().vex();
        t.op(0x3b, "VPMINUD Vx,Hx,Wx", PMINUD).p66().vex();
        t.op(0x3c, "VPMAXSB Vx,Hx,Wx", PMAXSB).p66().vex();
        t.op(0x3d, "VPMAXSD Vx,Hx,Wx", PMAXSD).p66().vex();
        t.op(0x3e, "VPMAXUW Vx,Hx,Wx", PMAXUW).p66().vex();
        t.op(0x3f, "VPMAXUD Vx,Hx,Wx", PMAXUD).p66().vex();
        t.op(0x40, "VPMULLD Vx,Hx,Wx", PMULLD).p66().vex();
        t.op(0x41, "VPHMINPOSUW Vdq,Wdq", PHMINPOSUW).p66().vex().l0();
        t.op(0x45, "VPSRLVD Vx,Hx,Wx", VPSRLVD).p66().vex().w0();
        t.op(0x45, "VPSRLVQ Vx,Hx,Wx", VPSRLVQ).p66().vex().w1();
        t.op(0x46, "VPSRAVD Vx,Hx,Wx", VPSRAVD).p66().vex().w0();
        t.op(0x47, "VPSLLVD Vx,Hx,Wx", VPSLLVD).p66().vex().w0();
        t.op(0x47, "VPSLLVQ Vx,Hx,Wx", VPSLLVQ).p66().vex().w1();
        t.op(0x58, "VPBROADCASTD Vx,Wd", VPBROADCASTD).p66().vex().w0();
        t.op(0x59, "VPBROADCASTQ Vx,Wq", VPBROADCASTQ).p66().vex().w0();
        t.op(0x5a, "VBROADCASTI128 Vqq,Mdq", VBROADCASTI128).p66().vex().w0().l1();
        t.op(0x78, "VPBROADCASTB Vx,Wb", VPBROADCASTB).p66().vex().w0();
        t.op(0x79, "VPBROADCASTW Vx,Ww", VPBROADCASTW).p66().vex().w0();
        t.op(0x8c, "VPMASKMOVD Vx,Hx,Mx", VPMASKMOVD).p66().vex().w0();
        t.op(0x8c, "VPMASKMOVQ Vx,Hx,Mx", VPMASKMOVQ).p66().vex().w1();
        t.op(0x8e, "VPMASKMOVD Mx,Hx,Vx", VPMASKMOVD).p66().vex().w0();
        t.op(0x8e, "VPMASKMOVQ Mx,Hx,Vx", VPMASKMOVQ).p66().vex().w1();
        t.op(0x90, "VPGATHERDD Vx,M,Hx", VPGATHERDD).p66().vex().w0().vsib();
        t.op(0x90, "VPGATHERDQ Vx,M,Hx", VPGATHERDQ).p66().vex().w1().vsib();
        t.op(0x91, "VPGATHERQD Vx,M,Hx", VPGATHERQD).p66().vex().w0().vsib();
        t.op(0x91, "VPGATHERQQ Vx,M,Hx", VPGATHERQQ).p66().vex().w1().vsib();
        t.op(0x92, "VGATHERDPS Vx,M,Hx", VPGATHERDD).p66().vex().w0().vsib();
        t.op(0x92, "VGATHERDPD Vx,M,Hx", VPGATHERDQ).p66().vex().w1().vsib();
        t.op(0x93, "VGATHERQPS Vx,M,Hx", VPGATHERQD).p66().vex().w0().vsib();
        t.op(0x93, "VGATHERQPD Vx,M,Hx", VPGATHERQQ).p66().vex().w1().vsib();
        t.op(0xdb, "VAESIMC Vdq,Wdq", AESIMC).p66().vex().l0();
        t.op(0xdc, "VAESENC Vdq,Hdq,Wdq", AESENC).p66().vex().l0();
        t.op(0xdd, "VAESENCLAST Vdq,Hdq,Wdq", AESENCLAST).p66().vex().l0();
        t.op(0xde, "VAESDEC Vdq,Hdq,Wdq", AESDEC).p66().vex().l0();
        t.op(0xdf, "VAESDECLAST Vdq,Hdq,Wdq", AESDECLAST).p66().vex().l0();
    }

    private static void map0F3A(FormTable t) {
        t.op(0x00, "VPERMQ Vqq,Wqq,Ib", VPERMQ).p66().vex().w1().l1();
        t.op(0x02, "VPBLENDD Vx,Hx,Wx,Ib", VPBLENDD).p66().vex().w0();
        t.op(0x0e, "VPBLENDW Vx,Hx,Wx,Ib", PBLENDW).p66().vex();
        t.op(0x0f, "VPALIGNR Vx,Hx,Wx,Ib", PALIGNR).p66().vex();
        t.op(0x14, "VPEXTRB Rd,Vdq,Ib", PEXTR).p66().vex().l0();
        t.op(0x14, "VPEXTRB Mb,Vdq,Ib", PEXTR).p66().vex().l0();
        t.op(0x15, "VPEXTRW Rd,Vdq,Ib", PEXTR).p66().vex().l0();
        t.op(0x15, "VPEXTRW Mw,Vdq,Ib", PEXTR).p66().vex().l0();
        t.op(0x16, "VPEXTRD Ey,Vdq,Ib", PEXTR).p66().vex().l0(); // with REX.W PEXTRQ
        t.op(0x20, "VPINSRB Vdq,Hdq,Rd,Ib", PINSR).p66().vex().l0();
        t.op(0x20, "VPINSRB Vdq,Hdq,Mb,Ib", PINSR).p66().vex().l0();
        t.op(0x22, "VPINSRD Vdq,Hdq,Ey,Ib", PINSR).p66().vex().l0(); // with REX.W PINSRQ
        t.op(0x38, "VINSERTI128 Vqq,Hqq,Wdq,Ib", VINSERTI128).p66().vex().w0().l1();
        t.op(0x39, "VEXTRACTI128 Wdq,Vqq,Ib", VEXTRACTI128).p66().vex().w0().l1();
        t.op(0x42, "VMPSADBW Vx,Hx,Wx,Ib", MPSADBW).p66().vex();
        t.op(0x44, "VPCLMULQDQ Vdq,Hdq,Wdq,Ib", PCLMULQDQ).p66().vex().l0();
        t.op(0x46, "VPERM2I128 Vqq,Hqq,Wqq,Ib", VPERM2I128).p66().vex().w0().l1();
        t.op(0x4c, "VPBLENDVB Vx,Hx,Wx,Lx", PBLENDVB).p66().vex().w0();
        t.op(0x60, "VPCMPESTRM Vdq,Wdq,Ib", PCMPESTRM).p66().vex().l0();
        t.op(0x61, "VPCMPESTRI Vdq,Wdq,Ib", PCMPESTRI).p66().vex().l0();
        t.op(0x62, "VPCMPISTRM Vdq,Wdq,Ib", PCMPISTRM).p66().vex().l0();
        t.op(0x63, "VPCMPISTRI Vdq,Wdq,Ib", PCMPISTRI).p66().vex().l0();
        t.op(0xdf, "VAESKEYGENASSIST Vdq,Wdq,Ib", AESKEYGENASSIST).p66().vex().l0();
    }
    // spotless:on
}
