package dev.gostub.emulator.isa;

import static dev.gostub.emulator.isa.BinaryArithmetic.adc;
import static dev.gostub.emulator.isa.BinaryArithmetic.sbb;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/**
 * The specialised operations of {@link BinaryArithmetic}: 64 and 32 bits, register with register, immediate, or memory at base + displacement. One line each; the general op is their specification.
 */
final class BinaryArithmeticOps {
    private BinaryArithmeticOps() {}

    /** The specialised op, or null if the shape has none. */
    static @Nullable Op lower(BinaryArithmetic f, Operand first, Operand second) {
        int bits = first.bits();
        if (bits == 8) return f == BinaryArithmetic.CMP ? compareBytes(first, second) : null;
        if (bits == 16) return null;
        boolean wide = bits == 64;
        return switch (first) {
            case Operand.General(int d, int b, boolean h) ->
                switch (second) {
                    case Operand.General(int s, int b2, boolean h2) -> registers(f, wide, d, s);
                    case Operand.Immediate(long i, int b2) -> registerImmediate(f, wide, d, i);
                    case Operand.InMemory(Place p, int b2) -> registerMemory(f, wide, d, p);
                    default -> null;
                };
            case Operand.InMemory(Place p, int b)
            when p.plain() && !p.indexed() ->
                switch (second) {
                    case Operand.General(int s, int b2, boolean h2) -> memoryRegister(f, wide, p, s);
                    case Operand.Immediate(long i, int b2) -> memoryImmediate(f, wide, p, i);
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable Op compareBytes(Operand first, Operand second) {
        if (first instanceof Operand.InMemory(Place p, int b) && second instanceof Operand.Immediate(long i, int b2)) {
            return p.plain() && !p.indexed() ? new Cmp8MemImm(p, i) : null;
        }
        if (!(first instanceof Operand.General(int d, int b, boolean high)) || high) return null;
        if (second instanceof Operand.Immediate(long i, int b2)) return new Cmp8RegImm(d, i);
        return second instanceof Operand.General(int s, int b2, boolean h2) && !h2 ? new Cmp8RegReg(d, s) : null;
    }

    private static @Nullable Op registers(BinaryArithmetic f, boolean wide, int d, int s) {
        if (f == BinaryArithmetic.XOR && d == s) return new Xor32Self(d, s);
        return switch (f) {
            case ADD -> wide ? new Add64RegReg(d, s) : new Add32RegReg(d, s);
            case OR -> wide ? new Or64RegReg(d, s) : new Or32RegReg(d, s);
            case ADC -> wide ? new Adc64RegReg(d, s) : null;
            case SBB -> wide ? new Sbb64RegReg(d, s) : new Sbb32RegReg(d, s);
            case AND -> wide ? new And64RegReg(d, s) : new And32RegReg(d, s);
            case SUB -> wide ? new Sub64RegReg(d, s) : new Sub32RegReg(d, s);
            case XOR -> wide ? new Xor64RegReg(d, s) : new Xor32RegReg(d, s);
            case CMP -> wide ? new Cmp64RegReg(d, s) : new Cmp32RegReg(d, s);
        };
    }

    private static @Nullable Op registerImmediate(BinaryArithmetic f, boolean wide, int d, long i) {
        return switch (f) {
            case ADD -> wide ? new Add64RegImm(d, i) : new Add32RegImm(d, i);
            case OR -> wide ? new Or64RegImm(d, i) : new Or32RegImm(d, i);
            case ADC -> wide ? new Adc64RegImm(d, i) : null;
            case SBB -> wide ? new Sbb64RegImm(d, i) : null;
            case AND -> wide ? new And64RegImm(d, i) : new And32RegImm(d, i);
            case SUB -> wide ? new Sub64RegImm(d, i) : new Sub32RegImm(d, i);
            case XOR -> wide ? new Xor64RegImm(d, i) : new Xor32RegImm(d, i);
            case CMP -> wide ? new Cmp64RegImm(d, i) : new Cmp32RegImm(d, i);
        };
    }

    private static @Nullable Op registerMemory(BinaryArithmetic f, boolean wide, int d, Place p) {
        if (!p.plain() || p.indexed()) return registerAny(f, wide, d, p);
        return switch (f) {
            case ADD -> wide ? new Add64RegMem(d, p) : new Add32RegMem(d, p);
            case OR -> wide ? new Or64RegMem(d, p) : new Or32RegMem(d, p);
            case ADC -> null;
            case SBB -> null;
            case AND -> wide ? new And64RegMem(d, p) : new And32RegMem(d, p);
            case SUB -> wide ? new Sub64RegMem(d, p) : new Sub32RegMem(d, p);
            case XOR -> wide ? new Xor64RegMem(d, p) : new Xor32RegMem(d, p);
            case CMP -> wide ? new Cmp64RegMem(d, p) : new Cmp32RegMem(d, p);
        };
    }

    private static @Nullable Op registerAny(BinaryArithmetic f, boolean wide, int d, Place p) {
        return switch (f) {
            case ADD -> wide ? new Add64RegAny(d, p) : new Add32RegAny(d, p);
            case OR -> wide ? new Or64RegAny(d, p) : new Or32RegAny(d, p);
            case ADC -> null;
            case SBB -> null;
            case AND -> wide ? new And64RegAny(d, p) : new And32RegAny(d, p);
            case SUB -> wide ? new Sub64RegAny(d, p) : new Sub32RegAny(d, p);
            case XOR -> wide ? new Xor64RegAny(d, p) : new Xor32RegAny(d, p);
            case CMP -> wide ? new Cmp64RegAny(d, p) : new Cmp32RegAny(d, p);
        };
    }

    private static @Nullable Op memoryRegister(BinaryArithmetic f, boolean wide, Place p, int s) {
        return switch (f) {
            case ADD -> wide ? new Add64MemReg(s, p) : new Add32MemReg(s, p);
            case OR -> wide ? new Or64MemReg(s, p) : new Or32MemReg(s, p);
            case ADC -> null;
            case SBB -> null;
            case AND -> wide ? new And64MemReg(s, p) : new And32MemReg(s, p);
            case SUB -> wide ? new Sub64MemReg(s, p) : new Sub32MemReg(s, p);
            case XOR -> wide ? new Xor64MemReg(s, p) : new Xor32MemReg(s, p);
            case CMP -> wide ? new Cmp64MemReg(s, p) : new Cmp32MemReg(s, p);
        };
    }

    private static @Nullable Op memoryImmediate(BinaryArithmetic f, boolean wide, Place p, long i) {
        return switch (f) {
            case ADD -> wide ? new Add64MemImm(p, i) : new Add32MemImm(p, i);
            case OR -> wide ? new Or64MemImm(p, i) : new Or32MemImm(p, i);
            case ADC -> null;
            case SBB -> null;
            case AND -> wide ? new And64MemImm(p, i) : new And32MemImm(p, i);
            case SUB -> wide ? new Sub64MemImm(p, i) : new Sub32MemImm(p, i);
            case XOR -> wide ? new Xor64MemImm(p, i) : new Xor32MemImm(p, i);
            case CMP -> wide ? new Cmp64MemImm(p, i) : new Cmp32MemImm(p, i);
        };
    }

    abstract static class RegReg extends Op {
        final byte d, s;

        RegReg(int d, int s) {
            this.d = (byte) d;
            this.s = (byte) s;
        }
    }

    abstract static class RegImm extends Op {
        final byte d;
        final long i;

        RegImm(int d, long i) {
            this.d = (byte) d;
            this.i = i;
        }
    }

    /** A register, and memory at base + displacement. */
    abstract static class RegMem extends Op {
        final byte d, base;
        final long disp;

        RegMem(int d, Place p) {
            this.d = (byte) d;
            this.base = (byte) p.base();
            this.disp = p.displacement();
        }
    }

    /** A register, and memory of any shape. */
    abstract static class RegAny extends Op {
        final byte d;
        final Address place;

        RegAny(int d, Place p) {
            this.d = (byte) d;
            this.place = new Address(p);
        }
    }

    abstract static class MemImm extends Op {
        final byte base;
        final long disp, i;

        MemImm(Place p, long i) {
            this.base = (byte) p.base();
            this.disp = p.displacement();
            this.i = i;
        }
    }

    // spotless:off
    static long add64(Flags f, long a, long b) { long x = a + b; f.set(Flags.ADD, a, b, x); return x; }
    static long add32(Flags f, long a, long b) { long x = a + b; f.set(Flags.ADD | Flags.W32, a, b, x); return x; }
    static long sub64(Flags f, long a, long b) { long x = a - b; f.set(Flags.SUB, a, b, x); return x; }
    static long sub32(Flags f, long a, long b) { long x = a - b; f.set(Flags.SUB | Flags.W32, a, b, x); return x; }
    static long sub8(Flags f, long a, long b) { long x = a - b; f.set(Flags.SUB | Flags.W8, a, b, x); return x; }
    static long and64(Flags f, long a, long b) { long x = a & b; f.logic(Flags.LOGIC, x); return x; }
    static long and32(Flags f, long a, long b) { long x = a & b; f.logic(Flags.LOGIC | Flags.W32, x); return x; }
    static long or64(Flags f, long a, long b) { long x = a | b; f.logic(Flags.LOGIC, x); return x; }
    static long or32(Flags f, long a, long b) { long x = a | b; f.logic(Flags.LOGIC | Flags.W32, x); return x; }
    static long xor64(Flags f, long a, long b) { long x = a ^ b; f.logic(Flags.LOGIC, x); return x; }
    static long xor32(Flags f, long a, long b) { long x = a ^ b; f.logic(Flags.LOGIC | Flags.W32, x); return x; }

    static final class Add64RegReg extends RegReg { Add64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = add64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Add64RegImm extends RegImm { Add64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = add64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class Add64RegMem extends RegMem { Add64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = add64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class Add64RegAny extends RegAny { Add64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = add64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class Add64MemReg extends RegMem { Add64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, add64(c.flags, c.memory.load64(at), c.r[d])); return next.exec(c); } }
    static final class Add64MemImm extends MemImm { Add64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, add64(c.flags, c.memory.load64(at), i)); return next.exec(c); } }
    static final class Add32RegReg extends RegReg { Add32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = add32(c.flags, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    static final class Add32RegImm extends RegImm { Add32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = add32(c.flags, c.r[d] << 32, i) >>> 32; return next.exec(c); } }
    static final class Add32RegMem extends RegMem { Add32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = add32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32) >>> 32; return next.exec(c); } }
    static final class Add32RegAny extends RegAny { Add32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = add32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32) >>> 32; return next.exec(c); } }
    static final class Add32MemReg extends RegMem { Add32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, add32(c.flags, c.memory.load32(at) << 32, c.r[d] << 32) >>> 32); return next.exec(c); } }
    static final class Add32MemImm extends MemImm { Add32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, add32(c.flags, c.memory.load32(at) << 32, i) >>> 32); return next.exec(c); } }
    static final class Sub64RegReg extends RegReg { Sub64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sub64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Sub64RegImm extends RegImm { Sub64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sub64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class Sub64RegMem extends RegMem { Sub64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = sub64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class Sub64RegAny extends RegAny { Sub64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = sub64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class Sub64MemReg extends RegMem { Sub64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, sub64(c.flags, c.memory.load64(at), c.r[d])); return next.exec(c); } }
    static final class Sub64MemImm extends MemImm { Sub64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, sub64(c.flags, c.memory.load64(at), i)); return next.exec(c); } }
    static final class Sub32RegReg extends RegReg { Sub32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sub32(c.flags, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    static final class Sub32RegImm extends RegImm { Sub32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sub32(c.flags, c.r[d] << 32, i) >>> 32; return next.exec(c); } }
    static final class Sub32RegMem extends RegMem { Sub32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = sub32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32) >>> 32; return next.exec(c); } }
    static final class Sub32RegAny extends RegAny { Sub32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = sub32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32) >>> 32; return next.exec(c); } }
    static final class Sub32MemReg extends RegMem { Sub32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, sub32(c.flags, c.memory.load32(at) << 32, c.r[d] << 32) >>> 32); return next.exec(c); } }
    static final class Sub32MemImm extends MemImm { Sub32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, sub32(c.flags, c.memory.load32(at) << 32, i) >>> 32); return next.exec(c); } }
    static final class And64RegReg extends RegReg { And64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = and64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class And64RegImm extends RegImm { And64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = and64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class And64RegMem extends RegMem { And64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = and64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class And64RegAny extends RegAny { And64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = and64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class And64MemReg extends RegMem { And64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, and64(c.flags, c.memory.load64(at), c.r[d])); return next.exec(c); } }
    static final class And64MemImm extends MemImm { And64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, and64(c.flags, c.memory.load64(at), i)); return next.exec(c); } }
    static final class And32RegReg extends RegReg { And32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = and32(c.flags, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    static final class And32RegImm extends RegImm { And32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = and32(c.flags, c.r[d] << 32, i) >>> 32; return next.exec(c); } }
    static final class And32RegMem extends RegMem { And32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = and32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32) >>> 32; return next.exec(c); } }
    static final class And32RegAny extends RegAny { And32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = and32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32) >>> 32; return next.exec(c); } }
    static final class And32MemReg extends RegMem { And32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, and32(c.flags, c.memory.load32(at) << 32, c.r[d] << 32) >>> 32); return next.exec(c); } }
    static final class And32MemImm extends MemImm { And32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, and32(c.flags, c.memory.load32(at) << 32, i) >>> 32); return next.exec(c); } }
    static final class Or64RegReg extends RegReg { Or64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = or64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Or64RegImm extends RegImm { Or64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = or64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class Or64RegMem extends RegMem { Or64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = or64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class Or64RegAny extends RegAny { Or64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = or64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class Or64MemReg extends RegMem { Or64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, or64(c.flags, c.memory.load64(at), c.r[d])); return next.exec(c); } }
    static final class Or64MemImm extends MemImm { Or64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, or64(c.flags, c.memory.load64(at), i)); return next.exec(c); } }
    static final class Or32RegReg extends RegReg { Or32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = or32(c.flags, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    static final class Or32RegImm extends RegImm { Or32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = or32(c.flags, c.r[d] << 32, i) >>> 32; return next.exec(c); } }
    static final class Or32RegMem extends RegMem { Or32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = or32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32) >>> 32; return next.exec(c); } }
    static final class Or32RegAny extends RegAny { Or32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = or32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32) >>> 32; return next.exec(c); } }
    static final class Or32MemReg extends RegMem { Or32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, or32(c.flags, c.memory.load32(at) << 32, c.r[d] << 32) >>> 32); return next.exec(c); } }
    static final class Or32MemImm extends MemImm { Or32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, or32(c.flags, c.memory.load32(at) << 32, i) >>> 32); return next.exec(c); } }
    static final class Xor64RegReg extends RegReg { Xor64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = xor64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Xor64RegImm extends RegImm { Xor64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = xor64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class Xor64RegMem extends RegMem { Xor64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = xor64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class Xor64RegAny extends RegAny { Xor64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = xor64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class Xor64MemReg extends RegMem { Xor64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, xor64(c.flags, c.memory.load64(at), c.r[d])); return next.exec(c); } }
    static final class Xor64MemImm extends MemImm { Xor64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 8); c.memory.store64(at, xor64(c.flags, c.memory.load64(at), i)); return next.exec(c); } }
    static final class Xor32RegReg extends RegReg { Xor32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = xor32(c.flags, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    static final class Xor32RegImm extends RegImm { Xor32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = xor32(c.flags, c.r[d] << 32, i) >>> 32; return next.exec(c); } }
    static final class Xor32RegMem extends RegMem { Xor32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = xor32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32) >>> 32; return next.exec(c); } }
    static final class Xor32RegAny extends RegAny { Xor32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.r[d] = xor32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32) >>> 32; return next.exec(c); } }
    static final class Xor32MemReg extends RegMem { Xor32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, xor32(c.flags, c.memory.load32(at) << 32, c.r[d] << 32) >>> 32); return next.exec(c); } }
    static final class Xor32MemImm extends MemImm { Xor32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = c.r[base] + disp; c.memory.checkWrite(at, 4); c.memory.store32(at, xor32(c.flags, c.memory.load32(at) << 32, i) >>> 32); return next.exec(c); } }
    static final class Cmp64RegReg extends RegReg { Cmp64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { sub64(c.flags, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Cmp64RegImm extends RegImm { Cmp64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { sub64(c.flags, c.r[d], i); return next.exec(c); } }
    static final class Cmp64RegMem extends RegMem { Cmp64RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub64(c.flags, c.r[d], c.memory.load64(c.r[base] + disp)); return next.exec(c); } }
    static final class Cmp64RegAny extends RegAny { Cmp64RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub64(c.flags, c.r[d], c.memory.load64(place.of(c))); return next.exec(c); } }
    static final class Cmp64MemReg extends RegMem { Cmp64MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub64(c.flags, c.memory.load64(c.r[base] + disp), c.r[d]); return next.exec(c); } }
    static final class Cmp64MemImm extends MemImm { Cmp64MemImm(Place p, long i) { super(p, i); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub64(c.flags, c.memory.load64(c.r[base] + disp), i); return next.exec(c); } }
    static final class Cmp32RegReg extends RegReg { Cmp32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { sub32(c.flags, c.r[d] << 32, c.r[s] << 32); return next.exec(c); } }
    static final class Cmp32RegImm extends RegImm { Cmp32RegImm(int d, long i) { super(d, i << 32); } @Override public @Nullable Op exec(Cpu c) { sub32(c.flags, c.r[d] << 32, i); return next.exec(c); } }
    static final class Cmp32RegMem extends RegMem { Cmp32RegMem(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub32(c.flags, c.r[d] << 32, c.memory.load32(c.r[base] + disp) << 32); return next.exec(c); } }
    static final class Cmp32RegAny extends RegAny { Cmp32RegAny(int d, Place p) { super(d, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub32(c.flags, c.r[d] << 32, c.memory.load32(place.of(c)) << 32); return next.exec(c); } }
    static final class Cmp32MemReg extends RegMem { Cmp32MemReg(int s, Place p) { super(s, p); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub32(c.flags, c.memory.load32(c.r[base] + disp) << 32, c.r[d] << 32); return next.exec(c); } }
    static final class Cmp32MemImm extends MemImm { Cmp32MemImm(Place p, long i) { super(p, i << 32); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub32(c.flags, c.memory.load32(c.r[base] + disp) << 32, i); return next.exec(c); } }
    static final class Cmp8MemImm extends MemImm { Cmp8MemImm(Place p, long i) { super(p, i << 56); } @Override public @Nullable Op exec(Cpu c) { c.index = index; sub8(c.flags, c.memory.load8(c.r[base] + disp) << 56, i); return next.exec(c); } }
    static final class Cmp8RegImm extends RegImm { Cmp8RegImm(int d, long i) { super(d, i << 56); } @Override public @Nullable Op exec(Cpu c) { sub8(c.flags, c.r[d] << 56, i); return next.exec(c); } }
    static final class Cmp8RegReg extends RegReg { Cmp8RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { sub8(c.flags, c.r[d] << 56, c.r[s] << 56); return next.exec(c); } }
    static final class Xor32Self extends RegReg { Xor32Self(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = 0; c.flags.logic(Flags.LOGIC, 0); return next.exec(c); } }
    static final class Adc64RegReg extends RegReg { Adc64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = adc(c.flags, Flags.W64, 1, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Adc64RegImm extends RegImm { Adc64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = adc(c.flags, Flags.W64, 1, c.r[d], i); return next.exec(c); } }
    static final class Sbb64RegReg extends RegReg { Sbb64RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sbb(c.flags, Flags.W64, 1, c.r[d], c.r[s]); return next.exec(c); } }
    static final class Sbb64RegImm extends RegImm { Sbb64RegImm(int d, long i) { super(d, i); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sbb(c.flags, Flags.W64, 1, c.r[d], i); return next.exec(c); } }

    static final class Sbb32RegReg extends RegReg { Sbb32RegReg(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = sbb(c.flags, Flags.W32, 1L << 32, c.r[d] << 32, c.r[s] << 32) >>> 32; return next.exec(c); } }
    // spotless:on
}
