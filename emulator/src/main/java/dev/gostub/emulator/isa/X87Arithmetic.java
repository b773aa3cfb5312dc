package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.decode.Instruction;

/** FADD, FMUL, FSUB, FSUBR, FDIV, FDIVR with registers, floats, doubles and integers, and their popping forms. The opcode (D8 to DE) says where the operands are. */
public enum X87Arithmetic implements Family {
    FADD,
    FMUL,
    FSUB,
    FSUBR,
    FDIV,
    FDIVR;

    @Override
    public Op lower(Instruction i) {
        return i.hasMemory() ? new WithMemory(this, i) : new WithRegister(this, i);
    }

    /** r = a op b; both have been read, and rounding is left. */
    private void compute(SoftFloat s) {
        UnpackedFloat a = s.a;
        UnpackedFloat b = s.b;
        if (a.isNaN() || b.isNaN()) {
            X87Stack.propagate(s, a, b);
            return;
        }
        if (this == FSUBR || this == FDIVR) {
            s.c.set(a);
            a.set(b);
            b.set(s.c);
        }
        switch (this) {
            case FADD -> s.add();
            case FMUL -> s.multiply();
            case FSUB, FSUBR -> {
                b.negative = !b.negative;
                s.add();
            }
            case FDIV, FDIVR -> s.divide();
        }
    }

    private void into(Cpu c, int destination, boolean pops) {
        if (X87Stack.proceeds(c)) {
            X87Stack.round(c);
            X87Stack.write(c, destination);
            if (pops) X87Stack.pop(c);
        }
        X87Stack.endRounded(c);
    }

    /** D8: ST(0) with ST(i); DC and DE: ST(i) with ST(0). */
    private static final class WithRegister extends X87Op {
        private final X87Arithmetic f;
        private final boolean toStI;
        private final boolean pops;

        WithRegister(X87Arithmetic f, Instruction i) {
            super(i);
            this.f = f;
            this.toStI = i.opcode() != 0xd8;
            this.pops = i.opcode() == 0xde;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            if (X87Stack.isEmpty(c, 0) || X87Stack.isEmpty(c, st)) {
                X87Stack.underflow(c);
            } else {
                X87Stack.read(c, toStI ? st : 0, s.a);
                X87Stack.read(c, toStI ? 0 : st, s.b);
                f.compute(s);
            }
            f.into(c, toStI ? st : 0, pops);
        }
    }

    /** ST(0) with a float, a double or an integer of 16 or 32 bits. */
    private static final class WithMemory extends X87Op {
        private final X87Arithmetic f;
        private final X87Operand source;

        WithMemory(X87Arithmetic f, Instruction i) {
            super(i);
            this.f = f;
            this.source = new X87Operand(i);
        }

        @Override
        void apply(Cpu c) {
            long bits = source.read(c);
            SoftFloat s = X87Stack.begin(c);
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else {
                X87Stack.read(c, 0, s.a);
                source.unpack(s, bits);
                f.compute(s);
            }
            f.into(c, 0, false);
        }
    }
}
