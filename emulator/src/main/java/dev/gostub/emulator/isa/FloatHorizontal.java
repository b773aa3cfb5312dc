package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** HADDPS, HADDPD, HSUBPS, HSUBPD, ADDSUBPS, ADDSUBPD, DPPS, DPPD. */
public enum FloatHorizontal implements Family {
    HADD,
    HSUB,
    ADDSUB,
    DPPS,
    DPPD;

    @Override
    public Op lower(Instruction i) {
        return this == ADDSUB
                ? Elementwise.alternating(FloatArithmetic.SUB, FloatArithmetic.ADD, i)
                : new General(this, i);
    }

    private static final long LOW = 0xffffffffL;

    private static final class General extends Op {
        private final FloatHorizontal f;
        private final int d;
        private final Lanes first;
        private final Lanes second;
        private final int lanes;
        private final int control;
        private final boolean vex;
        private final boolean single;

        General(FloatHorizontal f, Instruction i) {
            this.f = f;
            this.vex = i.form().isVex();
            this.d = VectorOp.register(i.operand(0));
            this.first = Lanes.of(i.operand(vex ? 1 : 0), false);
            this.second = Lanes.of(i.operand(vex ? 2 : 1), !vex);
            this.lanes = i.vectorBits() / 64;
            this.control = (int) i.immediate();
            this.single = i.form().mnemonic().endsWith("S");
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int b = second.load(c);
            int a = first.load(c);
            long[] v = c.v;
            switch (f) {
                case DPPS -> dotSingles(c, a, b);
                case DPPD -> dotDoubles(c, a, b);
                default -> neighbours(c, a, b);
            }
            Elementwise.raise(c);
            System.arraycopy(v, Lanes.RESULT, v, d, lanes);
            if (vex) c.clearAbove(d, lanes);
            return next.exec(c);
        }

        private void neighbours(Cpu c, int a, int b) {
            long[] v = c.v;
            int to = Lanes.RESULT;
            for (int k = 0; k < lanes; k += 2) {
                v[to + k] =
                        single ? pair(c, v[a + k]) | pair(c, v[a + k + 1]) << 32 : combine(c, v[a + k], v[a + k + 1]);
                v[to + k + 1] =
                        single ? pair(c, v[b + k]) | pair(c, v[b + k + 1]) << 32 : combine(c, v[b + k], v[b + k + 1]);
            }
        }

        /** The two floats of a lane. */
        private long pair(Cpu c, long x) {
            long low = x & 0xffffffffL;
            return f == HADD ? ScalarSingle.add(c, low, x >>> 32) : ScalarSingle.subtract(c, low, x >>> 32);
        }

        private long combine(Cpu c, long x, long y) {
            return f == HADD ? ScalarDouble.add(c, x, y) : ScalarDouble.subtract(c, x, y);
        }

        /**
         * Multiplications, additions of neighbours, additions of those: three steps, each of which raises its own exceptions. Every element has a sum of its own, whether it is asked for or not: the order of the
         * operands, which decides among NaNs, differs (observed).
         */
        private void dotSingles(Cpu c, int a, int b) {
            long[] v = c.v;
            int to = Lanes.RESULT;
            for (int k = 0; k < lanes; k++)
                v[to + k] = product(c, a + k, b + k, 2 * k & 2, 0) | product(c, a + k, b + k, 2 * k & 2 | 1, 32) << 32;
            Elementwise.raise(c);
            for (int k = 0; k < lanes; k++)
                v[to + k] = swapped(c, v[to + k]) | ScalarSingle.add(c, v[to + k] & LOW, v[to + k] >>> 32) << 32;
            Elementwise.raise(c);
            for (int k = 0; k < lanes; k += 2) {
                long x = v[to + k];
                long y = v[to + k + 1];
                v[to + k] = asked(0, ScalarSingle.add(c, x & LOW, y & LOW))
                        | asked(1, ScalarSingle.add(c, x >>> 32, y >>> 32)) << 32;
                v[to + k + 1] = asked(2, ScalarSingle.add(c, y & LOW, x & LOW))
                        | asked(3, ScalarSingle.add(c, y >>> 32, x >>> 32)) << 32;
            }
        }

        private static long swapped(Cpu c, long pair) {
            return ScalarSingle.add(c, pair >>> 32, pair & LOW);
        }

        private long asked(int element, long sum) {
            return (control >> element & 1) != 0 ? sum : 0;
        }

        private long product(Cpu c, int a, int b, int element, int shift) {
            if ((control >> 4 + element & 1) == 0) return 0;
            return ScalarSingle.multiply(c, c.v[a] >>> shift & LOW, c.v[b] >>> shift & LOW);
        }

        private void dotDoubles(Cpu c, int a, int b) {
            long low = (control & 16) != 0 ? ScalarDouble.multiply(c, c.v[a], c.v[b]) : 0;
            long high = (control & 32) != 0 ? ScalarDouble.multiply(c, c.v[a + 1], c.v[b + 1]) : 0;
            Elementwise.raise(c);
            c.v[Lanes.RESULT] = asked(0, ScalarDouble.add(c, low, high));
            c.v[Lanes.RESULT + 1] = asked(1, ScalarDouble.add(c, high, low));
        }
    }
}
