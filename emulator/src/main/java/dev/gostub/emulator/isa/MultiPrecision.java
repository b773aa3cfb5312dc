package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** MULX, ADCX, ADOX: what long integers are multiplied with, without disturbing more flags than one. */
public enum MultiPrecision implements Family {
    MULX,
    ADCX,
    ADOX;

    @Override
    public Op lower(Instruction i) {
        boolean wide = i.operandBits() == 64;
        if (this == MULX) {
            Access high = Access.of(i, 0);
            Access low = Access.of(i, 1);
            return wide
                            && i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                            && i.operand(1) instanceof Operand.General(int d2, int b2, boolean h2)
                    ? new Mulx64(d, d2, Access.of(i, 2))
                    : new Mulx32(high, low, Access.of(i, 2));
        }
        int flag = this == ADCX ? Flags.CF : Flags.OF;
        return new AddWith(flag, Access.of(i, 0), Access.of(i, 1), wide ? 64 : 32);
    }

    private static final class Mulx64 extends Op {
        private final int high;
        private final int low;
        private final Access source;

        Mulx64(int high, int low, Access source) {
            this.high = high;
            this.low = low;
            this.source = source;
        }

        /** The low half first: with the same register twice the high half stays. */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long a = c.r[Cpu.RDX];
            long b = source.read(c);
            c.r[low] = a * b;
            c.r[high] = Math.unsignedMultiplyHigh(a, b);
            return next.exec(c);
        }
    }

    private static final class Mulx32 extends Op {
        private final Access high;
        private final Access low;
        private final Access source;

        Mulx32(Access high, Access low, Access source) {
            this.high = high;
            this.low = low;
            this.source = source;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long product = (c.r[Cpu.RDX] & 0xffffffffL) * source.read(c);
            low.write(c, product);
            high.write(c, product >>> 32);
            return next.exec(c);
        }
    }

    /** Adds with CF or OF as the carry in and out; the other flags stay. */
    private static final class AddWith extends Op {
        private final int flag;
        private final Access destination;
        private final Access source;
        private final int bits;

        AddWith(int flag, Access destination, Access source, int bits) {
            this.flag = flag;
            this.destination = destination;
            this.source = source;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int status = c.flags.status();
            int shift = 64 - bits;
            long a = destination.read(c) << shift;
            long b = source.read(c) << shift;
            long sum = a + b + ((status & flag) != 0 ? 1L << shift : 0);
            boolean carry = (a & b | (a | b) & ~sum) < 0;
            c.flags.setStatus(status & ~flag | (carry ? flag : 0));
            destination.write(c, sum >>> shift);
            return next.exec(c);
        }
    }
}
