package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** INC, DEC, NEG, NOT. */
public enum UnaryArithmetic implements Family {
    INC,
    DEC,
    NEG,
    NOT;

    @Override
    public Op lower(Instruction i) {
        if (i.operand(0) instanceof Operand.General(int d, int bits, boolean high)) {
            if (bits == 64) {
                return switch (this) {
                    case INC -> new Inc64(d);
                    case DEC -> new Dec64(d);
                    case NEG -> new Neg64(d);
                    case NOT -> new Not64(d);
                };
            }
            if (bits == 32 && this == INC) return new Inc32(d);
            if (bits == 32 && this == DEC) return new Dec32(d);
        }
        Op hot = this == INC
                ? ReadModifyWrite.increment(i.operand(0))
                : this == DEC ? ReadModifyWrite.decrement(i.operand(0)) : null;
        if (hot != null) return hot;
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        return new General(this, Access.of(i, 0), i.operand(0).bits());
    }

    /** The specification, on an operand shifted to the top of 64 bits. */
    long apply(Flags flags, int width, long one, long a) {
        return switch (this) {
            case INC -> {
                flags.incDec(Flags.INC | width, a, a + one);
                yield a + one;
            }
            case DEC -> {
                flags.incDec(Flags.DEC | width, a, a - one);
                yield a - one;
            }
            case NEG -> BinaryArithmetic.sub(flags, width, 0, a);
            case NOT -> ~a;
        };
    }

    private static final class General extends Op {
        private final UnaryArithmetic f;
        private final Access operand;
        private final int bits;

        General(UnaryArithmetic f, Access operand, int bits) {
            this.f = f;
            this.operand = operand;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            operand.checkWrite(c);
            int shift = 64 - bits;
            operand.write(c, f.apply(c.flags, Flags.width(bits), 1L << shift, operand.read(c) << shift) >>> shift);
            return next.exec(c);
        }
    }

    abstract static class Reg extends Op {
        final int d;

        Reg(int d) {
            this.d = d;
        }
    }

    // spotless:off
    static final class Inc64 extends Reg { Inc64(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], x = a + 1; c.flags.incDec(Flags.INC, a, x); c.r[d] = x; return next.exec(c); } }
    static final class Dec64 extends Reg { Dec64(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], x = a - 1; c.flags.incDec(Flags.DEC, a, x); c.r[d] = x; return next.exec(c); } }
    static final class Inc32 extends Reg { Inc32(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d] << 32, x = a + (1L << 32); c.flags.incDec(Flags.INC | Flags.W32, a, x); c.r[d] = x >>> 32; return next.exec(c); } }
    static final class Dec32 extends Reg { Dec32(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d] << 32, x = a - (1L << 32); c.flags.incDec(Flags.DEC | Flags.W32, a, x); c.r[d] = x >>> 32; return next.exec(c); } }
    static final class Neg64 extends Reg { Neg64(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = BinaryArithmeticOps.sub64(c.flags, 0, c.r[d]); return next.exec(c); } }
    static final class Not64 extends Reg { Not64(int d) { super(d); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = ~c.r[d]; return next.exec(c); } }
    // spotless:on
}
