package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** Scalar and half-register moves: MOVSS, MOVSD, MOVLPS, MOVHPS, MOVHLPS, MOVLHPS, the duplicating moves, and MOVMSK. MOVLPD and MOVHPD are the same as MOVLPS and MOVHPS. */
public enum FloatMove implements Family {
    MOVSS,
    MOVSD,
    MOVLPS,
    MOVHPS,
    MOVHLPS,
    MOVLHPS,
    MOVDDUP,
    MOVSLDUP,
    MOVSHDUP,
    MOVMSKPS,
    MOVMSKPD;

    @Override
    public Op lower(Instruction i) {
        if (i.operand(0) instanceof Operand.InMemory(Place p, int bits)) return store(p, i, bits);
        return switch (this) {
            case MOVSS, MOVSD ->
                i.hasMemory()
                        ? FloatMoveOps.load(
                                VectorOp.register(i.operand(0)),
                                i.place(),
                                i.operand(1).bits(),
                                i.form().isVex())
                        : new Merge(i, this == MOVSS ? 0xffffffffL : -1L);
            case MOVLPS, MOVHPS -> new LoadHalf(i, this == MOVHPS ? 1 : 0);
            case MOVHLPS, MOVLHPS -> new CopyHalf(i, this == MOVLHPS ? 1 : 0);
            case MOVDDUP, MOVSLDUP, MOVSHDUP -> new Duplicate(this, i);
            case MOVMSKPS, MOVMSKPD -> new SignMask(i, this == MOVMSKPS);
        };
    }

    private Op store(Place p, Instruction i, int bits) {
        return FloatMoveOps.store(p, VectorOp.register(i.operand(1)) + (this == MOVHPS ? 1 : 0), bits);
    }

    /** Index of the first source's lowest lane: VEX.vvvv, or the destination of a legacy encoding. */
    private static int first(Instruction i) {
        return VectorOp.register(i.operand(i.form().isVex() ? 1 : 0));
    }

    /** MOVSS and MOVSD between registers: the lowest element of the last operand over the first source. */
    private static final class Merge extends Op {
        private final int d, a, b;
        private final long mask;
        private final boolean vex;

        Merge(Instruction i, long mask) {
            this.d = VectorOp.register(i.operand(0));
            this.a = first(i);
            this.vex = i.form().isVex();
            this.b = VectorOp.register(i.operand(vex ? 2 : 1));
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            long[] v = c.v;
            v[d] = v[a] & ~mask | v[b] & mask;
            if (vex) {
                v[d + 1] = v[a + 1];
                c.clearAbove(d, 2);
            }
            return next.exec(c);
        }
    }

    private static final class LoadHalf extends Op {
        private final int d, a, half;
        private final Address address;
        private final boolean vex;

        LoadHalf(Instruction i, int half) {
            this.d = VectorOp.register(i.operand(0));
            this.a = first(i);
            this.half = half;
            this.address = new Address(i.place());
            this.vex = i.form().isVex();
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.v[d + half] = c.memory.load64(address.of(c));
            if (vex) {
                c.v[d + 1 - half] = c.v[a + 1 - half];
                c.clearAbove(d, 2);
            }
            return next.exec(c);
        }
    }

    /** MOVHLPS (high to low, half 0) and MOVLHPS (low to high, half 1). */
    private static final class CopyHalf extends Op {
        private final int d, a, b, half;
        private final boolean vex;

        CopyHalf(Instruction i, int half) {
            this.d = VectorOp.register(i.operand(0));
            this.a = first(i);
            this.vex = i.form().isVex();
            this.b = VectorOp.register(i.operand(vex ? 2 : 1));
            this.half = half;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            long moved = c.v[b + 1 - half];
            if (vex) c.v[d + 1 - half] = c.v[a + 1 - half];
            c.v[d + half] = moved;
            if (vex) c.clearAbove(d, 2);
            return next.exec(c);
        }
    }

    private static final class Duplicate extends Op {
        private final FloatMove f;
        private final int d, lanes;
        private final Lanes source;
        private final boolean vex;

        Duplicate(FloatMove f, Instruction i) {
            this.f = f;
            this.d = VectorOp.register(i.operand(0));
            this.lanes = i.vectorBits() / 64;
            this.vex = i.form().isVex();
            this.source = Lanes.of(i.operand(1), !vex);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int s = source.load(c);
            long[] v = c.v;
            for (int k = 0; k < lanes; k++) {
                long x = v[s + k];
                switch (f) {
                    case MOVDDUP -> v[d + k] = (k & 1) == 0 ? x : v[d + k - 1];
                    case MOVSLDUP -> v[d + k] = x & 0xffffffffL | x << 32;
                    default -> v[d + k] = x >>> 32 | x & ~0xffffffffL;
                }
            }
            if (vex) c.clearAbove(d, lanes);
            return next.exec(c);
        }
    }

    /** The sign bits of all elements. */
    private static final class SignMask extends Op {
        private final int d, s, lanes;
        private final boolean pairs;

        SignMask(Instruction i, boolean pairs) {
            this.d = i.reg();
            this.s = VectorOp.register(i.operand(1));
            this.lanes = i.vectorBits() / 64;
            this.pairs = pairs;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            long mask = 0;
            for (int k = 0; k < lanes; k++) {
                long x = c.v[s + k];
                if (pairs) mask |= (x >>> 31 & 1 | x >>> 63 << 1) << 2 * k;
                else mask |= x >>> 63 << k;
            }
            c.r[d] = mask;
            return next.exec(c);
        }
    }
}
