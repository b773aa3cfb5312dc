package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode;
import org.jspecify.annotations.Nullable;

/** Instructions that only move elements: SHUF, UNPCK, BLEND by an immediate, INSERTPS, VPERMIL; across the halves of a YMM register {@link VectorPermute} does. */
public enum FloatShuffle implements Family {
    UNPCKLPS,
    UNPCKHPS,
    UNPCKLPD,
    UNPCKHPD,
    SHUFPS,
    SHUFPD,
    BLENDPS,
    BLENDPD,
    INSERTPS,
    VPERMILPS,
    VPERMILPD,
    /** The control is an immediate. */
    VPERMILPS_IMMEDIATE,
    VPERMILPD_IMMEDIATE;

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    private static final class General extends Op {
        private final FloatShuffle f;
        private final int d;
        private final Lanes first;
        private final Lanes second;
        private final int lanes;
        private final int control;
        private final boolean vex;

        General(FloatShuffle f, Instruction i) {
            int sources = i.form().operand(1).method() == OperandCode.Method.H ? 1 : 0;
            this.f = f;
            this.vex = i.form().isVex();
            this.d = VectorOp.register(i.operand(0));
            this.first = Lanes.of(i.operand(sources), false);
            this.second = Lanes.of(i.operand(sources + 1), !vex);
            this.lanes = i.vectorBits() / 64;
            // INSERTPS takes the element from a register, or the only one there is from memory
            this.control = (int) i.immediate() & (f == INSERTPS && i.hasMemory() ? 0x3f : 0xff);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int b = second.load(c);
            int a = first.load(c);
            for (int k = 0; k < lanes; k++) c.v[Lanes.RESULT + k] = f.lane(c.v, a, b, k, control);
            System.arraycopy(c.v, Lanes.RESULT, c.v, d, lanes);
            if (vex) c.clearAbove(d, lanes);
            return next.exec(c);
        }
    }

    /** Element n of the four floats of a 128-bit lane, in the low bits. */
    private static long single(long[] v, int lane, int n) {
        return v[lane + (n >> 1 & 1)] >>> 32 * (n & 1) & 0xffffffffL;
    }

    private static long pair(long low, long high) {
        return low & 0xffffffffL | high << 32;
    }

    /** Lane k of the result. */
    private long lane(long[] v, int a, int b, int k, int control) {
        int half = k & 2; // the 128-bit lane
        int odd = k & 1;
        return switch (this) {
            case UNPCKLPS, UNPCKHPS ->
                unpack(v[a + half + (this == UNPCKHPS ? 1 : 0)], v[b + half + (this == UNPCKHPS ? 1 : 0)], odd);
            case UNPCKLPD -> v[(odd == 0 ? a : b) + half];
            case UNPCKHPD -> v[(odd == 0 ? a : b) + half + 1];
            case SHUFPS -> {
                int from = (odd == 0 ? a : b) + half;
                yield pair(single(v, from, control >> 4 * odd), single(v, from, control >> 4 * odd + 2));
            }
            case SHUFPD -> v[(odd == 0 ? a : b) + half + (control >> k & 1)];
            case BLENDPS -> {
                long mask = ((control >> 2 * k & 1) != 0 ? 0xffffffffL : 0)
                        | ((control >> 2 * k & 2) != 0 ? ~0xffffffffL : 0);
                yield v[a + k] & ~mask | v[b + k] & mask;
            }
            case BLENDPD -> v[((control >> k & 1) != 0 ? b : a) + k];
            case INSERTPS -> insert(v, a, b, k, control);
            case VPERMILPS -> pair(single(v, a + half, (int) v[b + k]), single(v, a + half, (int) (v[b + k] >>> 32)));
            case VPERMILPD -> v[a + half + ((int) v[b + k] >> 1 & 1)];
            case VPERMILPS_IMMEDIATE ->
                pair(single(v, b + half, control >> 4 * odd), single(v, b + half, control >> 4 * odd + 2));
            case VPERMILPD_IMMEDIATE -> v[b + half + (control >> k & 1)];
        };
    }

    private static long unpack(long a, long b, int odd) {
        return odd == 0 ? pair(a, b) : pair(a >>> 32, b >>> 32);
    }

    private static long insert(long[] v, int a, int b, int k, int control) {
        long inserted = single(v, b, control >> 6);
        long result = v[a + k];
        int to = control >> 4 & 3;
        if (to >> 1 == k) result = (to & 1) == 0 ? result & ~0xffffffffL | inserted : pair(result, inserted);
        if ((control >> 2 * k & 1) != 0) result &= ~0xffffffffL;
        if ((control >> 2 * k & 2) != 0) result &= 0xffffffffL;
        return result;
    }
}
