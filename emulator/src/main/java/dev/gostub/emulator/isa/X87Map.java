package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.X87Arithmetic.*;
import static dev.gostub.emulator.isa.X87Compare.*;
import static dev.gostub.emulator.isa.X87Control.*;
import static dev.gostub.emulator.isa.X87Decimal.*;
import static dev.gostub.emulator.isa.X87Elementary.*;
import static dev.gostub.emulator.isa.X87Function.*;
import static dev.gostub.emulator.isa.X87Transfer.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * The x87 escapes D8 to DF: Intel SDM vol. 2, tables, in opcode order. ST is ST(i) of ModRM.rm; ST(0) goes without saying. The aliases that the manual leaves out but processors have (DC D0, DD C8, DF C8 and so on) are
 * listed with their meaning.
 */
final class X87Map {
    private X87Map() {}

    static void fill(FormTable t) {
        numbers(t);
        escapeD9(t);
        escapesDAtoDC(t);
        escapesDDtoDF(t);
    }

    // spotless:off
    /** The arithmetic of D8, DA, DC and DE: the same eight operations by ModRM.reg. */
    private static void numbers(FormTable t) {
        int[] fields = {0, 1, 4, 5, 6, 7};
        for (X87Arithmetic f : X87Arithmetic.values()) {
            int reg = fields[f.ordinal()];
            int reversed = reg < 4 ? reg : reg ^ 1; // FSUB and FSUBR, FDIV and FDIVR change places where ST(i) is the destination
            t.op(0xd8, f + " Md", f).reg(reg);
            t.op(0xd8, f + " ST", f).reg(reg).register();
            t.op(0xda, f + " Md", f).reg(reg);
            t.op(0xdc, f + " Mq", f).reg(reg);
            t.op(0xdc, f + " ST", f).reg(reversed).register();
            t.op(0xde, f + " Mw", f).reg(reg);
            t.op(0xde, f + " ST", f).reg(reversed).register();
        }
        t.op(0xd8, "FCOM Md", FCOM).reg(2);
        t.op(0xd8, "FCOM ST", FCOM).reg(2).register();
        t.op(0xd8, "FCOMP Md", FCOMP).reg(3);
        t.op(0xd8, "FCOMP ST", FCOMP).reg(3).register();
    }

    private static void escapeD9(FormTable t) {
        t.op(0xd9, "FLD Md", FLD).reg(0);
        t.op(0xd9, "FLD ST", FLD).reg(0).register();
        t.op(0xd9, "FXCH ST", FXCH).reg(1).register();
        t.op(0xd9, "FST Md", FST).reg(2);
        t.op(0xd9, "FNOP", FNOP).reg(2).rm(0);
        t.op(0xd9, "FSTP Md", FSTP).reg(3);
        t.op(0xd9, "FSTPNCE ST", FSTPNCE).reg(3).register();
        t.op(0xd9, "FLDENV M", FLDENV).reg(4);
        t.op(0xd9, "FCHS", FCHS).reg(4).rm(0);
        t.op(0xd9, "FABS", FABS).reg(4).rm(1);
        t.op(0xd9, "FTST", FTST).reg(4).rm(4);
        t.op(0xd9, "FXAM", FXAM).reg(4).rm(5);
        t.op(0xd9, "FLDCW Mw", FLDCW).reg(5);
        for (X87Constant f : X87Constant.values()) t.op(0xd9, f.name(), f).reg(5).rm(f.ordinal());
        t.op(0xd9, "FNSTENV M", FNSTENV).reg(6);
        t.op(0xd9, "F2XM1", F2XM1).reg(6).rm(0);
        t.op(0xd9, "FYL2X", FYL2X).reg(6).rm(1);
        t.op(0xd9, "FPTAN", FPTAN).reg(6).rm(2);
        t.op(0xd9, "FPATAN", FPATAN).reg(6).rm(3);
        t.op(0xd9, "FXTRACT", FXTRACT).reg(6).rm(4);
        t.op(0xd9, "FPREM1", FPREM1).reg(6).rm(5);
        t.op(0xd9, "FDECSTP", FDECSTP).reg(6).rm(6);
        t.op(0xd9, "FINCSTP", FINCSTP).reg(6).rm(7);
        t.op(0xd9, "FNSTCW Mw", FNSTCW).reg(7);
        t.op(0xd9, "FPREM", FPREM).reg(7).rm(0);
        t.op(0xd9, "FYL2XP1", FYL2XP1).reg(7).rm(1);
        t.op(0xd9, "FSQRT", FSQRT).reg(7).rm(2);
        t.op(0xd9, "FSINCOS", FSINCOS).reg(7).rm(3);
        t.op(0xd9, "FRNDINT", FRNDINT).reg(7).rm(4);
        t.op(0xd9, "FSCALE", FSCALE).reg(7).rm(5);
        t.op(0xd9, "FSIN", FSIN).reg(7).rm(6);
        t.op(0xd9, "FCOS", FCOS).reg(7).rm(7);
    }

    private static void escapesDAtoDC(FormTable t) {
        String[] conditions = {"B", "E", "BE", "U"};
        for (int i = 0; i < 4; i++) {
            t.op(0xda, "FCMOV" + conditions[i] + " ST", FCMOV).reg(i).register();
            t.op(0xdb, "FCMOVN" + conditions[i] + " ST", FCMOV).reg(i).register();
        }
        t.op(0xda, "FICOM Md", FCOM).reg(2);
        t.op(0xda, "FICOMP Md", FCOMP).reg(3);
        t.op(0xda, "FUCOMPP", FUCOMPP).reg(5).rm(1);
        t.op(0xdb, "FILD Md", FILD).reg(0);
        t.op(0xdb, "FISTTP Md", FISTTP).reg(1);
        t.op(0xdb, "FIST Md", FIST).reg(2);
        t.op(0xdb, "FISTP Md", FISTP).reg(3);
        t.op(0xdb, "FNENI", FNENI).reg(4).rm(0);
        t.op(0xdb, "FNDISI", FNENI).reg(4).rm(1);
        t.op(0xdb, "FNCLEX", FNCLEX).reg(4).rm(2);
        t.op(0xdb, "FNINIT", FNINIT).reg(4).rm(3);
        t.op(0xdb, "FNSETPM", FNENI).reg(4).rm(4);
        t.op(0xdb, "FLD Mt", FLD).reg(5);
        t.op(0xdb, "FUCOMI ST", FUCOMI).reg(5).register();
        t.op(0xdb, "FCOMI ST", FCOMI).reg(6).register();
        t.op(0xdb, "FSTP Mt", FSTP).reg(7);
        t.op(0xdc, "FCOM Mq", FCOM).reg(2);
        t.op(0xdc, "FCOM ST", FCOM).reg(2).register();
        t.op(0xdc, "FCOMP Mq", FCOMP).reg(3);
        t.op(0xdc, "FCOMP ST", FCOMP).reg(3).register();
    }

    private static void escapesDDtoDF(FormTable t) {
        t.op(0xdd, "FLD Mq", FLD).reg(0);
        t.op(0xdd, "FFREE ST", FFREE).reg(0).register();
        t.op(0xdd, "FISTTP Mq", FISTTP).reg(1);
        t.op(0xdd, "FXCH ST", FXCH).reg(1).register();
        t.op(0xdd, "FST Mq", FST).reg(2);
        t.op(0xdd, "FST ST", FST).reg(2).register();
        t.op(0xdd, "FSTP Mq", FSTP).reg(3);
        t.op(0xdd, "FSTP ST", FSTP).reg(3).register();
        t.op(0xdd, "FRSTOR M", FRSTOR).reg(4);
        t.op(0xdd, "FUCOM ST", FUCOM).reg(4).register();
        t.op(0xdd, "FUCOMP ST", FUCOMP).reg(5).register();
        t.op(0xdd, "FNSAVE M", FNSAVE).reg(6);
        t.op(0xdd, "FNSTSW Mw", FNSTSW).reg(7);
        t.op(0xde, "FICOM Mw", FCOM).reg(2);
        t.op(0xde, "FCOMP ST", FCOMP).reg(2).register();
        t.op(0xde, "FICOMP Mw", FCOMP).reg(3);
        t.op(0xde, "FCOMPP", FCOMPP).reg(3).rm(1);
        t.op(0xdf, "FILD Mw", FILD).reg(0);
        t.op(0xdf, "FFREEP ST", FFREEP).reg(0).register();
        t.op(0xdf, "FISTTP Mw", FISTTP).reg(1);
        t.op(0xdf, "FXCH ST", FXCH).reg(1).register();
        t.op(0xdf, "FIST Mw", FIST).reg(2);
        t.op(0xdf, "FSTP ST", FSTP).reg(2).register();
        t.op(0xdf, "FISTP Mw", FISTP).reg(3);
        t.op(0xdf, "FSTP ST", FSTP).reg(3).register();
        t.op(0xdf, "FBLD Mt", FBLD).reg(4);
        t.op(0xdf, "FNSTSW AX", FNSTSW).reg(4).rm(0);
        t.op(0xdf, "FILD Mq", FILD).reg(5);
        t.op(0xdf, "FUCOMIP ST", FUCOMIP).reg(5).register();
        t.op(0xdf, "FBSTP Mt", FBSTP).reg(6);
        t.op(0xdf, "FCOMIP ST", FCOMIP).reg(6).register();
        t.op(0xdf, "FISTP Mq", FISTP).reg(7);
    }
    // spotless:on
}
