package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/**
 * BT, BTS, BTR, BTC. With a memory operand and a bit offset in a register, memory is a bit string that reaches as far as the offset does, to both sides. CF is the bit, ZF stays; OF and AF are undefined and
 * come out clear.
 */
public enum BitTest implements Family {
    BT,
    BTS,
    BTR,
    BTC;

    @Override
    public Op lower(Instruction i) {
        int bits = i.operandBits();
        if (this == BT && i.operand(0) instanceof Operand.General(int d, int b, boolean h) && bits >= 32) {
            if (i.operand(1) instanceof Operand.Immediate(long n, int b2)) return new BtRegImm(d, 1L << (n & bits - 1));
            if (i.operand(1) instanceof Operand.General(int s, int b2, boolean h2)) return new BtRegReg(d, s, bits - 1);
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        if (i.operand(0) instanceof Operand.InMemory(Place p, int bits) && i.operand(1) instanceof Operand.General) {
            return new BitString(this, new Address(p), Access.of(i, 1), bits);
        }
        return new General(this, Access.of(i, 0), Access.of(i, 1), i.operandBits());
    }

    private long apply(long value, long bit) {
        return switch (this) {
            case BT -> value;
            case BTS -> value | bit;
            case BTR -> value & ~bit;
            case BTC -> value ^ bit;
        };
    }

    /** The bit offset is taken modulo the width. */
    private static final class General extends Op {
        private final BitTest f;
        private final Access operand;
        private final Access offset;
        private final int mask;

        General(BitTest f, Access operand, Access offset, int bits) {
            this.f = f;
            this.operand = operand;
            this.offset = offset;
            this.mask = bits - 1;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long bit = 1L << (offset.read(c) & mask);
            if (f != BT) operand.checkWrite(c);
            long value = operand.read(c);
            c.flags.bitTested((value & bit) != 0);
            if (f != BT) operand.write(c, f.apply(value, bit));
            return next.exec(c);
        }
    }

    private static final class BitString extends Op {
        private final BitTest f;
        private final Address address;
        private final Access offset;
        private final int bits;

        BitString(BitTest f, Address address, Access offset, int bits) {
            this.f = f;
            this.address = address;
            this.offset = offset;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long n = offset.read(c) << 64 - bits >> 64 - bits;
            long at = address.of(c, Math.floorDiv(n, bits) * (bits / 8));
            long bit = 1L << (n & bits - 1);
            if (f != BT) c.memory.checkWrite(at, bits / 8);
            long value = bits == 64 ? c.memory.load64(at) : bits == 32 ? c.memory.load32(at) : c.memory.load16(at);
            c.flags.bitTested((value & bit) != 0);
            if (f != BT) store(c, at, f.apply(value, bit));
            return next.exec(c);
        }

        private void store(Cpu c, long at, long value) {
            switch (bits) {
                case 64 -> c.memory.store64(at, value);
                case 32 -> c.memory.store32(at, value);
                default -> c.memory.store16(at, value);
            }
        }
    }

    /** BT of a register and a constant; {@link CompareAndBranch} knows it. */
    static final class BtRegImm extends Op {
        final int d;
        final long bit;

        BtRegImm(int d, long bit) {
            this.d = d;
            this.bit = bit;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.flags.bitTested((c.r[d] & bit) != 0);
            return next.exec(c);
        }
    }

    /** BT of two registers; {@link CompareAndBranch} knows it. */
    static final class BtRegReg extends Op {
        final int d, s, mask;

        BtRegReg(int d, int s, int mask) {
            this.d = d;
            this.s = s;
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.flags.bitTested((c.r[d] >>> (c.r[s] & mask) & 1) != 0);
            return next.exec(c);
        }
    }
}
