package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** ADD, OR, ADC, SBB, AND, SUB, XOR, CMP (SDM vol. 2: one encoding pattern for all eight), in encoding order. */
public enum BinaryArithmetic implements Family {
    ADD,
    OR,
    ADC,
    SBB,
    AND,
    SUB,
    XOR,
    CMP;

    @Override
    public Op lower(Instruction i) {
        Op hot = BinaryArithmeticOps.lower(this, i.operand(0), i.operand(1));
        return hot != null ? hot : general(i);
    }

    /** The op that works for every width and shape. */
    @Override
    public Op general(Instruction i) {
        return new General(this, Access.of(i, 0), Access.of(i, 1), i.operand(0).bits());
    }

    /** The specification. {@code a} and {@code b} are shifted to the top of 64 bits, {@code width} is the width part of a flags kind, {@code one} the least significant bit. */
    long apply(Flags flags, int width, long one, long a, long b) {
        return switch (this) {
            case ADD -> add(flags, width, a, b);
            case OR -> logic(flags, width, a | b);
            case ADC -> adc(flags, width, one, a, b);
            case SBB -> sbb(flags, width, one, a, b);
            case AND -> logic(flags, width, a & b);
            case SUB, CMP -> sub(flags, width, a, b);
            case XOR -> logic(flags, width, a ^ b);
        };
    }

    static long add(Flags flags, int width, long a, long b) {
        long result = a + b;
        flags.set(Flags.ADD | width, a, b, result);
        return result;
    }

    static long sub(Flags flags, int width, long a, long b) {
        long result = a - b;
        flags.set(Flags.SUB | width, a, b, result);
        return result;
    }

    static long adc(Flags flags, int width, long one, long a, long b) {
        long result = a + b + (flags.carry() ? one : 0);
        flags.set(Flags.ADC | width, a, b, result);
        return result;
    }

    static long sbb(Flags flags, int width, long one, long a, long b) {
        long result = a - b - (flags.carry() ? one : 0);
        flags.set(Flags.SBB | width, a, b, result);
        return result;
    }

    static long logic(Flags flags, int width, long result) {
        flags.logic(Flags.LOGIC | width, result);
        return result;
    }

    /** Every shape; the specialised operations must equal it on all states. */
    private static final class General extends Op {
        private final BinaryArithmetic f;
        private final Access destination;
        private final Access source;
        private final int shift;
        private final int width;

        General(BinaryArithmetic f, Access destination, Access source, int bits) {
            this.f = f;
            this.destination = destination;
            this.source = source;
            this.shift = 64 - bits;
            this.width = Flags.width(bits);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long b = source.read(c);
            if (f != CMP) destination.checkWrite(c);
            long a = destination.read(c);
            long result = f.apply(c.flags, width, 1L << shift, a << shift, b << shift);
            if (f != CMP) destination.write(c, result >>> shift);
            return next.exec(c);
        }
    }
}
