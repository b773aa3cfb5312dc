package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/**
 * BSF, BSR, TZCNT, LZCNT, POPCNT. BSF and BSR of zero leave the destination alone, as all processors do and the manual has come to promise; flags that the manual leaves undefined come out as
 * those of the source (BSF, BSR) or of the result.
 */
public enum BitScan implements Family {
    BSF,
    BSR,
    TZCNT,
    LZCNT,
    POPCNT;

    @Override
    public Op lower(Instruction i) {
        if (i.operandBits() == 64
                && i.operand(0) instanceof Operand.General(int d, int b, boolean h)
                && i.operand(1) instanceof Operand.General(int s, int b2, boolean h2)) {
            return switch (this) {
                case BSF -> new Bsf64(d, s);
                case BSR -> new Bsr64(d, s);
                case TZCNT -> new Tzcnt64(d, s);
                case LZCNT -> new Lzcnt64(d, s);
                case POPCNT -> new Popcnt64(d, s);
            };
        }
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        return new General(this, Access.of(i, 0), Access.of(i, 1), i.operandBits());
    }

    private static final class General extends Op {
        private final BitScan f;
        private final Access destination;
        private final Access source;
        private final int bits;

        General(BitScan f, Access destination, Access source, int bits) {
            this.f = f;
            this.destination = destination;
            this.source = source;
            this.bits = bits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long value = source.read(c);
            switch (f) {
                case BSF -> scanned(c, value, Long.numberOfTrailingZeros(value));
                case BSR -> scanned(c, value, 63 - Long.numberOfLeadingZeros(value));
                case TZCNT -> counted(c, value, value == 0 ? bits : Long.numberOfTrailingZeros(value));
                case LZCNT -> counted(c, value, Long.numberOfLeadingZeros(value) - (64 - bits));
                case POPCNT -> {
                    c.flags.setStatus(value == 0 ? Flags.ZF : 0);
                    destination.write(c, Long.bitCount(value));
                }
            }
            return next.exec(c);
        }

        private void scanned(Cpu c, long value, int position) {
            c.flags.shift(Flags.width(bits), value << 64 - bits, false, false);
            if (value != 0) destination.write(c, position);
        }

        private void counted(Cpu c, long value, int count) {
            c.flags.shift(Flags.width(bits), (long) count << 64 - bits, value == 0, false);
            destination.write(c, count);
        }
    }

    // spotless:off
    static final class Bsf64 extends BinaryArithmeticOps.RegReg { Bsf64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s]; c.flags.shift(Flags.W64, a, false, false); if (a != 0) c.r[d] = Long.numberOfTrailingZeros(a); return next.exec(c); } }
    static final class Bsr64 extends BinaryArithmeticOps.RegReg { Bsr64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s]; c.flags.shift(Flags.W64, a, false, false); if (a != 0) c.r[d] = 63L - Long.numberOfLeadingZeros(a); return next.exec(c); } }
    static final class Tzcnt64 extends BinaryArithmeticOps.RegReg { Tzcnt64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s], x = Long.numberOfTrailingZeros(a); c.flags.shift(Flags.W64, x, a == 0, false); c.r[d] = x; return next.exec(c); } }
    static final class Lzcnt64 extends BinaryArithmeticOps.RegReg { Lzcnt64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s], x = Long.numberOfLeadingZeros(a); c.flags.shift(Flags.W64, x, a == 0, false); c.r[d] = x; return next.exec(c); } }
    static final class Popcnt64 extends BinaryArithmeticOps.RegReg { Popcnt64(int d, int s) { super(d, s); } @Override public @Nullable Op exec(Cpu c) { long a = c.r[s]; c.flags.setStatus(a == 0 ? Flags.ZF : 0); c.r[d] = Long.bitCount(a); return next.exec(c); } }
    // spotless:on
}
