package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.FloatConvert.*;
import static dev.gostub.emulator.isa.FloatHorizontal.*;
import static dev.gostub.emulator.isa.FloatMove.*;
import static dev.gostub.emulator.isa.FloatShuffle.*;
import static dev.gostub.emulator.isa.MmxConvert.*;
import static dev.gostub.emulator.isa.MxcsrAccess.*;
import static dev.gostub.emulator.isa.StateSave.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * Floating-point SIMD in the maps 0F, 0F38 and 0F3A, legacy encodings, and MXCSR: Intel SDM vol. 2, tables, in opcode order. The encodings with VEX are in {@link FloatVexMap}.
 */
final class FloatMap {
    private FloatMap() {}

    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        map0F(t);
        map0F38(t38);
        map0F3A(t3a);
        FloatVexMap.fill(t, t38, t3a);
    }

    // spotless:off
    private static void map0F(FormTable t) {
        t.op(0x10, "MOVSS Vss,Wss", MOVSS).f3();
        t.op(0x10, "MOVSD Vsd,Wsd", FloatMove.MOVSD).f2();
        t.op(0x11, "MOVSS Wss,Vss", MOVSS).f3();
        t.op(0x11, "MOVSD Wsd,Vsd", FloatMove.MOVSD).f2();
        t.op(0x12, "MOVLPS Vq,Mq", MOVLPS).np();
        t.op(0x12, "MOVHLPS Vq,Uq", MOVHLPS).np();
        t.op(0x12, "MOVLPD Vq,Mq", MOVLPS).p66();
        t.op(0x12, "MOVDDUP Vdq,Wq", MOVDDUP).f2();
        t.op(0x12, "MOVSLDUP Vdq,Wdq", MOVSLDUP).f3();
        t.op(0x13, "MOVLPS Mq,Vq", MOVLPS).np();
        t.op(0x13, "MOVLPD Mq,Vq", MOVLPS).p66();
        t.op(0x14, "UNPCKLPS Vps,Wps", UNPCKLPS).np();
        t.op(0x14, "UNPCKLPD Vpd,Wpd", UNPCKLPD).p66();
        t.op(0x15, "UNPCKHPS Vps,Wps", UNPCKHPS).np();
        t.op(0x15, "UNPCKHPD Vpd,Wpd", UNPCKHPD).p66();
        t.op(0x16, "MOVHPS Vdq,Mq", MOVHPS).np();
        t.op(0x16, "MOVLHPS Vdq,Uq", MOVLHPS).np();
        t.op(0x16, "MOVHPD Vdq,Mq", MOVHPS).p66();
        t.op(0x16, "MOVSHDUP Vdq,Wdq", MOVSHDUP).f3();
        t.op(0x17, "MOVHPS Mq,Vq", MOVHPS).np();
        t.op(0x17, "MOVHPD Mq,Vq", MOVHPS).p66();
        t.op(0x2a, "CVTPI2PS Vps,Qq", CVTPI2PS).np();
        t.op(0x2a, "CVTPI2PD Vpd,Qq", CVTPI2PD).p66();
        t.op(0x2a, "CVTSI2SS Vss,Ey", CVTSI2SS).f3();
        t.op(0x2a, "CVTSI2SD Vsd,Ey", CVTSI2SD).f2();
        t.op(0x2c, "CVTTPS2PI Pq,Wq", CVTTPS2PI).np();
        t.op(0x2c, "CVTTPD2PI Pq,Wpd", CVTTPD2PI).p66();
        t.op(0x2c, "CVTTSS2SI Gy,Wss", CVTTSS2SI).f3();
        t.op(0x2c, "CVTTSD2SI Gy,Wsd", CVTTSD2SI).f2();
        t.op(0x2d, "CVTPS2PI Pq,Wq", CVTPS2PI).np();
        t.op(0x2d, "CVTPD2PI Pq,Wpd", CVTPD2PI).p66();
        t.op(0x2d, "CVTSS2SI Gy,Wss", CVTSS2SI).f3();
        t.op(0x2d, "CVTSD2SI Gy,Wsd", CVTSD2SI).f2();
        t.op(0x2e, "UCOMISS Vss,Wss", FloatCompare.UCOMIS).np();
        t.op(0x2e, "UCOMISD Vsd,Wsd", FloatCompare.UCOMIS).p66();
        t.op(0x2f, "COMISS Vss,Wss", FloatCompare.COMIS).np();
        t.op(0x2f, "COMISD Vsd,Wsd", FloatCompare.COMIS).p66();
        t.op(0x50, "MOVMSKPS Gy,Ups", MOVMSKPS).np();
        t.op(0x50, "MOVMSKPD Gy,Upd", MOVMSKPD).p66();
        t.op(0x54, "ANDPS Vps,Wps", PackedLogic.PAND).np();
        t.op(0x54, "ANDPD Vpd,Wpd", PackedLogic.PAND).p66();
        t.op(0x55, "ANDNPS Vps,Wps", PackedLogic.PANDN).np();
        t.op(0x55, "ANDNPD Vpd,Wpd", PackedLogic.PANDN).p66();
        t.op(0x56, "ORPS Vps,Wps", PackedLogic.POR).np();
        t.op(0x56, "ORPD Vpd,Wpd", PackedLogic.POR).p66();
        t.op(0x57, "XORPS Vps,Wps", PackedLogic.PXOR).np();
        t.op(0x57, "XORPD Vpd,Wpd", PackedLogic.PXOR).p66();
        for (FloatApproximation f : FloatApproximation.values()) { // 0x52, 0x53
            t.op(f.opcode, f + "PS Vps,Wps", f).np();
            t.op(f.opcode, f + "SS Vss,Wss", f).f3();
        }
        for (FloatArithmetic f : FloatArithmetic.values()) { // 0x51, 0x58 to 0x5F
            t.op(f.opcode, f + "PS Vps,Wps", f).np();
            t.op(f.opcode, f + "PD Vpd,Wpd", f).p66();
            t.op(f.opcode, f + "SS Vss,Wss", f).f3();
            t.op(f.opcode, f + "SD Vsd,Wsd", f).f2();
        }
        t.op(0x5a, "CVTPS2PD Vpd,Wq", CVTPS2PD).np();
        t.op(0x5a, "CVTPD2PS Vps,Wpd", CVTPD2PS).p66();
        t.op(0x5a, "CVTSS2SD Vsd,Wss", CVTSS2SD).f3();
        t.op(0x5a, "CVTSD2SS Vss,Wsd", CVTSD2SS).f2();
        t.op(0x5b, "CVTDQ2PS Vps,Wdq", CVTDQ2PS).np();
        t.op(0x5b, "CVTPS2DQ Vdq,Wps", CVTPS2DQ).p66();
        t.op(0x5b, "CVTTPS2DQ Vdq,Wps", CVTTPS2DQ).f3();
        t.op(0x7c, "HADDPD Vpd,Wpd", HADD).p66();
        t.op(0x7c, "HADDPS Vps,Wps", HADD).f2();
        t.op(0x7d, "HSUBPD Vpd,Wpd", HSUB).p66();
        t.op(0x7d, "HSUBPS Vps,Wps", HSUB).f2();
        t.op(0xae, "FXSAVE M", FXSAVE).reg(0).np();
        t.op(0xae, "FXRSTOR M", FXRSTOR).reg(1).np();
        t.op(0xae, "LDMXCSR Md", LDMXCSR).reg(2).np();
        t.op(0xae, "STMXCSR Md", STMXCSR).reg(3).np();
        t.op(0xae, "XSAVE M", XSAVE).reg(4).np();
        t.op(0xae, "XRSTOR M", XRSTOR).reg(5).np();
        t.op(0xae, "XSAVEOPT M", XSAVEOPT).reg(6).np();
        t.op(0xc2, "CMPPS Vps,Wps,Ib", FloatCompare.CMP).np();
        t.op(0xc2, "CMPPD Vpd,Wpd,Ib", FloatCompare.CMP).p66();
        t.op(0xc2, "CMPSS Vss,Wss,Ib", FloatCompare.CMP).f3();
        t.op(0xc2, "CMPSD Vsd,Wsd,Ib", FloatCompare.CMP).f2();
        t.op(0xc6, "SHUFPS Vps,Wps,Ib", SHUFPS).np();
        t.op(0xc6, "SHUFPD Vpd,Wpd,Ib", SHUFPD).p66();
        t.op(0xc7, "XSAVEC M", XSAVEC).reg(4).np();
        t.op(0xd0, "ADDSUBPD Vpd,Wpd", ADDSUB).p66();
        t.op(0xd0, "ADDSUBPS Vps,Wps", ADDSUB).f2();
        t.op(0xe6, "CVTTPD2DQ Vdq,Wpd", CVTTPD2DQ).p66();
        t.op(0xe6, "CVTDQ2PD Vpd,Wq", CVTDQ2PD).f3();
        t.op(0xe6, "CVTPD2DQ Vdq,Wpd", CVTPD2DQ).f2();
    }

    private static void map0F38(FormTable t) {
        t.op(0x14, "BLENDVPS Vdq,Wdq,XMM0", VariableBlend.BLENDVPS).p66();
        t.op(0x15, "BLENDVPD Vdq,Wdq,XMM0", VariableBlend.BLENDVPD).p66();
    }

    private static void map0F3A(FormTable t) {
        t.op(0x08, "ROUNDPS Vps,Wps,Ib", FloatRound.ROUND).p66();
        t.op(0x09, "ROUNDPD Vpd,Wpd,Ib", FloatRound.ROUND).p66();
        t.op(0x0a, "ROUNDSS Vss,Wss,Ib", FloatRound.ROUND).p66();
        t.op(0x0b, "ROUNDSD Vsd,Wsd,Ib", FloatRound.ROUND).p66();
        t.op(0x0c, "BLENDPS Vps,Wps,Ib", BLENDPS).p66();
        t.op(0x0d, "BLENDPD Vpd,Wpd,Ib", BLENDPD).p66();
        t.op(0x17, "EXTRACTPS Ed,Vdq,Ib", ElementTransfer.PEXTR).p66();
        t.op(0x21, "INSERTPS Vdq,Wss,Ib", INSERTPS).p66();
        t.op(0x40, "DPPS Vps,Wps,Ib", DPPS).p66();
        t.op(0x41, "DPPD Vpd,Wpd,Ib", DPPD).p66();
    }
    // spotless:on
}
