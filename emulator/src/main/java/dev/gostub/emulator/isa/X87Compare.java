package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;

/** FCOM, FUCOM, FCOMI, FUCOMI with their popping forms, FTST and FXAM. The unordered ones raise #IA for QNaNs not. */
public enum X87Compare implements Family {
    FCOM(false, 0, false),
    FCOMP(false, 1, false),
    FCOMPP(false, 2, false),
    FUCOM(true, 0, false),
    FUCOMP(true, 1, false),
    FUCOMPP(true, 2, false),
    FCOMI(false, 0, true),
    FCOMIP(false, 1, true),
    FUCOMI(true, 0, true),
    FUCOMIP(true, 1, true),
    FTST(false, 0, false),
    FXAM(false, 0, false);

    private static final int CONDITIONS = X87.C0 | X87.C2 | X87.C3;

    private final boolean unordered;
    private final int pops;
    private final boolean toFlags;

    X87Compare(boolean unordered, int pops, boolean toFlags) {
        this.unordered = unordered;
        this.pops = pops;
        this.toFlags = toFlags;
    }

    @Override
    public Op lower(Instruction i) {
        if (this == FXAM) return new Examine(i);
        return i.hasMemory() ? new WithMemory(this, i) : new WithRegister(this, i);
    }

    /** Compares a with b, unless the stack has underflowed. */
    private void compare(Cpu c, boolean empty) {
        SoftFloat s = c.soft;
        int result = X87.C0 | X87.C2 | X87.C3;
        if (empty) {
            X87Stack.underflow(c);
        } else if (s.a.isNaN() || s.b.isNaN()) {
            boolean signals = s.a.kind >= UnpackedFloat.SIGNALLING || s.b.kind >= UnpackedFloat.SIGNALLING;
            if (signals || !unordered) s.flags |= SoftFloat.INVALID;
        } else {
            if (s.a.denormal || s.b.denormal) s.flags |= SoftFloat.DENORMAL;
            int order = s.a.compare(s.b);
            result = order > 0 ? 0 : order < 0 ? X87.C0 : X87.C3;
        }
        if (toFlags)
            c.flags.setStatus(((result & X87.C0) != 0 ? Flags.CF : 0)
                    | ((result & X87.C2) != 0 ? Flags.PF : 0)
                    | ((result & X87.C3) != 0 ? Flags.ZF : 0));
        else c.x87.status = c.x87.status & ~CONDITIONS | result;
        if (X87Stack.proceeds(c)) { // the comparison is told even if it is not masked what raised it (observed)
            for (int i = 0; i < pops; i++) X87Stack.pop(c);
        }
        if (toFlags) X87Stack.endKeeping(c, empty);
        else X87Stack.end(c, false);
    }

    private static final class WithRegister extends X87Op {
        private final X87Compare f;
        private final int other;

        WithRegister(X87Compare f, Instruction i) {
            super(i);
            this.f = f;
            this.other = f == FCOMPP || f == FUCOMPP ? 1 : st;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            boolean zero = f == FTST;
            X87Stack.read(c, 0, s.a);
            if (zero) s.b.set(UnpackedFloat.ZERO, false);
            else X87Stack.read(c, other, s.b);
            f.compare(c, X87Stack.isEmpty(c, 0) || !zero && X87Stack.isEmpty(c, other));
        }
    }

    private static final class WithMemory extends X87Op {
        private final X87Compare f;
        private final X87Operand source;

        WithMemory(X87Compare f, Instruction i) {
            super(i);
            this.f = f;
            this.source = new X87Operand(i);
        }

        @Override
        void apply(Cpu c) {
            long bits = source.read(c);
            SoftFloat s = X87Stack.begin(c);
            X87Stack.read(c, 0, s.a);
            source.unpack(s, bits);
            f.compare(c, X87Stack.isEmpty(c, 0));
        }
    }

    /** FXAM: the class of ST(0) in C3, C2 and C0, its sign in C1; nothing is raised. */
    private static final class Examine extends X87Op {
        Examine(Instruction i) {
            super(i);
        }

        @Override
        void apply(Cpu c) {
            UnpackedFloat a = X87Stack.begin(c).a;
            X87Stack.read(c, 0, a);
            int kind;
            if (X87Stack.isEmpty(c, 0)) kind = X87.C3 | X87.C0;
            else {
                kind = switch (a.kind) {
                    case UnpackedFloat.ZERO -> X87.C3;
                    case UnpackedFloat.FINITE -> a.denormal ? X87.C3 | X87.C2 : X87.C2;
                    case UnpackedFloat.INFINITE -> X87.C2 | X87.C0;
                    case UnpackedFloat.UNSUPPORTED -> 0;
                    default -> X87.C0;
                };
            }
            c.x87.status = c.x87.status & ~CONDITIONS | kind;
            X87Stack.end(c, a.negative);
        }
    }
}
