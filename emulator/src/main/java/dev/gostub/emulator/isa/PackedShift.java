package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.Swar.H16;
import static dev.gostub.emulator.isa.Swar.H32;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** Packed shifts of all elements by one count: an immediate, or the low quadword of a register or memory. */
public enum PackedShift implements Family {
    PSLLW,
    PSLLD,
    PSLLQ,
    PSRLW,
    PSRLD,
    PSRLQ,
    PSRAW,
    PSRAD;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.shift(this, i);
        return hot != null ? hot : general(i);
    }

    @Override
    public Op general(Instruction i) {
        boolean immediate = i.operand(i.operandCount() - 1) instanceof Operand.Immediate;
        if (i.operand(0) instanceof Operand.Mmx)
            return immediate ? new MmxByImmediate(this, i) : new MmxByRegister(this, i);
        return immediate ? new ByImmediate(this, i) : new ByRegister(this, i);
    }

    long lane(long a, long count) {
        return switch (this) {
            case PSLLW -> Swar.shiftLeft(a, count, H16, 15);
            case PSLLD -> Swar.shiftLeft(a, count, H32, 31);
            case PSLLQ -> Long.compareUnsigned(count, 63) > 0 ? 0 : a << count;
            case PSRLW -> Swar.shiftRight(a, count, H16, 15);
            case PSRLD -> Swar.shiftRight(a, count, H32, 31);
            case PSRLQ -> Long.compareUnsigned(count, 63) > 0 ? 0 : a >>> count;
            case PSRAW -> Swar.shiftRightSigned(a, count, H16, 15);
            case PSRAD -> Swar.shiftRightSigned(a, count, H32, 31);
        };
    }

    /** {@code Ux,Ib}; with VEX {@code Hx,Ux,Ib}. */
    private static final class ByImmediate extends VectorOp {
        private final PackedShift f;
        private final long count;

        ByImmediate(PackedShift f, Instruction i) {
            super(i);
            this.f = f;
            count = i.immediate() & 0xff;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            long[] v = c.v;
            int from = b.load(c);
            for (int k = 0; k < lanes; k++) v[d + k] = f.lane(v[from + k], count);
            if (lanes == 2) upper(v);
            return next.exec(c);
        }
    }

    /** {@code Vdq,Wdq}; with VEX {@code Vx,Hx,Wdq}. */
    private static final class ByRegister extends VectorOp {
        private final PackedShift f;

        ByRegister(PackedShift f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long count = c.v[b.load(c)];
            long[] v = c.v;
            for (int k = 0; k < lanes; k++) v[d + k] = f.lane(v[a + k], count);
            if (lanes == 2) upper(v);
            return next.exec(c);
        }
    }

    private static final class MmxByImmediate extends MmxOp {
        private final PackedShift f;
        private final long count;

        MmxByImmediate(PackedShift f, Instruction i) {
            super(i);
            this.f = f;
            count = i.immediate() & 0xff;
        }

        @Override
        long apply(long a, long ignored) {
            return f.lane(a, count);
        }
    }

    private static final class MmxByRegister extends MmxOp {
        private final PackedShift f;

        MmxByRegister(PackedShift f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        long apply(long a, long count) {
            return f.lane(a, count);
        }
    }
}
