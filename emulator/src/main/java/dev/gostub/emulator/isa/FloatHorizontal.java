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
        return this == ADDSUB ? Elementwise.alternating(FloatArithmetic.SUB, FloatArithmetic.ADD, i) : new General(this, i);
    }

    private static final class General extends Op {
        private final FloatHorizontal f;
        private final int d;
        private final FloatSource first;
        private final FloatSource second;
        private final int lanes;
        private final int control;
        private final boolean vex;
        private final boolean single;

        General(FloatHorizontal f, Instruction i) {
            this.f = f;
            this.vex = i.form().isVex();
            this.d = Elementwise.register(i, 0);
            this.first = FloatSource.of(i.operand(vex ? 1 : 0));
            this.second = FloatSource.of(i.operand(vex ? 2 : 1), !vex);
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
            int to = FloatSource.RESULT;
            for (int k = 0; k < lanes; k += 2) {
                switch (f) {
                    case DPPS -> dotSingles(c, a + k, b + k, to + k);
                    case DPPD -> dotDoubles(c, a + k, b + k, to + k);
                    default -> {
                        v[to + k] = single ? pair(c, v[a + k]) | pair(c, v[a + k + 1]) << 32 : combine(c, v[a + k], v[a + k + 1]);
                        v[to + k + 1] = single ? pair(c, v[b + k]) | pair(c, v[b + k + 1]) << 32 : combine(c, v[b + k], v[b + k + 1]);
                    }
                }
            }
            Elementwise.raise(c);
            System.arraycopy(v, to, v, d, lanes);
            if (vex) c.clearAbove(d, lanes);
            return next.exec(c);
        }

        /** The two floats of a lane. */
        private long pair(Cpu c, long x) {
            long low = x & 0xffffffffL;
            return f == HADD ? ScalarSingle.add(c, low, x >>> 32) : ScalarSingle.subtract(c, low, x >>> 32);
        }

        private long combine(Cpu c, long x, long y) {
            return f == HADD ? ScalarDouble.add(c, x, y) : ScalarDouble.subtract(c, x, y);
        }

        private void dotSingles(Cpu c, int a, int b, int to) {
            long left = ScalarSingle.add(c, product(c, a, b, 0), product(c, a, b, 1));
            long right = ScalarSingle.add(c, product(c, a, b, 2), product(c, a, b, 3));
            long sum = ScalarSingle.add(c, left, right);
            c.v[to] = ((control & 1) != 0 ? sum : 0) | ((control & 2) != 0 ? sum << 32 : 0);
            c.v[to + 1] = ((control & 4) != 0 ? sum : 0) | ((control & 8) != 0 ? sum << 32 : 0);
        }

        private long product(Cpu c, int a, int b, int k) {
            if ((control >> 4 + k & 1) == 0) return 0;
            int shift = 32 * (k & 1);
            return ScalarSingle.multiply(c, c.v[a + (k >> 1)] >>> shift & 0xffffffffL, c.v[b + (k >> 1)] >>> shift & 0xffffffffL);
        }

        private void dotDoubles(Cpu c, int a, int b, int to) {
            long low = (control & 16) != 0 ? ScalarDouble.multiply(c, c.v[a], c.v[b]) : 0;
            long high = (control & 32) != 0 ? ScalarDouble.multiply(c, c.v[a + 1], c.v[b + 1]) : 0;
            long sum = ScalarDouble.add(c, low, high);
            c.v[to] = (control & 1) != 0 ? sum : 0;
            c.v[to + 1] = (control & 2) != 0 ? sum : 0;
        }
    }
}
