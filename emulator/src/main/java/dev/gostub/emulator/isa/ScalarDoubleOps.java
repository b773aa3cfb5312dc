package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import org.jspecify.annotations.Nullable;

/** The specialised operations of {@link FloatArithmetic}: legacy ADDSD and kin. One line each; {@link Elementwise} is their specification. */
final class ScalarDoubleOps {
    private ScalarDoubleOps() {}

    static @Nullable Op registers(FloatArithmetic f, int d, int s) {
        return switch (f) {
            case ADD -> new AddReg(d, s);
            case SUB -> new SubReg(d, s);
            case MUL -> new MulReg(d, s);
            case DIV -> new DivReg(d, s);
            case SQRT -> new SqrtReg(d, s);
            case MIN, MAX -> null;
        };
    }

    static @Nullable Op memory(FloatArithmetic f, int d, Address a) {
        return switch (f) {
            case ADD -> new AddMem(d, a);
            case SUB -> new SubMem(d, a);
            case MUL -> new MulMem(d, a);
            case DIV -> new DivMem(d, a);
            case SQRT -> new SqrtMem(d, a);
            case MIN, MAX -> null;
        };
    }

    abstract static class RegReg extends Op {
        final int d, s;

        RegReg(int d, int s) {
            this.d = d;
            this.s = s;
        }
    }

    abstract static class RegMem extends Op {
        final int d;
        final Address a;

        RegMem(int d, Address a) {
            this.d = d;
            this.a = a;
        }
    }

    /** Exceptions of the exact way, before the result is written. */
    private static long checked(Cpu c, long result) {
        if (c.soft.flags != 0) Elementwise.raise(c);
        return result;
    }

    // spotless:off
    static final class AddReg extends RegReg { AddReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.add(c, c.v[d], c.v[s])); return next.exec(c); } }
    static final class SubReg extends RegReg { SubReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.subtract(c, c.v[d], c.v[s])); return next.exec(c); } }
    static final class MulReg extends RegReg { MulReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.multiply(c, c.v[d], c.v[s])); return next.exec(c); } }
    static final class DivReg extends RegReg { DivReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.divide(c, c.v[d], c.v[s])); return next.exec(c); } }
    static final class SqrtReg extends RegReg { SqrtReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.squareRoot(c, c.v[s])); return next.exec(c); } }
    static final class AddMem extends RegMem { AddMem(int d, Address a) { super(d, a); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.add(c, c.v[d], c.memory.load64(a.of(c)))); return next.exec(c); } }
    static final class SubMem extends RegMem { SubMem(int d, Address a) { super(d, a); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.subtract(c, c.v[d], c.memory.load64(a.of(c)))); return next.exec(c); } }
    static final class MulMem extends RegMem { MulMem(int d, Address a) { super(d, a); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.multiply(c, c.v[d], c.memory.load64(a.of(c)))); return next.exec(c); } }
    static final class DivMem extends RegMem { DivMem(int d, Address a) { super(d, a); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.divide(c, c.v[d], c.memory.load64(a.of(c)))); return next.exec(c); } }
    static final class SqrtMem extends RegMem { SqrtMem(int d, Address a) { super(d, a); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.v[d] = checked(c, ScalarDouble.squareRoot(c, c.memory.load64(a.of(c)))); return next.exec(c); } }
    // spotless:on
}
