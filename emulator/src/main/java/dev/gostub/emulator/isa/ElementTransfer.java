package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** Single elements between vectors (MMX registers among them) and general registers or memory, and masks of sign bits. */
public enum ElementTransfer implements Family {
    /** MOVD and, with REX.W, MOVQ: general registers and memory to and from the low element. */
    MOVD,
    /** PINSRB, PINSRW, PINSRD, PINSRQ: the width is that of the memory operand. */
    PINSR,
    /** PEXTRB, PEXTRW, PEXTRD, PEXTRQ, EXTRACTPS. */
    PEXTR,
    PMOVMSKB;

    @Override
    public Op lower(Instruction i) {
        if (this == PMOVMSKB && i.operand(1) instanceof Operand.Vector(int number, int bits)) {
            return bits == 128 ? new Mask128(i.reg(), number * Cpu.LANES) : new Mask256(i.reg(), number * Cpu.LANES);
        }
        if (this == MOVD
                && i.operand(0) instanceof Operand.Vector(int d, int b1)
                && i.operand(1) instanceof Operand.General(int r, int bits, boolean high)) {
            return new FromGeneral(d * Cpu.LANES, r, -1L >>> 64 - bits, i.form().isVex() ? 0 : -1L);
        }
        if (this == MOVD
                && i.operand(1) instanceof Operand.Vector(int s, int b1)
                && i.operand(0) instanceof Operand.General(int r, int bits, boolean high)) {
            return new ToGeneral(r, s * Cpu.LANES, -1L >>> 64 - bits);
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        boolean mmx = i.operand(0) instanceof Operand.Mmx || i.operand(1) instanceof Operand.Mmx;
        return switch (this) {
            case MOVD -> new Movd(i, mmx);
            case PINSR -> mmx ? new InsertMmx(i) : new Insert(i);
            case PEXTR -> mmx ? new ExtractMmx(i) : new Extract(i);
            case PMOVMSKB -> new Mask(i, mmx);
        };
    }

    private static final class Movd extends Op {
        private final QuadwordAccess destination;
        private final QuadwordAccess source;
        private final long mask;
        private final boolean mmx;

        Movd(Instruction i, boolean mmx) {
            destination = QuadwordAccess.of(i.operand(0), i.form().isVex());
            source = QuadwordAccess.of(i.operand(1), false);
            mask = i.rexW() ? -1L : 0xffffffffL;
            this.mmx = mmx;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (mmx) MmxOp.check(c);
            long value = source.read(c) & mask;
            destination.checkWrite(c);
            if (mmx) MmxOp.enter(c);
            destination.write(c, value);
            return next.exec(c);
        }
    }

    /** {@code Vdq,Ed,Ib}; with VEX {@code Vdq,Hdq,Ed,Ib}. */
    private static final class Insert extends Op {
        private final int d;
        private final int a;
        private final int lane;
        private final int shift;
        private final long mask;
        private final long keep;
        private final Access source;

        Insert(Instruction i) {
            boolean vex = i.form().isVex();
            int bits = elementBits(i, vex ? 2 : 1);
            int at = ((int) i.immediate() & 128 / bits - 1) * bits;
            d = VectorOp.register(i.operand(0));
            a = VectorOp.register(i.operand(vex ? 1 : 0));
            lane = at / 64;
            shift = at % 64;
            mask = -1L >>> 64 - bits << shift;
            keep = vex ? 0 : -1L;
            source = Access.of(i, vex ? 2 : 1);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long value = source.read(c) << shift;
            long[] v = c.v;
            v[d] = v[a];
            v[d + 1] = v[a + 1];
            v[d + lane] = Swar.select(mask, value, v[d + lane]);
            v[d + 2] &= keep;
            v[d + 3] &= keep;
            return next.exec(c);
        }
    }

    /** The width of the element, which a general register as the other operand hides: PINSRB and PEXTRB are at the opcodes 20 and 14, PINSRW and PEXTRW at C4, C5 and 15. */
    private static int elementBits(Instruction i, int operand) {
        return switch (i.opcode()) {
            case 0x14, 0x20 -> 8;
            case 0x15, 0xc4, 0xc5 -> 16;
            default -> i.operand(operand).bits();
        };
    }

    /** {@code Ed,Vdq,Ib}, {@code Gd,Udq,Ib}: zero-extended into a register. */
    private static final class Extract extends Op {
        private final Access destination;
        private final int from;
        private final int shift;
        private final long mask;

        Extract(Instruction i) {
            int bits = elementBits(i, 0);
            int at = ((int) i.immediate() & 128 / bits - 1) * bits;
            destination = Access.of(i, 0);
            from = VectorOp.register(i.operand(1)) + at / 64;
            shift = at % 64;
            mask = -1L >>> 64 - bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, c.v[from] >>> shift & mask);
            return next.exec(c);
        }
    }

    private static final class InsertMmx extends Op {
        private final Access destination;
        private final Access source;
        private final int shift;

        InsertMmx(Instruction i) {
            destination = Access.of(i, 0);
            source = Access.of(i, 1);
            shift = ((int) i.immediate() & 3) * 16;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            MmxOp.check(c);
            long value = source.read(c) << shift;
            MmxOp.enter(c);
            destination.write(c, Swar.select(0xffffL << shift, value, destination.read(c)));
            return next.exec(c);
        }
    }

    private static final class ExtractMmx extends Op {
        private final Access destination;
        private final Access source;
        private final int shift;

        ExtractMmx(Instruction i) {
            destination = Access.of(i, 0);
            source = Access.of(i, 1);
            shift = ((int) i.immediate() & 3) * 16;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            MmxOp.check(c);
            MmxOp.enter(c);
            destination.write(c, source.read(c) >>> shift & 0xffff);
            return next.exec(c);
        }
    }

    /** The sign bits of all bytes. */
    private static final class Mask extends Op {
        private final Access destination;
        private final Operand source;
        private final boolean mmx;

        Mask(Instruction i, boolean mmx) {
            destination = Access.of(i, 0);
            source = i.operand(1);
            this.mmx = mmx;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (mmx) {
                MmxOp.check(c);
                MmxOp.enter(c);
                destination.write(c, Swar.mask8(Access.of(source).read(c)));
                return next.exec(c);
            }
            int from = VectorOp.register(source);
            long mask = 0;
            for (int k = source.bits() / 64 - 1; k >= 0; k--) mask = mask << 8 | Swar.mask8(c.v[from + k]);
            destination.write(c, mask);
            return next.exec(c);
        }
    }

    // spotless:off
    private static final class Mask128 extends Op { final int d, s; Mask128(int d, int s) { this.d = d; this.s = s; } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; c.r[d] = Swar.mask8(v[s]) | Swar.mask8(v[s + 1]) << 8; return next.exec(c); } }
    private static final class Mask256 extends Op { final int d, s; Mask256(int d, int s) { this.d = d; this.s = s; } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; c.r[d] = Swar.mask8(v[s]) | Swar.mask8(v[s + 1]) << 8 | Swar.mask8(v[s + 2]) << 16 | (long) Swar.mask8(v[s + 3]) << 24; return next.exec(c); } }
    private static final class FromGeneral extends Op { final int d, r; final long mask, keep; FromGeneral(int d, int r, long mask, long keep) { this.d = d; this.r = r; this.mask = mask; this.keep = keep; } @Override public @Nullable Op exec(Cpu c) { long[] v = c.v; v[d] = c.r[r] & mask; v[d + 1] = 0; v[d + 2] &= keep; v[d + 3] &= keep; return next.exec(c); } }
    private static final class ToGeneral extends Op { final int r, s; final long mask; ToGeneral(int r, int s, long mask) { this.r = r; this.s = s; this.mask = mask; } @Override public @Nullable Op exec(Cpu c) { c.r[r] = c.v[s] & mask; return next.exec(c); } }
    // spotless:on
}
