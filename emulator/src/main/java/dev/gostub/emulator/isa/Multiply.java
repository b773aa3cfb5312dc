package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/**
 * MUL, IMUL in all three forms. SF, ZF, AF and PF are undefined; they are set from the low half of the result, as current processors do for SF and PF.
 */
public enum Multiply implements Family {
    /** Unsigned, accumulator by operand. */
    MUL,
    /** Signed, accumulator by operand. */
    IMUL,
    /** Signed, register by operand or by immediate; truncated. */
    IMUL_TRUNCATED;

    @Override
    public Op lower(Instruction i) {
        int bits = i.operand(0).bits();
        if (this != IMUL_TRUNCATED) {
            return bits == 64
                    ? new Wide64(this == IMUL, Access.of(i, 0))
                    : new Wide(this == IMUL, Access.of(i, 0), bits);
        }
        Access source = i.operandCount() == 3 ? Access.of(i, 2) : Access.of(i, 0);
        if (i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                && i.operand(1) instanceof Operand.General(int s, int b2, boolean h2)
                && bits >= 32) {
            if (i.operandCount() == 2) return bits == 64 ? new Imul64(d, s) : new Imul32(d, s);
            if (i.operand(2) instanceof Operand.Immediate(long v, int b3))
                return bits == 64 ? new Imul64Imm(d, s, v) : new Imul32Imm(d, s, v);
        }
        return new Truncated(Access.of(i, 0), Access.of(i, 1), source, bits);
    }

    private static long signed(long value, int bits) {
        return value << 64 - bits >> 64 - bits;
    }

    static void product64(Flags flags, long low, boolean overflow) {
        flags.shift(Flags.W64, low, overflow, overflow);
    }

    /** RDX:RAX = RAX * operand. */
    private static final class Wide64 extends Op {
        private final boolean signed;
        private final Access operand;

        Wide64(boolean signed, Access operand) {
            this.signed = signed;
            this.operand = operand;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long a = c.r[Cpu.RAX];
            long b = operand.read(c);
            long low = a * b;
            long high = signed ? Math.multiplyHigh(a, b) : Math.unsignedMultiplyHigh(a, b);
            c.r[Cpu.RAX] = low;
            c.r[Cpu.RDX] = high;
            product64(c.flags, low, signed ? high != low >> 63 : high != 0);
            return next.exec(c);
        }
    }

    /** 8, 16 and 32 bits: AX, DX:AX or EDX:EAX. */
    private static final class Wide extends Op {
        private final boolean signed;
        private final Access operand;
        private final Access accumulator;
        private final Access high;
        private final int bits;

        Wide(boolean signed, Access operand, int bits) {
            this.signed = signed;
            this.operand = operand;
            this.bits = bits;
            this.accumulator = Access.of(new Operand.General(Cpu.RAX, bits == 8 ? 16 : bits, false));
            this.high = Access.of(new Operand.General(Cpu.RDX, bits == 8 ? 16 : bits, false));
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long a = c.r[Cpu.RAX] & Shift.mask(bits);
            long b = operand.read(c);
            long product = signed ? signed(a, bits) * signed(b, bits) : a * b;
            accumulator.write(c, product);
            if (bits != 8) high.write(c, product >>> bits);
            boolean overflow = signed ? product != signed(product, bits) : product >>> bits != 0;
            c.flags.shift(Flags.width(bits), product << 64 - bits, overflow, overflow);
            return next.exec(c);
        }
    }

    /** The general truncated form, every width and shape. */
    private static final class Truncated extends Op {
        private final Access destination;
        private final Access a;
        private final Access b;
        private final int bits;

        Truncated(Access destination, Access a, Access b, int bits) {
            this.destination = destination;
            this.a = a;
            this.b = b;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long x = signed(a.read(c), bits);
            long y = signed(b.read(c), bits);
            long low = x * y;
            boolean overflow = bits == 64 ? Math.multiplyHigh(x, y) != low >> 63 : low != signed(low, bits);
            destination.write(c, low);
            c.flags.shift(Flags.width(bits), low << 64 - bits, overflow, overflow);
            return next.exec(c);
        }
    }

    abstract static class Three extends Op {
        final int d, s;
        final long i;

        Three(int d, int s, long i) {
            this.d = d;
            this.s = s;
            this.i = i;
        }
    }

    // spotless:off
    static final class Imul64 extends Three { Imul64(int d, int s) { super(d, s, 0); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[d], b = c.r[s], x = a * b; c.r[d] = x; product64(c.flags, x, Math.multiplyHigh(a, b) != x >> 63); return next.exec(c); } }
    static final class Imul32 extends Three { Imul32(int d, int s) { super(d, s, 0); } @Override public @Nullable Op exec(Cpu c) { long x = (long) (int) c.r[d] * (int) c.r[s]; boolean o = x != (int) x; c.r[d] = x & 0xffffffffL; c.flags.shift(Flags.W32, x << 32, o, o); return next.exec(c); } }
    static final class Imul64Imm extends Three { Imul64Imm(int d, int s, long i) { super(d, s, i); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s], x = a * i; c.r[d] = x; product64(c.flags, x, Math.multiplyHigh(a, i) != x >> 63); return next.exec(c); } }
    static final class Imul32Imm extends Three { Imul32Imm(int d, int s, long i) { super(d, s, i); } @Override public @Nullable Op exec(Cpu c) { long x = (int) c.r[s] * i; boolean o = x != (int) x; c.r[d] = x & 0xffffffffL; c.flags.shift(Flags.W32, x << 32, o, o); return next.exec(c); } }
    // spotless:on
}
