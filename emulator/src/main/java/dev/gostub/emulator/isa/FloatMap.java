package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.FloatConvert.*;
import static dev.gostub.emulator.isa.FloatMove.*;
import static dev.gostub.emulator.isa.MxcsrAccess.*;

import dev.gostub.emulator.decode.FormTable;

/** Floating-point SIMD in the maps 0F, 0F38 and 0F3A, and the state it needs (MXCSR, FXSAVE): Intel SDM vol. 2, tables, in opcode order. */
final class FloatMap {
    private FloatMap() {}

    // spotless:off
    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        legacy(t);
    }

    /** SSE, SSE2 and SSE3 in map 0F. */
    private static void legacy(FormTable t) {
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
        t.op(0x16, "MOVHPS Vdq,Mq", MOVHPS).np();
        t.op(0x16, "MOVLHPS Vdq,Uq", MOVLHPS).np();
        t.op(0x16, "MOVHPD Vdq,Mq", MOVHPS).p66();
        t.op(0x16, "MOVSHDUP Vdq,Wdq", MOVSHDUP).f3();
        t.op(0x17, "MOVHPS Mq,Vq", MOVHPS).np();
        t.op(0x17, "MOVHPD Mq,Vq", MOVHPS).p66();
        t.op(0x2a, "CVTSI2SS Vss,Ey", CVTSI2SS).f3();
        t.op(0x2a, "CVTSI2SD Vsd,Ey", CVTSI2SD).f2();
        t.op(0x2c, "CVTTSS2SI Gy,Wss", CVTTSS2SI).f3();
        t.op(0x2c, "CVTTSD2SI Gy,Wsd", CVTTSD2SI).f2();
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
        t.op(0xae, "LDMXCSR Md", LDMXCSR).reg(2).np();
        t.op(0xae, "STMXCSR Md", STMXCSR).reg(3).np();
        t.op(0xc2, "CMPPS Vps,Wps,Ib", FloatCompare.CMP).np();
        t.op(0xc2, "CMPPD Vpd,Wpd,Ib", FloatCompare.CMP).p66();
        t.op(0xc2, "CMPSS Vss,Wss,Ib", FloatCompare.CMP).f3();
        t.op(0xc2, "CMPSD Vsd,Wsd,Ib", FloatCompare.CMP).f2();
        t.op(0xe6, "CVTTPD2DQ Vdq,Wpd", CVTTPD2DQ).p66();
        t.op(0xe6, "CVTDQ2PD Vpd,Wq", CVTDQ2PD).f3();
        t.op(0xe6, "CVTPD2DQ Vdq,Wpd", CVTPD2DQ).f2();
    }
    // spotless:on
}
