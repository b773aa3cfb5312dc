package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** ADDxx, MULxx, SUBxx, MINxx, DIVxx, MAXxx, SQRTxx for PS, PD, SS and SD (SDM vol. 2: one encoding pattern for all). */
public enum FloatArithmetic implements Family, Element {
    SQRT(0x51),
    ADD(0x58),
    MUL(0x59),
    SUB(0x5c),
    MIN(0x5d),
    DIV(0x5e),
    MAX(0x5f);

    /** Opcode in map 0F. */
    final int opcode;

    FloatArithmetic(int opcode) {
        this.opcode = opcode;
    }

    @Override
    public Op lower(Instruction i) {
        Op hot = hot(i);
        return hot != null ? hot : general(i);
    }

    @Override
    public Op general(Instruction i) {
        return Elementwise.of(this, i);
    }

    /** Legacy scalar double is what Go's compiler emits. */
    private @Nullable Op hot(Instruction i) {
        if (i.form().isVex() || !i.form().mnemonic().endsWith("SD")) return null;
        int d = VectorOp.register(i.operand(0));
        if (i.operand(1) instanceof Operand.Vector(int number, int bits))
            return ScalarDoubleOps.registers(this, d, number * Cpu.LANES);
        return ScalarDoubleOps.memory(this, d, new Address(i.place()));
    }

    @Override
    public long apply(Cpu c, FloatFormat f, long a, long b, long d) {
        boolean wide = f == FloatFormat.DOUBLE;
        return switch (this) {
            case ADD -> wide ? ScalarDouble.add(c, a, b) : ScalarSingle.add(c, a, b);
            case MUL -> wide ? ScalarDouble.multiply(c, a, b) : ScalarSingle.multiply(c, a, b);
            case SUB -> wide ? ScalarDouble.subtract(c, a, b) : ScalarSingle.subtract(c, a, b);
            case DIV -> wide ? ScalarDouble.divide(c, a, b) : ScalarSingle.divide(c, a, b);
            case SQRT -> wide ? ScalarDouble.squareRoot(c, b) : ScalarSingle.squareRoot(c, b);
            case MIN, MAX -> exact(c, f, a, b);
        };
    }

    /** The specification: no use is made of the JVM's arithmetic. */
    long exact(Cpu c, FloatFormat f, long x, long y) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        s.unpack(s.a, x, f);
        s.unpack(s.b, y, f);
        if (this == SQRT) {
            if (s.b.isNaN()) s.propagate(s.b);
            else s.squareRoot();
            return s.pack(f);
        }
        if (this == MIN || this == MAX) return select(s, x, y, f);
        if (s.a.isNaN() || s.b.isNaN()) {
            propagate(s);
            return s.pack(f);
        }
        switch (this) {
            case ADD -> s.add();
            case SUB -> {
                s.b.negative = !s.b.negative;
                s.add();
            }
            case MUL -> s.multiply();
            default -> s.divide();
        }
        return s.pack(f);
    }

    /** The first operand if it is a NaN, else the second; an SNaN anywhere is #I (SDM vol. 1, table 4-7). */
    static void propagate(SoftFloat s) {
        if (s.a.kind == UnpackedFloat.SIGNALLING || s.b.kind == UnpackedFloat.SIGNALLING) s.flags |= SoftFloat.INVALID;
        s.propagate(s.a.isNaN() ? s.a : s.b);
    }

    /** The second operand if one is a NaN or both are zeros. */
    private long select(SoftFloat s, long x, long y, FloatFormat f) {
        if (s.a.isNaN() || s.b.isNaN()) {
            s.flags |= SoftFloat.INVALID;
            return s.b.isZero() ? s.zero(s.b, f) : y;
        }
        if (s.a.denormal || s.b.denormal) s.flags |= SoftFloat.DENORMAL;
        int order = s.a.compare(s.b);
        boolean first = this == MIN ? order < 0 : order > 0;
        if (first) return s.a.isZero() ? s.zero(s.a, f) : x;
        return s.b.isZero() ? s.zero(s.b, f) : y;
    }
}
