package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** PCMPESTRI, PCMPESTRM, PCMPISTRI, PCMPISTRM (SDM vol. 2, 4.1): comparisons of all elements of two strings, aggregated as the immediate says. */
public enum StringCompare implements Family {
    PCMPESTRM,
    PCMPESTRI,
    PCMPISTRM,
    PCMPISTRI;

    // bits of the immediate
    private static final int WORDS = 1, SIGNED = 2, NEGATE = 16, NEGATE_VALID_ONLY = 32, UPPER = 64;

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    private static final class General extends Op {
        private final StringCompare f;
        private final int first;
        private final Lanes second;
        private final int immediate;
        private final boolean wide;
        private final boolean vex;
        private final int elements;

        General(StringCompare f, Instruction i) {
            this.f = f;
            first = VectorOp.register(i.operand(0));
            second = Lanes.of(i.operand(1), false); // the manual demands no alignment here
            immediate = (int) i.immediate() & 0xff;
            wide = i.rexW();
            vex = i.form().isVex();
            elements = (immediate & WORDS) != 0 ? 8 : 16;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int from = second.load(c);
            long a0 = c.v[first], a1 = c.v[first + 1], b0 = c.v[from], b1 = c.v[from + 1];
            boolean explicit = f == PCMPESTRM || f == PCMPESTRI;
            int lengthA = explicit ? length(c.r[Cpu.RAX]) : terminated(a0, a1);
            int lengthB = explicit ? length(c.r[Cpu.RDX]) : terminated(b0, b1);
            int result = polarity(aggregate(a0, a1, b0, b1, lengthA, lengthB), lengthB);
            if (f == PCMPESTRM || f == PCMPISTRM) mask(c, result);
            else index(c, result);
            c.flags.setStatus((result != 0 ? Flags.CF : 0)
                    | (lengthB < elements ? Flags.ZF : 0)
                    | (lengthA < elements ? Flags.SF : 0)
                    | ((result & 1) != 0 ? Flags.OF : 0));
            return next.exec(c);
        }

        private int length(long register) {
            long length = Math.abs(wide ? register : (int) register);
            return length < 0 || length > elements ? elements : (int) length;
        }

        private int terminated(long x0, long x1) {
            int k = 0;
            while (k < elements && element(x0, x1, k) != 0) k++;
            return k;
        }

        private int element(long x0, long x1, int k) {
            if (elements == 8) {
                int word = Swar.word(k < 4 ? x0 : x1, k & 3);
                return (immediate & SIGNED) != 0 ? word : word & 0xffff;
            }
            int octet = Swar.unsignedByte(k < 8 ? x0 : x1, k & 7);
            return (immediate & SIGNED) != 0 ? (byte) octet : octet;
        }

        /** IntRes1: a bit per element of the second string. */
        private int aggregate(long a0, long a1, long b0, long b1, int lengthA, int lengthB) {
            int result = 0;
            for (int j = 0; j < elements; j++) {
                boolean bit = switch (immediate >> 2 & 3) {
                    case 0 -> any(a0, a1, lengthA, element(b0, b1, j), j < lengthB);
                    case 1 -> inRange(a0, a1, lengthA, element(b0, b1, j), j < lengthB);
                    case 2 ->
                        j < lengthA && j < lengthB
                                ? element(a0, a1, j) == element(b0, b1, j)
                                : j >= lengthA && j >= lengthB;
                    default -> startsAt(a0, a1, b0, b1, lengthA, lengthB, j);
                };
                if (bit) result |= 1 << j;
            }
            return result;
        }

        private boolean any(long a0, long a1, int lengthA, int value, boolean valid) {
            if (!valid) return false;
            for (int k = 0; k < lengthA; k++) {
                if (element(a0, a1, k) == value) return true;
            }
            return false;
        }

        private boolean inRange(long a0, long a1, int lengthA, int value, boolean valid) {
            if (!valid) return false;
            for (int k = 0; k + 1 < lengthA; k += 2) {
                if (element(a0, a1, k) <= value && value <= element(a0, a1, k + 1)) return true;
            }
            return false;
        }

        /** Whether the first string, as far as it fits, is found in the second at {@code j}. */
        private boolean startsAt(long a0, long a1, long b0, long b1, int lengthA, int lengthB, int j) {
            for (int k = 0; k < lengthA && j + k < elements; k++) {
                if (j + k >= lengthB || element(a0, a1, k) != element(b0, b1, j + k)) return false;
            }
            return true;
        }

        /** IntRes2. */
        private int polarity(int result, int lengthB) {
            if ((immediate & NEGATE) == 0) return result;
            return result ^ ((immediate & NEGATE_VALID_ONLY) != 0 ? (1 << lengthB) - 1 : (1 << elements) - 1);
        }

        private void index(Cpu c, int result) {
            if (result == 0) c.r[Cpu.RCX] = elements;
            else if ((immediate & UPPER) != 0) c.r[Cpu.RCX] = 31L - Integer.numberOfLeadingZeros(result);
            else c.r[Cpu.RCX] = Integer.numberOfTrailingZeros(result);
        }

        private void mask(Cpu c, int result) {
            long[] v = c.v;
            if ((immediate & UPPER) == 0) {
                v[0] = result;
                v[1] = 0;
            } else if (elements == 8) {
                v[0] = wordMask(result);
                v[1] = wordMask(result >> 4);
            } else {
                v[0] = byteMask(result);
                v[1] = byteMask(result >> 8);
            }
            if (vex) c.clearAbove(0, 2);
        }

        private static long wordMask(int bits) {
            long ones = (bits & 1) | (bits & 2L) << 15 | (bits & 4L) << 30 | (bits & 8L) << 45;
            return ones * 0xffff;
        }

        private static long byteMask(int bits) {
            long mask = 0;
            for (int k = 0; k < 8; k++) {
                if ((bits >> k & 1) != 0) mask |= 0xffL << 8 * k;
            }
            return mask;
        }
    }
}
