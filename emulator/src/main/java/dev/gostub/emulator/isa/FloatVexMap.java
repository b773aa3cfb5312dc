package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.FloatConvert.*;
import static dev.gostub.emulator.isa.FloatHorizontal.*;
import static dev.gostub.emulator.isa.FloatMove.*;
import static dev.gostub.emulator.isa.FloatShuffle.*;
import static dev.gostub.emulator.isa.MaskedMove.*;
import static dev.gostub.emulator.isa.MxcsrAccess.*;
import static dev.gostub.emulator.isa.VectorPermute.*;

import dev.gostub.emulator.decode.FormTable;

/** Floating-point AVX, AVX2, FMA and F16C: the encodings with VEX of the maps 0F, 0F38 and 0F3A, Intel SDM vol. 2, tables, in opcode order. */
final class FloatVexMap {
    private FloatVexMap() {}

    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        moves(t);
        computations(t);
        map0F38(t38);
        fused(t38);
        map0F3A(t3a);
    }

    // spotless:off
    private static void moves(FormTable t) {
        t.op(0x10, "VMOVSS Vss,Mss", MOVSS).vex().f3();
        t.op(0x10, "VMOVSS Vdq,Hdq,Udq", MOVSS).vex().f3();
        t.op(0x10, "VMOVSD Vsd,Msd", FloatMove.MOVSD).vex().f2();
        t.op(0x10, "VMOVSD Vdq,Hdq,Udq", FloatMove.MOVSD).vex().f2();
        t.op(0x11, "VMOVSS Mss,Vss", MOVSS).vex().f3();
        t.op(0x11, "VMOVSS Udq,Hdq,Vdq", MOVSS).vex().f3();
        t.op(0x11, "VMOVSD Msd,Vsd", FloatMove.MOVSD).vex().f2();
        t.op(0x11, "VMOVSD Udq,Hdq,Vdq", FloatMove.MOVSD).vex().f2();
        t.op(0x12, "VMOVLPS Vdq,Hdq,Mq", MOVLPS).vex().l0();
        t.op(0x12, "VMOVHLPS Vdq,Hdq,Udq", MOVHLPS).vex().l0();
        t.op(0x12, "VMOVLPD Vdq,Hdq,Mq", MOVLPS).vex().p66().l0();
        t.op(0x12, "VMOVDDUP Vdq,Wq", MOVDDUP).vex().f2().l0();
        t.op(0x12, "VMOVDDUP Vqq,Wqq", MOVDDUP).vex().f2().l1();
        t.op(0x12, "VMOVSLDUP Vx,Wx", MOVSLDUP).vex().f3();
        t.op(0x13, "VMOVLPS Mq,Vq", MOVLPS).vex().l0();
        t.op(0x13, "VMOVLPD Mq,Vq", MOVLPS).vex().p66().l0();
        t.op(0x14, "VUNPCKLPS Vps,Hps,Wps", UNPCKLPS).vex();
        t.op(0x14, "VUNPCKLPD Vpd,Hpd,Wpd", UNPCKLPD).vex().p66();
        t.op(0x15, "VUNPCKHPS Vps,Hps,Wps", UNPCKHPS).vex();
        t.op(0x15, "VUNPCKHPD Vpd,Hpd,Wpd", UNPCKHPD).vex().p66();
        t.op(0x16, "VMOVHPS Vdq,Hdq,Mq", MOVHPS).vex().l0();
        t.op(0x16, "VMOVLHPS Vdq,Hdq,Udq", MOVLHPS).vex().l0();
        t.op(0x16, "VMOVHPD Vdq,Hdq,Mq", MOVHPS).vex().p66().l0();
        t.op(0x16, "VMOVSHDUP Vx,Wx", MOVSHDUP).vex().f3();
        t.op(0x17, "VMOVHPS Mq,Vq", MOVHPS).vex().l0();
        t.op(0x17, "VMOVHPD Mq,Vq", MOVHPS).vex().p66().l0();
        t.op(0x50, "VMOVMSKPS Gd,Ups", MOVMSKPS).vex();
        t.op(0x50, "VMOVMSKPD Gd,Upd", MOVMSKPD).vex().p66();
        t.op(0xae, "VLDMXCSR Md", LDMXCSR).reg(2).vex().l0();
        t.op(0xae, "VSTMXCSR Md", STMXCSR).reg(3).vex().l0();
    }

    private static void computations(FormTable t) {
        t.op(0x2a, "VCVTSI2SS Vdq,Hdq,Ey", CVTSI2SS).vex().f3();
        t.op(0x2a, "VCVTSI2SD Vdq,Hdq,Ey", CVTSI2SD).vex().f2();
        t.op(0x2c, "VCVTTSS2SI Gy,Wss", CVTTSS2SI).vex().f3();
        t.op(0x2c, "VCVTTSD2SI Gy,Wsd", CVTTSD2SI).vex().f2();
        t.op(0x2d, "VCVTSS2SI Gy,Wss", CVTSS2SI).vex().f3();
        t.op(0x2d, "VCVTSD2SI Gy,Wsd", CVTSD2SI).vex().f2();
        t.op(0x2e, "VUCOMISS Vss,Wss", FloatCompare.UCOMIS).vex();
        t.op(0x2e, "VUCOMISD Vsd,Wsd", FloatCompare.UCOMIS).vex().p66();
        t.op(0x2f, "VCOMISS Vss,Wss", FloatCompare.COMIS).vex();
        t.op(0x2f, "VCOMISD Vsd,Wsd", FloatCompare.COMIS).vex().p66();
        t.op(0x54, "VANDPS Vps,Hps,Wps", PackedLogic.PAND).vex();
        t.op(0x54, "VANDPD Vpd,Hpd,Wpd", PackedLogic.PAND).vex().p66();
        t.op(0x55, "VANDNPS Vps,Hps,Wps", PackedLogic.PANDN).vex();
        t.op(0x55, "VANDNPD Vpd,Hpd,Wpd", PackedLogic.PANDN).vex().p66();
        t.op(0x56, "VORPS Vps,Hps,Wps", PackedLogic.POR).vex();
        t.op(0x56, "VORPD Vpd,Hpd,Wpd", PackedLogic.POR).vex().p66();
        t.op(0x57, "VXORPS Vps,Hps,Wps", PackedLogic.PXOR).vex();
        t.op(0x57, "VXORPD Vpd,Hpd,Wpd", PackedLogic.PXOR).vex().p66();
        for (FloatApproximation f : FloatApproximation.values()) { // 0x52, 0x53
            t.op(f.opcode, "V" + f + "PS Vps,Wps", f).vex();
            t.op(f.opcode, "V" + f + "SS Vdq,Hdq,Wss", f).vex().f3();
        }
        for (FloatArithmetic f : FloatArithmetic.values()) { // 0x51, 0x58 to 0x5F
            boolean root = f == FloatArithmetic.SQRT;
            t.op(f.opcode, "V" + f + (root ? "PS Vps,Wps" : "PS Vps,Hps,Wps"), f).vex();
            t.op(f.opcode, "V" + f + (root ? "PD Vpd,Wpd" : "PD Vpd,Hpd,Wpd"), f).vex().p66();
            t.op(f.opcode, "V" + f + "SS Vdq,Hdq,Wss", f).vex().f3();
            t.op(f.opcode, "V" + f + "SD Vdq,Hdq,Wsd", f).vex().f2();
        }
        t.op(0x5a, "VCVTPS2PD Vdq,Wq", CVTPS2PD).vex().l0();
        t.op(0x5a, "VCVTPS2PD Vqq,Wdq", CVTPS2PD).vex().l1();
        t.op(0x5a, "VCVTPD2PS Vdq,Wpd", CVTPD2PS).vex().p66();
        t.op(0x5a, "VCVTSS2SD Vdq,Hdq,Wss", CVTSS2SD).vex().f3();
        t.op(0x5a, "VCVTSD2SS Vdq,Hdq,Wsd", CVTSD2SS).vex().f2();
        t.op(0x5b, "VCVTDQ2PS Vps,Wx", CVTDQ2PS).vex();
        t.op(0x5b, "VCVTPS2DQ Vx,Wps", CVTPS2DQ).vex().p66();
        t.op(0x5b, "VCVTTPS2DQ Vx,Wps", CVTTPS2DQ).vex().f3();
        t.op(0x7c, "VHADDPD Vpd,Hpd,Wpd", HADD).vex().p66();
        t.op(0x7c, "VHADDPS Vps,Hps,Wps", HADD).vex().f2();
        t.op(0x7d, "VHSUBPD Vpd,Hpd,Wpd", HSUB).vex().p66();
        t.op(0x7d, "VHSUBPS Vps,Hps,Wps", HSUB).vex().f2();
        t.op(0xc2, "VCMPPS Vps,Hps,Wps,Ib", FloatCompare.CMP).vex();
        t.op(0xc2, "VCMPPD Vpd,Hpd,Wpd,Ib", FloatCompare.CMP).vex().p66();
        t.op(0xc2, "VCMPSS Vdq,Hdq,Wss,Ib", FloatCompare.CMP).vex().f3();
        t.op(0xc2, "VCMPSD Vdq,Hdq,Wsd,Ib", FloatCompare.CMP).vex().f2();
        t.op(0xc6, "VSHUFPS Vps,Hps,Wps,Ib", SHUFPS).vex();
        t.op(0xc6, "VSHUFPD Vpd,Hpd,Wpd,Ib", SHUFPD).vex().p66();
        t.op(0xd0, "VADDSUBPD Vpd,Hpd,Wpd", ADDSUB).vex().p66();
        t.op(0xd0, "VADDSUBPS Vps,Hps,Wps", ADDSUB).vex().f2();
        t.op(0xe6, "VCVTTPD2DQ Vdq,Wpd", CVTTPD2DQ).vex().p66();
        t.op(0xe6, "VCVTDQ2PD Vdq,Wq", CVTDQ2PD).vex().f3().l0();
        t.op(0xe6, "VCVTDQ2PD Vqq,Wdq", CVTDQ2PD).vex().f3().l1();
        t.op(0xe6, "VCVTPD2DQ Vdq,Wpd", CVTPD2DQ).vex().f2();
    }

    private static void map0F38(FormTable t) {
        t.op(0x0c, "VPERMILPS Vps,Hps,Wps", VPERMILPS).vex().p66().w0();
        t.op(0x0d, "VPERMILPD Vpd,Hpd,Wpd", VPERMILPD).vex().p66().w0();
        t.op(0x0e, "VTESTPS Vps,Wps", PackedTest.VTESTPS).vex().p66().w0();
        t.op(0x0f, "VTESTPD Vpd,Wpd", PackedTest.VTESTPD).vex().p66().w0();
        t.op(0x13, "VCVTPH2PS Vdq,Wq", CVTPH2PS).vex().p66().w0().l0();
        t.op(0x13, "VCVTPH2PS Vqq,Wdq", CVTPH2PS).vex().p66().w0().l1();
        t.op(0x16, "VPERMPS Vqq,Hqq,Wqq", VPERMD).vex().p66().w0().l1();
        t.op(0x18, "VBROADCASTSS Vx,Wd", VPBROADCASTD).vex().p66().w0();
        t.op(0x19, "VBROADCASTSD Vqq,Wq", VPBROADCASTQ).vex().p66().w0().l1();
        t.op(0x1a, "VBROADCASTF128 Vqq,Mdq", VBROADCASTI128).vex().p66().w0().l1();
        t.op(0x2c, "VMASKMOVPS Vx,Hx,Mx", VPMASKMOVD).vex().p66().w0();
        t.op(0x2d, "VMASKMOVPD Vx,Hx,Mx", VPMASKMOVQ).vex().p66().w0();
        t.op(0x2e, "VMASKMOVPS Mx,Hx,Vx", VPMASKMOVD).vex().p66().w0();
        t.op(0x2f, "VMASKMOVPD Mx,Hx,Vx", VPMASKMOVQ).vex().p66().w0();
    }

    /** Three operand orders (0x90, 0xA0, 0xB0), six operations, of which the first two have no scalar form. */
    private static void fused(FormTable t) {
        for (int row = 0x90; row <= 0xb0; row += 0x10) {
            String order = row == 0x90 ? "132" : row == 0xa0 ? "213" : "231";
            for (FusedMultiplyAdd f : FusedMultiplyAdd.values()) {
                boolean alternating = f.ordinal() < 2;
                int opcode = row | (alternating ? 6 + f.ordinal() : 4 + 2 * f.ordinal());
                t.op(opcode, f + order + "PS Vps,Hps,Wps", f).vex().p66().w0();
                t.op(opcode, f + order + "PD Vpd,Hpd,Wpd", f).vex().p66().w1();
                if (alternating) continue;
                t.op(opcode | 1, f + order + "SS Vdq,Hdq,Wss", f).vex().p66().w0();
                t.op(opcode | 1, f + order + "SD Vdq,Hdq,Wsd", f).vex().p66().w1();
            }
        }
    }

    private static void map0F3A(FormTable t) {
        t.op(0x01, "VPERMPD Vqq,Wqq,Ib", VPERMQ).vex().p66().w1().l1();
        t.op(0x04, "VPERMILPS Vps,Wps,Ib", VPERMILPS_IMMEDIATE).vex().p66().w0();
        t.op(0x05, "VPERMILPD Vpd,Wpd,Ib", VPERMILPD_IMMEDIATE).vex().p66().w0();
        t.op(0x06, "VPERM2F128 Vqq,Hqq,Wqq,Ib", VPERM2I128).vex().p66().w0().l1();
        t.op(0x08, "VROUNDPS Vps,Wps,Ib", FloatRound.ROUND).vex().p66();
        t.op(0x09, "VROUNDPD Vpd,Wpd,Ib", FloatRound.ROUND).vex().p66();
        t.op(0x0a, "VROUNDSS Vdq,Hdq,Wss,Ib", FloatRound.ROUND).vex().p66();
        t.op(0x0b, "VROUNDSD Vdq,Hdq,Wsd,Ib", FloatRound.ROUND).vex().p66();
        t.op(0x0c, "VBLENDPS Vps,Hps,Wps,Ib", BLENDPS).vex().p66();
        t.op(0x0d, "VBLENDPD Vpd,Hpd,Wpd,Ib", BLENDPD).vex().p66();
        t.op(0x17, "VEXTRACTPS Ed,Vdq,Ib", ElementTransfer.PEXTR).vex().p66().l0();
        t.op(0x18, "VINSERTF128 Vqq,Hqq,Wdq,Ib", VINSERTI128).vex().p66().w0().l1();
        t.op(0x19, "VEXTRACTF128 Wdq,Vqq,Ib", VEXTRACTI128).vex().p66().w0().l1();
        t.op(0x1d, "VCVTPS2PH Wq,Vdq,Ib", CVTPS2PH).vex().p66().w0().l0();
        t.op(0x1d, "VCVTPS2PH Wdq,Vqq,Ib", CVTPS2PH).vex().p66().w0().l1();
        t.op(0x21, "VINSERTPS Vdq,Hdq,Wss,Ib", INSERTPS).vex().p66().l0();
        t.op(0x40, "VDPPS Vps,Hps,Wps,Ib", DPPS).vex().p66();
        t.op(0x41, "VDPPD Vdq,Hdq,Wdq,Ib", DPPD).vex().p66().l0();
        t.op(0x4a, "VBLENDVPS Vx,Hx,Wx,Lx", VariableBlend.BLENDVPS).vex().p66().w0();
        t.op(0x4b, "VBLENDVPD Vx,Hx,Wx,Lx", VariableBlend.BLENDVPD).vex().p66().w0();
    }
    // spotless:on
}
