package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Unsigned128;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.memory.GuestFault;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** DIV, IDIV. #DE on division by zero and on quotients that do not fit. The status flags are undefined; they stay as they were. */
public enum Divide implements Family {
    DIV,
    IDIV;

    @Override
    public Op lower(Instruction i) {
        int bits = i.operand(0).bits();
        Access divisor = Access.of(i, 0);
        if (bits == 64) return this == DIV ? new Div64(divisor) : new Idiv64(divisor);
        return new Narrow(this == IDIV, divisor, bits);
    }

    private static GuestFault divideError() {
        return GuestFault.instruction(GuestFault.Kind.DIVIDE);
    }

    private static final class Div64 extends Op {
        private final Access divisor;

        Div64(Access divisor) {
            this.divisor = divisor;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long d = divisor.read(c);
            long high = c.r[Cpu.RDX];
            long low = c.r[Cpu.RAX];
            if (Long.compareUnsigned(high, d) >= 0) throw divideError(); // d == 0 among them
            if (high == 0) {
                c.r[Cpu.RAX] = Long.divideUnsigned(low, d);
                c.r[Cpu.RDX] = Long.remainderUnsigned(low, d);
            } else {
                divideWide(c, high, low, d);
            }
            return next.exec(c);
        }

        private static void divideWide(Cpu c, long high, long low, long divisor) {
            int s = Long.numberOfLeadingZeros(divisor);
            long d = divisor << s;
            long upper = s == 0 ? high : high << s | low >>> 64 - s;
            long lower = low << s;
            long quotient = Unsigned128.divide(upper, lower, d);
            c.r[Cpu.RAX] = quotient;
            c.r[Cpu.RDX] = lower - quotient * d >>> s;
        }
    }

    private static final class Idiv64 extends Op {
        private final Access divisor;

        Idiv64(Access divisor) {
            this.divisor = divisor;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long d = divisor.read(c);
            long high = c.r[Cpu.RDX];
            long low = c.r[Cpu.RAX];
            if (d == 0) throw divideError();
            if (high == low >> 63) {
                if (low == Long.MIN_VALUE && d == -1) throw divideError();
                c.r[Cpu.RAX] = low / d;
                c.r[Cpu.RDX] = low % d;
            } else {
                wide(c, high, low, d);
            }
            return next.exec(c);
        }

        private static void wide(Cpu c, long high, long low, long d) {
            BigInteger dividend = BigInteger.valueOf(high).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
            BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(d));
            if (parts[0].bitLength() > 63) throw divideError();
            c.r[Cpu.RAX] = parts[0].longValue();
            c.r[Cpu.RDX] = parts[1].longValue();
        }
    }

    /** 8, 16 and 32 bits: AX, DX:AX, EDX:EAX by the operand. */
    private static final class Narrow extends Op {
        private final boolean signed;
        private final Access divisor;
        private final int bits;
        private final Access quotient;
        private final Access remainder;

        Narrow(boolean signed, Access divisor, int bits) {
            this.signed = signed;
            this.divisor = divisor;
            this.bits = bits;
            this.quotient = Access.of(new Operand.General(Cpu.RAX, bits, false));
            this.remainder = Access.of(new Operand.General(bits == 8 ? Cpu.RAX : Cpu.RDX, bits, bits == 8));
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long mask = Shift.mask(bits);
            long d = divisor.read(c);
            if (d == 0) throw divideError();
            long dividend = bits == 8 ? c.r[Cpu.RAX] & 0xffff : (c.r[Cpu.RDX] & mask) << bits | c.r[Cpu.RAX] & mask;
            long q;
            long rest;
            if (signed) {
                long n = dividend << 64 - 2 * bits >> 64 - 2 * bits;
                long m = d << 64 - bits >> 64 - bits;
                if (n == Long.MIN_VALUE && m == -1) throw divideError();
                q = n / m;
                rest = n % m;
                if (q != q << 64 - bits >> 64 - bits) throw divideError();
            } else {
                q = Long.divideUnsigned(dividend, d);
                rest = Long.remainderUnsigned(dividend, d);
                if ((q & ~mask) != 0) throw divideError();
            }
            quotient.write(c, q);
            remainder.write(c, rest);
            return next.exec(c);
        }
    }
}
