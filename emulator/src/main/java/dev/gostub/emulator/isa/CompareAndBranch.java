package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.isa.BinaryArithmeticOps.MemImm;
import dev.gostub.emulator.isa.BinaryArithmeticOps.RegMem;
import dev.gostub.emulator.isa.ControlTransfer.Branch;
import dev.gostub.emulator.isa.ControlTransfer.Conditional;
import org.jspecify.annotations.Nullable;

/**
 * A compare and the conditional branch behind it in one op: one dispatch instead of two, and the condition on the operands instead of on the flags, which are still recorded. Counts as two instructions.
 * Made when a block is built; single steps never see one.
 */
public final class CompareAndBranch {
    private CompareAndBranch() {}

    /** The fused op for two neighbours, or null where there is none. */
    public static @Nullable Op fuse(Op compare, Op branch) {
        if (!(branch instanceof Branch b)) return null;
        return switch (compare) {
            case BinaryArithmeticOps.Cmp64RegReg o -> registers(b, o.d, o.s, 0);
            case BinaryArithmeticOps.Cmp32RegReg o -> registers(b, o.d, o.s, 32);
            case BinaryArithmeticOps.Cmp8RegReg o -> registers(b, o.d, o.s, 56);
            case BinaryArithmeticOps.Cmp64RegImm o -> immediate(b, o.d, o.i, 0);
            case BinaryArithmeticOps.Cmp32RegImm o -> immediate(b, o.d, o.i, 32);
            case BinaryArithmeticOps.Cmp8RegImm o -> immediate(b, o.d, o.i, 56);
            case BinaryArithmeticOps.Cmp64RegMem o -> registerMemory(b, o, 0);
            case BinaryArithmeticOps.Cmp32RegMem o -> registerMemory(b, o, 32);
            case BinaryArithmeticOps.Cmp64MemReg o -> memoryRegister(b, o, 0);
            case BinaryArithmeticOps.Cmp32MemReg o -> memoryRegister(b, o, 32);
            case BinaryArithmeticOps.Cmp64MemImm o -> memoryImmediate(b, o, 0);
            case BinaryArithmeticOps.Cmp32MemImm o -> memoryImmediate(b, o, 32);
            case BinaryArithmeticOps.Cmp8MemImm o -> memoryImmediate(b, o, 56);
            case BitTest.BtRegImm o -> b.condition >>> 1 == 1 ? new BitRI(o, b) : null;
            case BitTest.BtRegReg o -> b.condition >>> 1 == 1 ? new BitRR(o, b) : null;
            case Logic.Test64RegReg o -> test(b, o.d, o.s, 0);
            case Logic.Test32RegReg o -> test(b, o.d, o.s, 32);
            case Logic.Test8RegReg o -> test(b, o.d, o.s, 56);
            default -> null;
        };
    }

    private static @Nullable Op registers(Branch b, int d, int s, int shift) {
        return switch (b.condition >>> 1) {
            case 1 -> new BelowRR(d, s, shift, b);
            case 2 -> new EqualRR(d, s, shift, b);
            case 3 -> new BelowEqualRR(d, s, shift, b);
            case 4 -> new SignRR(d, s, shift, b);
            case 6 -> new LessRR(d, s, shift, b);
            case 7 -> new LessEqualRR(d, s, shift, b);
            default -> null;
        };
    }

    private static @Nullable Op immediate(Branch b, int d, long i, int shift) {
        return switch (b.condition >>> 1) {
            case 1 -> new BelowRI(d, i, shift, b);
            case 2 -> new EqualRI(d, i, shift, b);
            case 3 -> new BelowEqualRI(d, i, shift, b);
            case 4 -> new SignRI(d, i, shift, b);
            case 6 -> new LessRI(d, i, shift, b);
            case 7 -> new LessEqualRI(d, i, shift, b);
            default -> null;
        };
    }

    private static @Nullable Op registerMemory(Branch b, RegMem o, int shift) {
        return switch (b.condition >>> 1) {
            case 1 -> new BelowRM(o, shift, b);
            case 2 -> new EqualRM(o, shift, b);
            case 3 -> new BelowEqualRM(o, shift, b);
            case 4 -> new SignRM(o, shift, b);
            case 6 -> new LessRM(o, shift, b);
            case 7 -> new LessEqualRM(o, shift, b);
            default -> null;
        };
    }

    private static @Nullable Op memoryRegister(Branch b, RegMem o, int shift) {
        return switch (b.condition >>> 1) {
            case 1 -> new BelowMR(o, shift, b);
            case 2 -> new EqualMR(o, shift, b);
            case 3 -> new BelowEqualMR(o, shift, b);
            case 4 -> new SignMR(o, shift, b);
            case 6 -> new LessMR(o, shift, b);
            case 7 -> new LessEqualMR(o, shift, b);
            default -> null;
        };
    }

    private static @Nullable Op memoryImmediate(Branch b, MemImm o, int shift) {
        return switch (b.condition >>> 1) {
            case 1 -> new BelowMI(o, shift, b);
            case 2 -> new EqualMI(o, shift, b);
            case 3 -> new BelowEqualMI(o, shift, b);
            case 4 -> new SignMI(o, shift, b);
            case 6 -> new LessMI(o, shift, b);
            case 7 -> new LessEqualMI(o, shift, b);
            default -> null;
        };
    }

    private static @Nullable Op test(Branch b, int d, int s, int shift) {
        return switch (b.condition >>> 1) {
            case 2 -> new ZeroTestRR(d, s, shift, b);
            case 4 -> new SignTestRR(d, s, shift, b);
            case 7 -> new NotPositiveTestRR(d, s, shift, b);
            default -> null;
        };
    }

    /** Operands are shifted to the top of 64 bits by {@code shift} = 64 - width. */
    private abstract static class Fused extends Conditional {
        final boolean negated;
        final byte shift;
        final short kind;

        Fused(int operation, int shift, Branch b) {
            super(b.target);
            this.negated = (b.condition & 1) != 0;
            this.shift = (byte) shift;
            this.kind = (short) (operation | shift << 8);
        }
    }

    private abstract static class FusedRR extends Fused {
        final byte d, s;

        FusedRR(int d, int s, int shift, Branch b) {
            super(Flags.SUB, shift, b);
            this.d = (byte) d;
            this.s = (byte) s;
        }
    }

    private abstract static class TestRR extends Fused {
        final byte d, s;

        TestRR(int d, int s, int shift, Branch b) {
            super(Flags.LOGIC, shift, b);
            this.d = (byte) d;
            this.s = (byte) s;
        }
    }

    private abstract static class FusedRI extends Fused {
        final byte d;
        final long i;

        FusedRI(int d, long i, int shift, Branch b) {
            super(Flags.SUB, shift, b);
            this.d = (byte) d;
            this.i = i;
        }
    }

    private abstract static class FusedRM extends Fused {
        final byte d, base;
        final long disp;

        FusedRM(RegMem o, int shift, Branch b) {
            super(Flags.SUB, shift, b);
            this.d = o.d;
            this.base = o.base;
            this.disp = o.disp;
        }

        final long load(Cpu c) {
            return shift == 0 ? c.memory.load64(c.r[base] + disp) : c.memory.load32(c.r[base] + disp);
        }
    }

    private abstract static class FusedMI extends Fused {
        final byte base;
        final long disp, i;

        FusedMI(MemImm o, int shift, Branch b) {
            super(Flags.SUB, shift, b);
            this.base = o.base;
            this.disp = o.disp;
            this.i = o.i;
        }

        final long load(Cpu c) {
            long address = c.r[base] + disp;
            return shift == 0
                    ? c.memory.load64(address)
                    : shift == 32 ? c.memory.load32(address) : c.memory.load8(address);
        }
    }

    // spotless:off
    private static final class BelowRR extends FusedRR { BelowRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) < 0 != negated ? take(c) : next.exec(c); } }
    private static final class EqualRR extends FusedRR { EqualRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return x == y != negated ? take(c) : next.exec(c); } }
    private static final class BelowEqualRR extends FusedRR { BelowEqualRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignRR extends FusedRR { SignRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return x - y < 0 != negated ? take(c) : next.exec(c); } }
    private static final class LessRR extends FusedRR { LessRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return x < y != negated ? take(c) : next.exec(c); } }
    private static final class LessEqualRR extends FusedRR { LessEqualRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = c.r[s] << shift; c.flags.set(kind, x, y, x - y); return x <= y != negated ? take(c) : next.exec(c); } }
    private static final class BelowRI extends FusedRI { BelowRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) < 0 != negated ? take(c) : next.exec(c); } }
    private static final class EqualRI extends FusedRI { EqualRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return x == y != negated ? take(c) : next.exec(c); } }
    private static final class BelowEqualRI extends FusedRI { BelowEqualRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignRI extends FusedRI { SignRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return x - y < 0 != negated ? take(c) : next.exec(c); } }
    private static final class LessRI extends FusedRI { LessRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return x < y != negated ? take(c) : next.exec(c); } }
    private static final class LessEqualRI extends FusedRI { LessEqualRI(int d, long i, int shift, Branch b) { super(d, i, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = c.r[d] << shift, y = i; c.flags.set(kind, x, y, x - y); return x <= y != negated ? take(c) : next.exec(c); } }
    private static final class BelowRM extends FusedRM { BelowRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) < 0 != negated ? take(c) : next.exec(c); } }
    private static final class EqualRM extends FusedRM { EqualRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return x == y != negated ? take(c) : next.exec(c); } }
    private static final class BelowEqualRM extends FusedRM { BelowEqualRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignRM extends FusedRM { SignRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return x - y < 0 != negated ? take(c) : next.exec(c); } }
    private static final class LessRM extends FusedRM { LessRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return x < y != negated ? take(c) : next.exec(c); } }
    private static final class LessEqualRM extends FusedRM { LessEqualRM(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = c.r[d] << shift, y = load(c) << shift; c.flags.set(kind, x, y, x - y); return x <= y != negated ? take(c) : next.exec(c); } }
    private static final class BelowMR extends FusedRM { BelowMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) < 0 != negated ? take(c) : next.exec(c); } }
    private static final class EqualMR extends FusedRM { EqualMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return x == y != negated ? take(c) : next.exec(c); } }
    private static final class BelowEqualMR extends FusedRM { BelowEqualMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignMR extends FusedRM { SignMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return x - y < 0 != negated ? take(c) : next.exec(c); } }
    private static final class LessMR extends FusedRM { LessMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return x < y != negated ? take(c) : next.exec(c); } }
    private static final class LessEqualMR extends FusedRM { LessEqualMR(RegMem o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = c.r[d] << shift; c.flags.set(kind, x, y, x - y); return x <= y != negated ? take(c) : next.exec(c); } }
    private static final class BelowMI extends FusedMI { BelowMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) < 0 != negated ? take(c) : next.exec(c); } }
    private static final class EqualMI extends FusedMI { EqualMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return x == y != negated ? take(c) : next.exec(c); } }
    private static final class BelowEqualMI extends FusedMI { BelowEqualMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return Long.compareUnsigned(x, y) <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignMI extends FusedMI { SignMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return x - y < 0 != negated ? take(c) : next.exec(c); } }
    private static final class LessMI extends FusedMI { LessMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return x < y != negated ? take(c) : next.exec(c); } }
    private static final class LessEqualMI extends FusedMI { LessEqualMI(MemImm o, int shift, Branch b) { super(o, shift, b); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long x = load(c) << shift, y = i; c.flags.set(kind, x, y, x - y); return x <= y != negated ? take(c) : next.exec(c); } }
    private static final class ZeroTestRR extends TestRR { ZeroTestRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = (c.r[d] & c.r[s]) << shift; c.flags.logic(kind, x); return x == 0 != negated ? take(c) : next.exec(c); } }
    private static final class SignTestRR extends TestRR { SignTestRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = (c.r[d] & c.r[s]) << shift; c.flags.logic(kind, x); return x < 0 != negated ? take(c) : next.exec(c); } }
    private static final class NotPositiveTestRR extends TestRR { NotPositiveTestRR(int d, int s, int shift, Branch b) { super(d, s, shift, b); } @Override public @Nullable Op exec(Cpu c) { long x = (c.r[d] & c.r[s]) << shift; c.flags.logic(kind, x); return x <= 0 != negated ? take(c) : next.exec(c); } }
    private static final class BitRI extends Conditional { private final byte d; private final long bit; private final boolean negated; BitRI(BitTest.BtRegImm o, Branch b) { super(b.target); d = (byte) o.d; bit = o.bit; negated = (b.condition & 1) != 0; } @Override public @Nullable Op exec(Cpu c) { boolean carry = (c.r[d] & bit) != 0; c.flags.bitTested(carry); return carry != negated ? take(c) : next.exec(c); } }
    private static final class BitRR extends Conditional { private final byte d, s, mask; private final boolean negated; BitRR(BitTest.BtRegReg o, Branch b) { super(b.target); d = (byte) o.d; s = (byte) o.s; mask = (byte) o.mask; negated = (b.condition & 1) != 0; } @Override public @Nullable Op exec(Cpu c) { boolean carry = (c.r[d] >>> (c.r[s] & mask) & 1) != 0; c.flags.bitTested(carry); return carry != negated ? take(c) : next.exec(c); } }
    // spotless:on
}
