package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** JMP, Jcc, CALL, RET, LOOPcc, JRCXZ: what ends blocks or leaves them. */
public enum ControlTransfer implements Family {
    JMP,
    JCC,
    CALL,
    RET,
    LOOP,
    LOOPE,
    LOOPNE,
    JRCXZ;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case JMP ->
                i.operand(0) instanceof Operand.Immediate(long target, int b)
                        ? new Jump(target)
                        : new JumpIndirect(Access.of(i, 0));
            case JCC -> new Branch(i.opcode() & 15, target(i));
            case CALL ->
                i.operand(0) instanceof Operand.Immediate(long target, int b)
                        ? new Call(target, i.end())
                        : new CallIndirect(Access.of(i, 0), i.end());
            case RET -> new Return(i.operandCount() == 0 ? 0 : (int) i.immediate() & 0xffff);
            case LOOP, LOOPE, LOOPNE, JRCXZ -> new CountBranch(this, i.address32() ? 0xffffffffL : -1L, target(i));
        };
    }

    private static long target(Instruction i) {
        return i.end() + i.immediate();
    }

    /** A conditional branch: taken it leaves the block, else the block goes on. */
    abstract static class Conditional extends Op.Exit {
        final long target;
        private @Nullable Op taken;

        Conditional(long target) {
            this.target = target;
        }

        final @Nullable Op take(Cpu c) {
            return go(c, taken != null ? taken : linkTaken(), target);
        }

        private @Nullable Op linkTaken() {
            taken = link(target);
            return taken;
        }

        @Override
        public final void unlink(Op first) {
            if (taken == first) taken = null;
        }
    }

    static final class Branch extends Conditional {
        final byte condition;

        Branch(int condition, long target) {
            super(target);
            this.condition = (byte) condition;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            return c.flags.test(condition) ? take(c) : next.exec(c);
        }
    }

    private static final class CountBranch extends Conditional {
        private final ControlTransfer f;
        private final long mask;

        CountBranch(ControlTransfer f, long mask, long target) {
            super(target);
            this.f = f;
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            if (f == JRCXZ) return (c.r[Cpu.RCX] & mask) == 0 ? take(c) : next.exec(c);
            long count = c.r[Cpu.RCX] - 1 & mask;
            c.r[Cpu.RCX] = count; // with a 32-bit count ECX is written, which clears the upper half
            boolean flag = f == LOOP || c.flags.zero() == (f == LOOPE);
            return count != 0 && flag ? take(c) : next.exec(c);
        }
    }

    /** One way out. */
    abstract static class OneWay extends Op.Last {
        final long target;

        @Nullable
        Op linked;

        OneWay(long target) {
            this.target = target;
        }

        final @Nullable Op go(Cpu c) {
            return go(c, linked != null ? linked : linkTarget(), target);
        }

        private @Nullable Op linkTarget() {
            linked = link(target);
            return linked;
        }

        @Override
        public final void unlink(Op first) {
            if (linked == first) linked = null;
        }
    }

    /** JMP; also what ends a block that was cut. */
    public static final class Jump extends OneWay {
        public Jump(long target) {
            super(target);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            return go(c);
        }
    }

    private static final class Call extends OneWay {
        private final long back;

        Call(long target, long back) {
            super(target);
            this.back = back;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.push(back);
            return go(c);
        }
    }

    /** Goes where a value says. The first two targets are linked, for returns and calls of one site repeat; any others are looked up each time. */
    abstract static class Computed extends Op.Last {
        private long firstTarget;
        private long secondTarget;
        private @Nullable Op first;
        private @Nullable Op second;

        final @Nullable Op goTo(Cpu c, long target) {
            if (target == firstTarget && first != null) return go(c, first, target);
            if (target == secondTarget && second != null) return go(c, second, target);
            return go(c, elsewhere(target), target);
        }

        private @Nullable Op elsewhere(long target) {
            if (first == null) {
                first = link(target);
                firstTarget = target;
                return first;
            }
            if (second == null) {
                second = link(target);
                secondTarget = target;
                return second;
            }
            return blocks.find(target);
        }

        @Override
        public final void unlink(Op dropped) {
            if (first == dropped) first = null;
            if (second == dropped) second = null;
        }

        /** #GP of a target that is no address comes from the branch, before it has had any effect. */
        static long canonical(long target) {
            if (target << 16 >> 16 != target) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            return target;
        }
    }

    static final class Return extends Computed {
        final int release;

        Return(int release) {
            this.release = release;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long target = canonical(c.memory.load64(c.r[Cpu.RSP]));
            c.r[Cpu.RSP] += 8 + release;
            return goTo(c, target);
        }
    }

    private static final class JumpIndirect extends Computed {
        private final Access where;

        JumpIndirect(Access where) {
            this.where = where;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            return goTo(c, canonical(where.read(c)));
        }
    }

    private static final class CallIndirect extends Computed {
        private final Access where;
        private final long back;

        CallIndirect(Access where, long back) {
            this.where = where;
            this.back = back;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long target = where.read(c);
            c.memory.checkWrite(c.r[Cpu.RSP] - 8, 8); // its fault comes before that of the target
            canonical(target);
            c.push(back);
            return goTo(c, target);
        }
    }
}
