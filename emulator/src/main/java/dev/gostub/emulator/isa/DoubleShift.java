package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * SHLD, SHRD. OF is undefined for counts other than 1 and is computed by the same formula for all. With 16 bits, counts above 16 are undefined: bits of the destination follow those of the source, as Intel's processors have it.
 */
public enum DoubleShift implements Family {
    SHLD,
    SHRD;

    @Override
    public Op lower(Instruction i) {
        return new General(this == SHLD, Access.of(i, 0), Access.of(i, 1), Access.of(i, 2), i.operandBits());
    }

    private static final class General extends Op {
        private final boolean left;
        private final Access operand;
        private final Access filler;
        private final Access count;
        private final int bits;

        General(boolean left, Access operand, Access filler, Access count, int bits) {
            this.left = left;
            this.operand = operand;
            this.filler = filler;
            this.count = count;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int n = (int) count.read(c) & (bits == 64 ? 63 : 31);
            operand.checkWrite(c);
            long a = operand.read(c);
            if (n == 0) {
                operand.write(c, a); // a 32-bit register is zero-extended all the same
                return next.exec(c);
            }
            long b = filler.read(c);
            long result = (bits == 64 ? wide(a, b, n) : left ? left(a, b, n) : right(a, b, n)) & Shift.mask(bits);
            boolean carry = (left ? lastOut(a, b, n) : n <= bits ? a >>> n - 1 : b >>> n - bits - 1 & 1) << 63 < 0;
            boolean overflow = (result ^ a) << 64 - bits < 0;
            c.flags.shift(Flags.width(bits), result << 64 - bits, carry, overflow);
            operand.write(c, result);
            return next.exec(c);
        }

        private long lastOut(long a, long b, int n) {
            return n <= bits ? a >>> bits - n : b >>> 2 * bits - n;
        }

        private long wide(long a, long b, int n) {
            return left ? a << n | b >>> 64 - n : a >>> n | b << 64 - n;
        }

        /** 16 and 32 bits: the operands side by side, and the first one once more behind them. */
        private long left(long a, long b, int n) {
            if (n <= bits) return a << n | b >>> bits - n;
            return b << n - bits | a >>> 2 * bits - n;
        }

        private long right(long a, long b, int n) {
            if (n <= bits) return a >>> n | b << bits - n;
            return b >>> n - bits | a << 2 * bits - n;
        }
    }
}
