package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** UCOMISS, UCOMISD, COMISS, COMISD, and the CMP family with its predicates. */
public enum FloatCompare implements Family {
    UCOMIS,
    COMIS,
    CMP;
    private static final int LESS = 1, EQUAL = 2, GREATER = 4, UNORDERED = 8;

    /**
     * For the predicates 0 to 15 the relations that make them true, and 16 if a QNaN raises #I (SDM vol. 2, CMPPD, table 3-1). From 16 on they repeat with the signalling turned round.
     */
    private static final int[] PREDICATES = {
        EQUAL,
        16 | LESS,
        16 | LESS | EQUAL,
        UNORDERED,
        LESS | GREATER | UNORDERED,
        16 | GREATER | EQUAL | UNORDERED,
        16 | GREATER | UNORDERED,
        LESS | EQUAL | GREATER,
        EQUAL | UNORDERED,
        16 | LESS | UNORDERED,
        16 | LESS | EQUAL | UNORDERED,
        0,
        LESS | GREATER,
        16 | GREATER | EQUAL,
        16 | GREATER,
        LESS | EQUAL | GREATER | UNORDERED
    };

    @Override
    public Op lower(Instruction i) {
        if (this == CMP) return Elementwise.of(predicate(i), i);
        boolean wide = Elementwise.format(i.form()) == FloatFormat.DOUBLE;
        int a = VectorOp.register(i.operand(0));
        if (wide && this == UCOMIS && !i.hasMemory()) return new UcomisdReg(a, VectorOp.register(i.operand(1)));
        return new ToFlags(
                a, Lanes.of(i.operand(1), false), wide ? FloatFormat.DOUBLE : FloatFormat.SINGLE, this == COMIS);
    }

    @Override
    public Op general(Instruction i) {
        return this == CMP
                ? lower(i)
                : new ToFlags(
                        VectorOp.register(i.operand(0)),
                        Lanes.of(i.operand(1), false),
                        Elementwise.format(i.form()),
                        this == COMIS);
    }

    /** Legacy encodings know the first eight. */
    private static Predicate predicate(Instruction i) {
        int code = (int) i.immediate() & (i.form().isVex() ? 31 : 7);
        int entry = PREDICATES[code & 15] ^ code & 16;
        return new Predicate(entry & 15, (entry & 16) != 0);
    }

    /** The relation of two operands; NaNs of a kind that signals raise #I. */
    private static int relation(Cpu c, FloatFormat f, long x, long y, boolean signalsQuiet) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        s.unpack(s.a, x, f);
        s.unpack(s.b, y, f);
        if (s.a.isNaN() || s.b.isNaN()) {
            if (signalsQuiet || s.a.kind == UnpackedFloat.SIGNALLING || s.b.kind == UnpackedFloat.SIGNALLING)
                s.flags |= SoftFloat.INVALID;
            return UNORDERED;
        }
        if (s.a.denormal || s.b.denormal) s.flags |= SoftFloat.DENORMAL;
        int order = s.a.compare(s.b);
        return order < 0 ? LESS : order == 0 ? EQUAL : GREATER;
    }

    /**
     * A predicate of CMPxx: an element of ones where it holds.
     *
     * @param relations those that make it true
     */
    private record Predicate(int relations, boolean signalsQuiet) implements Element {
        @Override
        public long apply(Cpu c, FloatFormat f, long a, long b, long d) {
            boolean holds = (relation(c, f, a, b, signalsQuiet) & relations) != 0;
            return holds ? f == FloatFormat.DOUBLE ? -1L : 0xffffffffL : 0;
        }
    }

    private static void toFlags(Cpu c, FloatFormat f, long x, long y, boolean signalsQuiet) {
        int relation = relation(c, f, x, y, signalsQuiet);
        Elementwise.raise(c);
        c.flags.setStatus(
                relation == GREATER
                        ? 0
                        : relation == LESS ? Flags.CF : relation == EQUAL ? Flags.ZF : Flags.ZF | Flags.PF | Flags.CF);
    }

    private static final class ToFlags extends Op {
        private final int a;
        private final Lanes second;
        private final FloatFormat format;
        private final boolean signalsQuiet;

        ToFlags(int a, Lanes second, FloatFormat format, boolean signalsQuiet) {
            this.a = a;
            this.second = second;
            this.format = format;
            this.signalsQuiet = signalsQuiet;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int b = second.load(c);
            toFlags(c, format, c.v[a], c.v[b], signalsQuiet);
            return next.exec(c);
        }
    }

    /** What Go's compiler emits. The JVM's comparison is the processor's except for NaNs and denormals. */
    private static final class UcomisdReg extends Op {
        private final int a, b;

        UcomisdReg(int a, int b) {
            this.a = a;
            this.b = b;
        }

        /** Neither denormal nor NaN. */
        private static boolean ordinary(long x) {
            long magnitude = x << 1;
            return magnitude == 0 || Long.compareUnsigned(magnitude - (1L << 53), 0x7feL << 53) <= 0;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long x = c.v[a];
            long y = c.v[b];
            if (ordinary(x) && ordinary(y)) {
                double p = Double.longBitsToDouble(x);
                double q = Double.longBitsToDouble(y);
                c.flags.setStatus(p > q ? 0 : p < q ? Flags.CF : Flags.ZF);
            } else {
                toFlags(c, FloatFormat.DOUBLE, x, y, false);
            }
            return next.exec(c);
        }
    }
}
