package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Operand;

/** A scalar of up to 64 bits in a general, MMX or vector register or in memory: what MOVD, MOVQ and the like move. Writing a vector register clears the rest of its 128 bits. */
abstract class QuadwordAccess {
    abstract long read(Cpu c);

    abstract void write(Cpu c, long value);

    void checkWrite(Cpu c) {}

    static QuadwordAccess of(Operand operand, boolean vex) {
        if (operand instanceof Operand.Vector(int number, int bits))
            return new InVector(number * Cpu.LANES, vex ? 0 : -1L);
        return new Other(Access.of(operand));
    }

    private static final class InVector extends QuadwordAccess {
        private final int first;
        private final long keep;

        InVector(int first, long keep) {
            this.first = first;
            this.keep = keep;
        }

        @Override
        long read(Cpu c) {
            return c.v[first];
        }

        @Override
        void write(Cpu c, long value) {
            long[] v = c.v;
            v[first] = value;
            v[first + 1] = 0;
            v[first + 2] &= keep;
            v[first + 3] &= keep;
        }
    }

    private static final class Other extends QuadwordAccess {
        private final Access access;

        Other(Access access) {
            this.access = access;
        }

        @Override
        long read(Cpu c) {
            return access.read(c);
        }

        @Override
        void write(Cpu c, long value) {
            access.write(c, value);
        }

        @Override
        void checkWrite(Cpu c) {
            access.checkWrite(c);
        }
    }
}
