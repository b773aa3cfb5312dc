package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/**
 * The specialised operations of XCHG, XADD, CMPXCHG, INC and DEC on 32 and 64 bits of memory: what locks and reference counts are made of. One host thread runs all tasks, so LOCK has nothing to add. The general ops of
 * {@link DataTransfer} and {@link UnaryArithmetic} are their specification.
 */
final class ReadModifyWrite {
    private ReadModifyWrite() {}

    static @Nullable Op exchange(Instruction i) {
        if (!(i.operand(0) instanceof Operand.InMemory(Place p, int bits)) || bits < 32) return null;
        return bits == 64 ? new Exchange64(p, i.reg()) : new Exchange32(p, i.reg());
    }

    static @Nullable Op exchangeAdd(Instruction i) {
        if (!(i.operand(0) instanceof Operand.InMemory(Place p, int bits)) || bits < 32) return null;
        return bits == 64 ? new ExchangeAdd64(p, i.reg()) : new ExchangeAdd32(p, i.reg());
    }

    static @Nullable Op compareExchange(Instruction i) {
        if (!(i.operand(0) instanceof Operand.InMemory(Place p, int bits)) || bits < 32) return null;
        return bits == 64 ? new CompareExchange64(p, i.reg()) : new CompareExchange32(p, i.reg());
    }

    static @Nullable Op increment(Operand operand) {
        if (!(operand instanceof Operand.InMemory(Place p, int bits)) || bits < 32) return null;
        return bits == 64 ? new Increment64(p) : new Increment32(p);
    }

    static @Nullable Op decrement(Operand operand) {
        if (!(operand instanceof Operand.InMemory(Place p, int bits)) || bits < 32) return null;
        return bits == 64 ? new Decrement64(p) : new Decrement32(p);
    }

    /** Memory of any shape, and perhaps a register. */
    abstract static class AtAny extends Op {
        final Address place;
        final int s;

        AtAny(Place p, int s) {
            this.place = new Address(p);
            this.s = s;
        }
    }

    // spotless:off
    private static final class Exchange64 extends AtAny { Exchange64(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c), b = c.r[s]; c.memory.checkWrite(at, 8); c.r[s] = c.memory.load64(at); c.memory.store64(at, b); return next.exec(c); } }
    private static final class Exchange32 extends AtAny { Exchange32(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c), b = c.r[s]; c.memory.checkWrite(at, 4); c.r[s] = c.memory.load32(at); c.memory.store32(at, b); return next.exec(c); } }
    private static final class ExchangeAdd64 extends AtAny { ExchangeAdd64(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c), b = c.r[s]; c.memory.checkWrite(at, 8); long a = c.memory.load64(at); c.memory.store64(at, BinaryArithmeticOps.add64(c.flags, a, b)); c.r[s] = a; return next.exec(c); } }
    private static final class ExchangeAdd32 extends AtAny { ExchangeAdd32(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c), b = c.r[s]; c.memory.checkWrite(at, 4); long a = c.memory.load32(at); c.memory.store32(at, BinaryArithmeticOps.add32(c.flags, a << 32, b << 32) >>> 32); c.r[s] = a; return next.exec(c); } }
    private static final class CompareExchange64 extends AtAny { CompareExchange64(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 8); long a = c.memory.load64(at); if (BinaryArithmeticOps.sub64(c.flags, c.r[Cpu.RAX], a) == 0) c.memory.store64(at, c.r[s]); else c.r[Cpu.RAX] = a; return next.exec(c); } }
    private static final class CompareExchange32 extends AtAny { CompareExchange32(Place p, int s) { super(p, s); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 4); long a = c.memory.load32(at); if (BinaryArithmeticOps.sub32(c.flags, c.r[Cpu.RAX] << 32, a << 32) == 0) c.memory.store32(at, c.r[s]); else c.r[Cpu.RAX] = a; return next.exec(c); } }
    private static final class Increment64 extends AtAny { Increment64(Place p) { super(p, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 8); long a = c.memory.load64(at), x = a + 1; c.flags.incDec(Flags.INC, a, x); c.memory.store64(at, x); return next.exec(c); } }
    private static final class Decrement64 extends AtAny { Decrement64(Place p) { super(p, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 8); long a = c.memory.load64(at), x = a - 1; c.flags.incDec(Flags.DEC, a, x); c.memory.store64(at, x); return next.exec(c); } }
    private static final class Increment32 extends AtAny { Increment32(Place p) { super(p, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 4); long a = c.memory.load32(at) << 32, x = a + (1L << 32); c.flags.incDec(Flags.INC | Flags.W32, a, x); c.memory.store32(at, x >>> 32); return next.exec(c); } }
    private static final class Decrement32 extends AtAny { Decrement32(Place p) { super(p, 0); } @Override public @Nullable Op exec(Cpu c) { c.index = index; long at = place.of(c); c.memory.checkWrite(at, 4); long a = c.memory.load32(at) << 32, x = a - (1L << 32); c.flags.incDec(Flags.DEC | Flags.W32, a, x); c.memory.store32(at, x >>> 32); return next.exec(c); } }
    // spotless:on
}
