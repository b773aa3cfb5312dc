package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.decode.Instruction;

/** FLD1, FLDL2T, FLDL2E, FLDPI, FLDLG2, FLDLN2, FLDZ. The processor holds 66 bits of the irrational ones and rounds them by FCW (SDM vol. 2, FLD1). */
public enum X87Constant implements Family {
    FLD1(0, Long.MIN_VALUE, 0),
    FLDL2T(1, 0xd49a784bcd1b8afeL, 0x49), // log2 10
    FLDL2E(0, 0xb8aa3b295c17f0bbL, 0xbe), // log2 e
    FLDPI(1, 0xc90fdaa22168c234L, 0xc4),
    FLDLG2(-2, 0x9a209a84fbcff798L, 0x8f), // log10 2
    FLDLN2(-1, 0xb17217f7d1cf79abL, 0xc9), // ln 2
    FLDZ(0, 0, 0);

    private final int exponent;
    private final long significand;
    /** The next eight bits. */
    private final int more;

    X87Constant(int exponent, long significand, int more) {
        this.exponent = exponent;
        this.significand = significand;
        this.more = more;
    }

    @Override
    public Op lower(Instruction i) {
        return new Push(this, i);
    }

    private static final class Push extends X87Op {
        private final X87Constant f;

        Push(X87Constant f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            if (f == FLDZ) s.r.set(UnpackedFloat.ZERO, false);
            else s.r.setFinite(false, f.exponent, f.significand);
            s.low = (long) f.more << 56;
            X87Stack.round(c, 64);
            s.flags = 0; // no #P
            s.roundedUp = false;
            X87Transfer.push(c);
        }
    }
}
