package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.BitManipulation.*;
import static dev.gostub.emulator.isa.BitScan.*;
import static dev.gostub.emulator.isa.BitTest.*;
import static dev.gostub.emulator.isa.CompareExchangeWide.*;
import static dev.gostub.emulator.isa.DoubleShift.*;
import static dev.gostub.emulator.isa.Miscellaneous.*;
import static dev.gostub.emulator.isa.MultiPrecision.*;
import static dev.gostub.emulator.isa.Processor.*;
import static dev.gostub.emulator.isa.StringOperation.*;

import dev.gostub.emulator.decode.FormTable;

/**
 * The rest of the general-purpose instructions: strings, bits, double shifts, BMI, MOVBE, CRC32 and so on, over all maps: Intel SDM vol. 2, appendix A, in opcode order.
 */
final class GeneralMap {
    private GeneralMap() {}

    // spotless:off
    static void fill(FormTable t1, FormTable t, FormTable t38, FormTable t3a) {
        t1.op(0x6c, "INS Yb,DX", PRIVILEGED);
        t1.op(0x6d, "INS Yz,DX", PRIVILEGED);
        t1.op(0x6e, "OUTS DX,Xb", PRIVILEGED);
        t1.op(0x6f, "OUTS DX,Xz", PRIVILEGED);
        t1.op(0xa4, "MOVS Yb,Xb", MOVS);
        t1.op(0xa5, "MOVS Yv,Xv", MOVS);
        t1.op(0xa6, "CMPS Xb,Yb", CMPS);
        t1.op(0xa7, "CMPS Xv,Yv", CMPS);
        t1.op(0xaa, "STOS Yb,AL", STOS);
        t1.op(0xab, "STOS Yv,rAX", STOS);
        t1.op(0xac, "LODS AL,Xb", LODS);
        t1.op(0xad, "LODS rAX,Xv", LODS);
        t1.op(0xae, "SCAS AL,Yb", SCAS);
        t1.op(0xaf, "SCAS rAX,Yv", SCAS);
        t1.op(0xc8, "ENTER Iw,Ib", ENTER).default64();
        t1.op(0xcd, "INT Ib", INT);
        t1.op(0xd7, "XLAT", XLAT);
        t1.op(0xe4, "IN AL,Ib", PRIVILEGED);
        t1.op(0xe5, "IN EAX,Ib", PRIVILEGED);
        t1.op(0xe6, "OUT Ib,AL", PRIVILEGED);
        t1.op(0xe7, "OUT Ib,EAX", PRIVILEGED);
        t1.op(0xec, "IN AL,DX", PRIVILEGED);
        t1.op(0xed, "IN EAX,DX", PRIVILEGED);
        t1.op(0xee, "OUT DX,AL", PRIVILEGED);
        t1.op(0xef, "OUT DX,EAX", PRIVILEGED);

        t.op(0x06, "CLTS", PRIVILEGED);
        t.op(0x08, "INVD", PRIVILEGED);
        t.op(0x09, "WBINVD", PRIVILEGED);
        t.op(0x30, "WRMSR", PRIVILEGED);
        t.op(0x35, "SYSEXIT", PRIVILEGED);
        t.op(0x32, "RDMSR", PRIVILEGED);
        t.op(0x33, "RDPMC", PRIVILEGED);
        t.op(0xa3, "BT Ev,Gv", BT);
        t.op(0xa4, "SHLD Ev,Gv,Ib", SHLD);
        t.op(0xa5, "SHLD Ev,Gv,CL", SHLD);
        t.op(0xab, "BTS Ev,Gv", BTS).lockable();
        t.op(0xac, "SHRD Ev,Gv,Ib", SHRD);
        t.op(0xad, "SHRD Ev,Gv,CL", SHRD);
        t.op(0xae, "CLWB M", CLFLUSH).reg(6).p66();
        t.op(0xae, "CLFLUSHOPT M", CLFLUSH).reg(7).p66();
        t.op(0xb3, "BTR Ev,Gv", BTR).lockable();
        t.op(0xb8, "POPCNT Gv,Ev", POPCNT).f3();
        t.op(0xba, "BT Ev,Ib", BT).reg(4);
        t.op(0xba, "BTS Ev,Ib", BTS).reg(5).lockable();
        t.op(0xba, "BTR Ev,Ib", BTR).reg(6).lockable();
        t.op(0xba, "BTC Ev,Ib", BTC).reg(7).lockable();
        t.op(0xbb, "BTC Ev,Gv", BTC).lockable();
        t.op(0xbc, "BSF Gv,Ev", BSF);
        t.op(0xbc, "TZCNT Gv,Ev", TZCNT).f3();
        t.op(0xbd, "BSR Gv,Ev", BSR);
        t.op(0xbd, "LZCNT Gv,Ev", LZCNT).f3();
        t.op(0xc3, "MOVNTI My,Gy", Move.MOV).np();
        t.op(0xc7, "CMPXCHG8B M", CMPXCHG8B).reg(1).lockable(); // CMPXCHG16B with REX.W
        t.op(0xc7, "RDRAND Rv", RDRAND).reg(6);
        t.op(0xc7, "RDSEED Rv", RDRAND).reg(7);
        t.op(0xc7, "RDPID Rq", RDPID).reg(7).f3();

        t38.op(0xf0, "MOVBE Gv,Mv", MOVBE).unrepeated();
        t38.op(0xf0, "CRC32 Gy,Eb", CRC32).f2();
        t38.op(0xf1, "MOVBE Mv,Gv", MOVBE).unrepeated();
        t38.op(0xf1, "CRC32 Gy,Ev", CRC32).f2();
        t38.op(0xf2, "ANDN Gy,By,Ey", ANDN).vex().l0();
        t38.op(0xf3, "BLSR By,Ey", BLSR).vex().l0().reg(1);
        t38.op(0xf3, "BLSMSK By,Ey", BLSMSK).vex().l0().reg(2);
        t38.op(0xf3, "BLSI By,Ey", BLSI).vex().l0().reg(3);
        t38.op(0xf5, "BZHI Gy,Ey,By", BZHI).vex().l0();
        t38.op(0xf5, "PEXT Gy,By,Ey", PEXT).f3().vex().l0();
        t38.op(0xf5, "PDEP Gy,By,Ey", PDEP).f2().vex().l0();
        t38.op(0xf6, "ADCX Gy,Ey", ADCX).p66();
        t38.op(0xf6, "ADOX Gy,Ey", ADOX).f3();
        t38.op(0xf6, "MULX Gy,By,Ey", MULX).f2().vex().l0();
        t38.op(0xf7, "BEXTR Gy,Ey,By", BEXTR).vex().l0();
        t38.op(0xf7, "SHLX Gy,Ey,By", SHLX).p66().vex().l0();
        t38.op(0xf7, "SARX Gy,Ey,By", SARX).f3().vex().l0();
        t38.op(0xf7, "SHRX Gy,Ey,By", SHRX).f2().vex().l0();
        t3a.op(0xf0, "RORX Gy,Ey,Ib", RORX).f2().vex().l0();
    }
    // spotless:on
}
