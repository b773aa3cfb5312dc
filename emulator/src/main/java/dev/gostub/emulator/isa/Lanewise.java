package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** A packed operation in which each 64-bit lane of the result comes from the same lane of the sources: it is told by what happens to one lane, for MMX, SSE and AVX registers alike. */
interface Lanewise extends Family {
    /**
     * One lane of the result.
     *
     * @param a lane of the first source; of the destination before, if there is only one source
     * @param b lane of the last source
     */
    long lane(long a, long b);

    @Override
    default Op lower(Instruction i) {
        return general(i);
    }

    /** The op for every shape and width. */
    @Override
    default Op general(Instruction i) {
        return i.operand(0) instanceof Operand.Mmx ? new Mmx(this, i) : new General(this, i);
    }

    /** XMM and YMM registers. */
    final class General extends VectorOp {
        private final Lanewise f;

        General(Lanewise f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            long[] v = c.v;
            for (int k = 0; k < lanes; k++) v[d + k] = f.lane(v[a + k], v[from + k]);
            if (lanes == 2) upper(v);
            return next.exec(c);
        }
    }

    /** MMX registers. */
    final class Mmx extends MmxOp {
        private final Lanewise f;

        Mmx(Lanewise f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        long apply(long a, long b) {
            return f.lane(a, b);
        }
    }
}
