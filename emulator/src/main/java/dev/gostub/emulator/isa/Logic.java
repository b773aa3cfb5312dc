package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** TEST. */
public enum Logic implements Family {
    TEST;

    @Override
    public Op lower(Instruction i) {
        int bits = i.operand(0).bits();
        if (i.operand(0) instanceof Operand.General(int a, int b, boolean high) && !high && bits != 16) {
            if (i.operand(1) instanceof Operand.General(int s, int b2, boolean high2) && !high2) {
                return bits == 64
                        ? new Test64RegReg(a, s)
                        : bits == 32 ? new Test32RegReg(a, s) : new Test8RegReg(a, s);
            }
            if (i.operand(1) instanceof Operand.Immediate(long value, int b2)) {
                return bits == 64
                        ? new Test64RegImm(a, value)
                        : bits == 32 ? new Test32RegImm(a, value) : new Test8RegImm(a, value);
            }
        }
        if (i.operand(0) instanceof Operand.InMemory(Place p, int b)
                && p.plain()
                && !p.indexed()
                && bits == 8
                && i.operand(1) instanceof Operand.Immediate(long v, int b2)) {
            return new Test8MemImm(p, v);
        }
        if (i.operand(0) instanceof Operand.InMemory(Place p, int b)
                && p.plain()
                && !p.indexed()
                && bits == 8
                && i.operand(1) instanceof Operand.General(int s, int b2, boolean high)
                && !high) {
            return new Test8MemReg(p, s);
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        return new General(Access.of(i, 0), Access.of(i, 1), i.operand(0).bits());
    }

    private static final class General extends Op {
        private final Access a;
        private final Access b;
        private final int bits;

        General(Access a, Access b, int bits) {
            this.a = a;
            this.b = b;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            c.flags.logic(Flags.LOGIC | Flags.width(bits), (a.read(c) & b.read(c)) << 64 - bits);
            return next.exec(c);
        }
    }

    // spotless:off
    static final class Test64RegReg extends BinaryArithmeticOps.RegReg { Test64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC, c.r[d] & c.r[s]); return next.exec(c); } }
    static final class Test32RegReg extends BinaryArithmeticOps.RegReg { Test32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC | Flags.W32, (c.r[d] & c.r[s]) << 32); return next.exec(c); } }
    static final class Test8RegReg extends BinaryArithmeticOps.RegReg { Test8RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC | Flags.W8, (c.r[d] & c.r[s]) << 56); return next.exec(c); } }
    static final class Test64RegImm extends BinaryArithmeticOps.RegImm { Test64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC, c.r[d] & i); return next.exec(c); } }
    static final class Test32RegImm extends BinaryArithmeticOps.RegImm { Test32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC | Flags.W32, c.r[d] << 32 & i); return next.exec(c); } }
    static final class Test8RegImm extends BinaryArithmeticOps.RegImm { Test8RegImm(int d, long i) { super(d, i << 56); } @Override public @Nullable Op exec(Cpu c) { c.flags.logic(Flags.LOGIC | Flags.W8, c.r[d] << 56 & i); return next.exec(c); } }
    static final class Test8MemImm extends BinaryArithmeticOps.MemImm { Test8MemImm(Place p, long i) { super(p, i << 56); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.flags.logic(Flags.LOGIC | Flags.W8, c.memory.load8(c.r[base] + disp) << 56 & i); return next.exec(c); } }
    /** Go's nil check, among others. */
    static final class Test8MemReg extends BinaryArithmeticOps.RegMem { Test8MemReg(Place p, int s) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.flags.logic(Flags.LOGIC | Flags.W8, (c.memory.load8(c.r[base] + disp) & c.r[d]) << 56); return next.exec(c); } }
    // spotless:on
}
