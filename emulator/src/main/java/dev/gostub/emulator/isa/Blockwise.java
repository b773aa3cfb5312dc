package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/**
 * A packed operation in which each 128 bits of the result come from the same 128 bits of the sources: it is told by the two 64-bit halves of one such block. Bits 63:0 of a source are {@code a0}
 * or {@code b0}, bits 127:64 {@code a1} or {@code b1}.
 */
interface Blockwise extends Family {
    /** Bits 63:0 of the result. */
    long low(long a0, long a1, long b0, long b1, int immediate);

    /** Bits 127:64 of the result. */
    long high(long a0, long a1, long b0, long b1, int immediate);

    /** The result of the MMX form. */
    long mmx(long a, long b, int immediate);

    /** The immediate for the upper block of a 256-bit operation, where it is not the same. */
    default int upperImmediate(int immediate) {
        return immediate;
    }

    /** Whether legacy encodings demand an aligned operand. */
    default boolean aligned() {
        return true;
    }

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
        private final Blockwise f;
        private final int immediate;
        private final int upperImmediate;

        General(Blockwise f, Instruction i) {
            super(i, f.aligned());
            this.f = f;
            immediate = (int) i.immediate() & 0xff;
            upperImmediate = f.upperImmediate(immediate);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = b.load(c);
            block(c.v, 0, from, immediate);
            if (lanes == 2) upper(c.v);
            else block(c.v, 2, from + 2, upperImmediate);
            return next.exec(c);
        }

        private void block(long[] v, int k, int from, int i) {
            long a0 = v[a + k];
            long a1 = v[a + k + 1];
            long b0 = v[from];
            long b1 = v[from + 1];
            v[d + k] = f.low(a0, a1, b0, b1, i);
            v[d + k + 1] = f.high(a0, a1, b0, b1, i);
        }
    }

    /** MMX registers. */
    final class Mmx extends MmxOp {
        private final Blockwise f;
        private final int immediate;

        Mmx(Blockwise f, Instruction i) {
            super(i);
            this.f = f;
            immediate = (int) i.immediate() & 0xff;
        }

        @Override
        long apply(long a, long b) {
            return f.mmx(a, b, immediate);
        }
    }
}
