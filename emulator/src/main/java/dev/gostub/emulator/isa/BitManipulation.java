package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** BMI1 and BMI2 (SDM vol. 1, 5.1.16) without TZCNT, which is a {@link BitScan}, and without MULX. Operands in the order of the manual: the destination first. */
public enum BitManipulation implements Family {
    ANDN,
    BEXTR,
    BLSI,
    BLSMSK,
    BLSR,
    BZHI,
    PDEP,
    PEXT,
    RORX,
    SARX,
    SHLX,
    SHRX;

    @Override
    public Op lower(Instruction i) {
        if (i.operandBits() == 64
                && i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                && i.operand(1) instanceof Operand.General(int s, int b2, boolean h2)) {
            if (this == BLSR) return new Blsr64(d, s);
            if (i.operandCount() == 3 && i.operand(2) instanceof Operand.General(int n, int b3, boolean h3)) {
                switch (this) {
                    case SHLX -> {
                        return new Shlx64(d, s, n);
                    }
                    case SHRX -> {
                        return new Shrx64(d, s, n);
                    }
                    case ANDN -> {
                        return new Andn64(d, s, n);
                    }
                    default -> {}
                }
            }
            if (this == RORX) return new Rorx64(d, s, (int) i.immediate() & 63);
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        boolean three = i.operandCount() == 3;
        return new General(this, Access.of(i, 0), Access.of(i, 1), Access.of(i, three ? 2 : 1), i.operandBits());
    }

    /** The specification; values are zero-extended. */
    long apply(Flags flags, int bits, long a, long b) {
        return switch (this) {
            case ANDN -> logic(flags, bits, ~a & b, false);
            case BEXTR -> logic(flags, bits, extract(bits, a, (int) b & 0xff, (int) b >>> 8 & 0xff), false);
            case BLSI -> logic(flags, bits, a & -a, a != 0);
            case BLSMSK -> logic(flags, bits, a ^ a - 1, a == 0);
            case BLSR -> logic(flags, bits, a & a - 1, a == 0);
            case BZHI -> {
                int n = (int) b & 0xff;
                yield logic(flags, bits, n >= bits ? a : a & (1L << n) - 1, n >= bits);
            }
            case PDEP -> Long.expand(a, b);
            case PEXT -> Long.compress(a, b);
            case RORX -> rotate(bits, a, (int) b & bits - 1);
            case SARX -> a << 64 - bits >> 64 - bits >> (b & bits - 1);
            case SHLX -> a << (b & bits - 1);
            case SHRX -> a >>> (b & bits - 1);
        };
    }

    private static long extract(int bits, long value, int start, int length) {
        if (start >= bits) return 0;
        long shifted = value >>> start;
        return length >= 64 ? shifted : shifted & (1L << length) - 1;
    }

    private static long rotate(int bits, long value, int n) {
        return bits == 64 ? Long.rotateRight(value, n) : Integer.rotateRight((int) value, n);
    }

    private static long logic(Flags flags, int bits, long result, boolean carry) {
        flags.shift(Flags.width(bits), result << 64 - bits, carry, false);
        return result;
    }

    private static final class General extends Op {
        private final BitManipulation f;
        private final Access destination;
        private final Access first;
        private final Access second;
        private final int bits;

        General(BitManipulation f, Access destination, Access first, Access second, int bits) {
            this.f = f;
            this.destination = destination;
            this.first = first;
            this.second = second;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, f.apply(c.flags, bits, first.read(c), second.read(c)));
            return next.exec(c);
        }
    }

    abstract static class Three extends Op {
        final int d, s, n;

        Three(int d, int s, int n) {
            this.d = d;
            this.s = s;
            this.n = n;
        }
    }

    // spotless:off
    static final class Blsr64 extends BinaryArithmeticOps.RegReg { Blsr64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s], x = a & a - 1; c.flags.shift(Flags.W64, x, a == 0, false); c.r[d] = x; return next.exec(c); } }
    static final class Andn64 extends Three { Andn64(int d, int s, int n) { super(d, s, n); } @Override public @Nullable Op exec(Cpu c) { long x = ~c.r[s] & c.r[n]; c.flags.logic(Flags.LOGIC, x); c.r[d] = x; return next.exec(c); } }
    static final class Shlx64 extends Three { Shlx64(int d, int s, int n) { super(d, s, n); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = c.r[s] << c.r[n]; return next.exec(c); } }
    static final class Shrx64 extends Three { Shrx64(int d, int s, int n) { super(d, s, n); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = c.r[s] >>> c.r[n]; return next.exec(c); } }
    static final class Rorx64 extends Three { Rorx64(int d, int s, int n) { super(d, s, n); } @Override public @Nullable Op exec(Cpu c) { c.r[d] = Long.rotateRight(c.r[s], n); return next.exec(c); } }
    // spotless:on
}
