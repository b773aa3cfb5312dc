package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** PTEST, VTESTPS, VTESTPD: ZF says that no bit of the second source is set in the first, CF that all are; the last two look at sign bits only. */
public enum PackedTest implements Family {
    PTEST(-1L),
    VTESTPS(Swar.H32),
    VTESTPD(Long.MIN_VALUE);

    private final long mask;

    PackedTest(long mask) {
        this.mask = mask;
    }

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    private static final class General extends VectorOp {
        private final long mask;

        General(PackedTest f, Instruction i) {
            super(i);
            mask = f.mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            long common = 0;
            long missing = 0;
            for (int k = 0; k < lanes; k++) {
                common |= v[from + k] & v[a + k];
                missing |= v[from + k] & ~v[a + k];
            }
            c.flags.setStatus(((common & mask) == 0 ? Flags.ZF : 0) | ((missing & mask) == 0 ? Flags.CF : 0));
            return next.exec(c);
        }
    }
}
