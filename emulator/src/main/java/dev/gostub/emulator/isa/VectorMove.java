package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** Moves of whole vectors and of their low quadword. Whether the elements are integers or floating-point numbers makes no difference. */
public enum VectorMove implements Family {
    /** MOVDQA, MOVAPS, MOVAPD and the non-temporal moves: memory must be aligned, with VEX too. */
    MOVDQA,
    /** MOVDQU, MOVUPS, MOVUPD, LDDQU. */
    MOVDQU,
    /** MOVQ between vector registers and memory: the rest of a destination register is cleared. */
    MOVQ,
    /** MOVQ and MOVNTQ of MMX registers. */
    MOVQ_MMX,
    MOVQ2DQ,
    MOVDQ2Q,
    VZEROUPPER,
    VZEROALL;

    @Override
    public Op lower(Instruction i) {
        Op hot = switch (this) {
            case MOVDQA, MOVDQU -> hot(i);
            case MOVQ -> i.hasMemory() && i.place().plain() ? quadword(i) : null;
            default -> null;
        };
        return hot != null ? hot : general(i);
    }

    @Override
    public Op general(Instruction i) {
        return switch (this) {
            case MOVDQA, MOVDQU ->
                i.operand(0) instanceof Operand.InMemory ? new Store(i, alignment(i)) : new Load(i, alignment(i));
            case MOVQ -> new LowQuadword(i);
            case MOVQ_MMX, MOVQ2DQ, MOVDQ2Q -> new Mmx(i);
            case VZEROUPPER -> new Zero(2);
            case VZEROALL -> new Zero(0);
        };
    }

    /** Bits that must be clear in an address. */
    private int alignment(Instruction i) {
        return this == MOVDQA ? i.vectorBits() / 8 - 1 : 0;
    }

    private @Nullable Op hot(Instruction i) {
        boolean wide = i.vectorBits() == 256;
        long keep = i.form().isVex() ? 0 : -1L;
        Operand first = i.operand(0);
        Operand second = i.operand(1);
        if (first instanceof Operand.Vector(int d, int b1) && second instanceof Operand.Vector(int s, int b2)) {
            return wide ? new VectorMoveOps.Copy256(d, s) : new VectorMoveOps.Copy128(d, s, keep);
        }
        if (first instanceof Operand.Vector(int d, int b1)
                && second instanceof Operand.InMemory(Place p, int b2)
                && p.plain()) {
            return VectorMoveOps.load(p, d, alignment(i), wide, keep);
        }
        if (first instanceof Operand.InMemory(Place p, int b1)
                && second instanceof Operand.Vector(int s, int b2)
                && p.plain()) {
            return VectorMoveOps.store(p, s, alignment(i), wide);
        }
        return null;
    }

    private static Op quadword(Instruction i) {
        return i.operand(0) instanceof Operand.Vector
                ? VectorMoveOps.loadQuadword(i.place(), i.reg(), i.form().isVex() ? 0 : -1L)
                : VectorMoveOps.storeQuadword(i.place(), i.reg());
    }

    private static void align(long address, int mask) {
        if ((address & mask) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
    }

    /** To a register, from a register or memory. */
    private static final class Load extends VectorOp {
        private final @Nullable Address address;
        private final int alignment;

        Load(Instruction i, int alignment) {
            super(i, false);
            address = i.hasMemory() ? new Address(i.place()) : null;
            this.alignment = alignment;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (address != null) align(address.of(c), alignment);
            int from = b.load(c);
            for (int k = 0; k < lanes; k++) c.v[d + k] = c.v[from + k];
            if (lanes == 2) upper(c.v);
            return next.exec(c);
        }
    }

    private static final class Store extends Op {
        private final Address address;
        private final int source;
        private final int lanes;
        private final int alignment;

        Store(Instruction i, int alignment) {
            address = new Address(i.place());
            source = VectorOp.register(i.operand(1));
            lanes = i.operand(1).bits() / 64;
            this.alignment = alignment;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            align(at, alignment);
            c.memory.storeLanes(at, c.v, source, lanes);
            return next.exec(c);
        }
    }

    /** Source and destination each a vector register or memory. */
    private static final class LowQuadword extends Op {
        private final QuadwordAccess destination;
        private final QuadwordAccess source;

        LowQuadword(Instruction i) {
            boolean vex = i.form().isVex();
            destination = QuadwordAccess.of(i.operand(0), vex);
            source = QuadwordAccess.of(i.operand(1), vex);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, source.read(c));
            return next.exec(c);
        }
    }

    /** At least one side is an MMX register; the other is one too, or memory, or a vector register. */
    private static final class Mmx extends Op {
        private final QuadwordAccess destination;
        private final QuadwordAccess source;

        Mmx(Instruction i) {
            destination = QuadwordAccess.of(i.operand(0), false);
            source = QuadwordAccess.of(i.operand(1), false);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            MmxOp.check(c);
            long value = source.read(c);
            destination.checkWrite(c);
            MmxOp.enter(c);
            destination.write(c, value);
            return next.exec(c);
        }
    }

    /** Clears lanes of all registers. */
    private static final class Zero extends Op {
        private final int from;

        Zero(int from) {
            this.from = from;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            for (int register = 0; register < Cpu.SCRATCH; register += Cpu.LANES) c.clearAbove(register, from);
            return next.exec(c);
        }
    }
}
