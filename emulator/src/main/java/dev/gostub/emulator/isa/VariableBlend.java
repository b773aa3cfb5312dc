package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** Blends by the sign bits of a mask register: XMM0 in legacy encodings, a register of its own with VEX. */
public enum VariableBlend implements Family {
    PBLENDVB(Swar.H8, 7),
    BLENDVPS(Swar.H32, 31),
    BLENDVPD(Long.MIN_VALUE, 63);

    private final long top;
    private final int width;

    VariableBlend(long top, int width) {
        this.top = top;
        this.width = width;
    }

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    /** {@code Vdq,Wdq,XMM0}; with VEX {@code Vx,Hx,Wx,Lx}. */
    private static final class General extends Op {
        private final VariableBlend f;
        private final int d;
        private final int a;
        private final Lanes b;
        private final int mask;
        private final int lanes;
        private final boolean vex;

        General(VariableBlend f, Instruction i) {
            this.f = f;
            vex = i.form().isVex();
            d = VectorOp.register(i.operand(0));
            a = VectorOp.register(i.operand(vex ? 1 : 0));
            b = Lanes.of(i.operand(vex ? 2 : 1), !vex);
            mask = VectorOp.register(i.operand(vex ? 3 : 2));
            lanes = i.operand(0).bits() / 64;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            for (int k = 0; k < lanes; k++)
                v[d + k] = Swar.select(Swar.sign(v[mask + k], f.top, f.width), v[from + k], v[a + k]);
            if (vex) c.clearAbove(d, lanes);
            return next.exec(c);
        }
    }
}
