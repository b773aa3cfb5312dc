package dev.gostub.emulator.isa;

import static dev.gostub.emulator.cpu.FloatFormat.DOUBLE;
import static dev.gostub.emulator.cpu.FloatFormat.SINGLE;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import org.jspecify.annotations.Nullable;

/** Conversions between floats, doubles and signed integers, CVT and CVTT, scalar and packed, and those of F16C. */
public enum FloatConvert implements Family {
    CVTSI2SS,
    CVTSI2SD,
    CVTSS2SI,
    CVTTSS2SI,
    CVTSD2SI,
    CVTTSD2SI,
    CVTSS2SD,
    CVTSD2SS,
    CVTPS2PD,
    CVTPD2PS,
    CVTDQ2PS,
    CVTPS2DQ,
    CVTTPS2DQ,
    CVTDQ2PD,
    CVTPD2DQ,
    CVTTPD2DQ,
    CVTPH2PS,
    CVTPS2PH;

    @Override
    public Op lower(Instruction i) {
        if (this == CVTSI2SD
                && !i.form().isVex()
                && i.operand(1) instanceof Operand.General(int s, int bits, boolean high)) {
            int d = VectorOp.register(i.operand(0));
            return bits == 64 ? new FromLong(d, s) : new FromInt(d, s);
        }
        if (this == CVTTSD2SI && !i.hasMemory())
            return new TruncateDouble(
                    i.reg(), VectorOp.register(i.operand(1)), i.operand(0).bits());
        return general(i);
    }

    @Override
    public Op general(Instruction i) {
        return switch (this) {
            case CVTSI2SS, CVTSI2SD -> new FromInteger(i, this == CVTSI2SD ? DOUBLE : SINGLE);
            case CVTSS2SI, CVTTSS2SI -> new ToInteger(i, SINGLE, this == CVTTSS2SI);
            case CVTSD2SI, CVTTSD2SI -> new ToInteger(i, DOUBLE, this == CVTTSD2SI);
            case CVTSS2SD, CVTSD2SS -> new Scalar(i, this == CVTSS2SD ? SINGLE : DOUBLE);
            case CVTPS2PH -> new ToHalf(i);
            default -> new Packed(this, i);
        };
    }

    /** From one floating-point format to another. */
    static long convert(Cpu c, FloatFormat from, FloatFormat to, long x) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        if (from == FloatFormat.HALF)
            s.denormalsAreZero = false; // SDM vol. 2, VCVTPH2PS: DAZ and #D are not for halves
        if (to == FloatFormat.HALF) s.flushToZero = false;
        s.unpack(s.a, x, from);
        s.low = 0;
        if (s.a.isNaN()) {
            s.propagate(s.a);
        } else {
            if (s.a.denormal && from != FloatFormat.HALF) s.flags |= SoftFloat.DENORMAL;
            s.r.set(s.a);
        }
        return s.pack(to);
    }

    static long fromInteger(Cpu c, FloatFormat to, long value) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        s.fromInteger(value);
        return s.pack(to);
    }

    static long toInteger(Cpu c, FloatFormat from, long x, int bits, boolean truncate) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        s.unpack(s.a, x, from);
        return s.toInteger(s.a, bits, truncate ? SoftFloat.TRUNCATE : s.rounding);
    }

    private static final class FromInteger extends Op {
        private final int d, a, signBits;
        private final Access source;
        private final FloatFormat to;
        private final boolean vex;

        FromInteger(Instruction i, FloatFormat to) {
            this.vex = i.form().isVex();
            this.d = VectorOp.register(i.operand(0));
            this.a = VectorOp.register(i.operand(vex ? 1 : 0));
            this.source = Access.of(i, vex ? 2 : 1);
            this.signBits = 64 - i.operand(vex ? 2 : 1).bits();
            this.to = to;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long result = fromInteger(c, to, source.read(c) << signBits >> signBits);
            Elementwise.raise(c);
            c.v[d] = to == DOUBLE ? result : c.v[a] & ~0xffffffffL | result;
            if (vex) {
                c.v[d + 1] = c.v[a + 1];
                c.clearAbove(d, 2);
            }
            return next.exec(c);
        }
    }

    private static final class ToInteger extends Op {
        private final int d, bits;
        private final Lanes source;
        private final FloatFormat from;
        private final boolean truncate;

        ToInteger(Instruction i, FloatFormat from, boolean truncate) {
            this.d = i.reg();
            this.bits = i.operand(0).bits();
            this.source = Lanes.of(i.operand(1), false);
            this.from = from;
            this.truncate = truncate;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long result = toInteger(c, from, c.v[source.load(c)], bits, truncate);
            Elementwise.raise(c);
            c.r[d] = bits == 64 ? result : result & 0xffffffffL;
            return next.exec(c);
        }
    }

    /** CVTSS2SD and CVTSD2SS. */
    private static final class Scalar extends Op {
        private final int d, a;
        private final Lanes source;
        private final FloatFormat from;
        private final boolean vex;

        Scalar(Instruction i, FloatFormat from) {
            this.vex = i.form().isVex();
            this.d = VectorOp.register(i.operand(0));
            this.a = VectorOp.register(i.operand(vex ? 1 : 0));
            this.source = Lanes.of(i.operand(vex ? 2 : 1), false);
            this.from = from;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long x = c.v[source.load(c)];
            long result = convert(c, from, from == SINGLE ? DOUBLE : SINGLE, x);
            Elementwise.raise(c);
            c.v[d] = from == SINGLE ? result : c.v[a] & ~0xffffffffL | result;
            if (vex) {
                c.v[d + 1] = c.v[a + 1];
                c.clearAbove(d, 2);
            }
            return next.exec(c);
        }
    }

    /** One element of a packed conversion. */
    private long element(Cpu c, long x) {
        return switch (this) {
            case CVTPS2PD -> convert(c, SINGLE, DOUBLE, x);
            case CVTPD2PS -> convert(c, DOUBLE, SINGLE, x);
            case CVTDQ2PS -> fromInteger(c, SINGLE, x << 32 >> 32);
            case CVTDQ2PD -> fromInteger(c, DOUBLE, x << 32 >> 32);
            case CVTPS2DQ -> toInteger(c, SINGLE, x, 32, false);
            case CVTTPS2DQ -> toInteger(c, SINGLE, x, 32, true);
            case CVTPD2DQ -> toInteger(c, DOUBLE, x, 32, false);
            case CVTTPD2DQ -> toInteger(c, DOUBLE, x, 32, true);
            case CVTPH2PS -> convert(c, FloatFormat.HALF, SINGLE, x);
            default -> throw new IllegalStateException(name());
        };
    }

    private int sourceBits() {
        return switch (this) {
            case CVTPD2PS, CVTPD2DQ, CVTTPD2DQ -> 64;
            case CVTPH2PS -> 16;
            default -> 32;
        };
    }

    private int resultBits() {
        return this == CVTPS2PD || this == CVTDQ2PD ? 64 : 32;
    }

    /** Elements of one width to elements of another; the wider side is as wide as the vector. */
    private static final class Packed extends Op {
        private final FloatConvert f;
        private final int d, from, to, count;
        private final Lanes source;
        private final boolean vex;

        Packed(FloatConvert f, Instruction i) {
            this.f = f;
            this.vex = i.form().isVex();
            this.d = VectorOp.register(i.operand(0));
            this.from = f.sourceBits();
            this.to = f.resultBits();
            this.count = i.vectorBits() / Math.max(from, to);
            this.source = Lanes.of(i.operand(1), !vex);
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int s = source.load(c);
            long[] v = c.v;
            for (int k = 0; k < Cpu.LANES; k++) v[Lanes.RESULT + k] = 0;
            for (int k = 0; k < count; k++) {
                int at = k * from;
                long x = v[s + (at >> 6)] >>> (at & 63);
                if (from < 64) x &= (1L << from) - 1;
                long y = f.element(c, x);
                if (to == 64) v[Lanes.RESULT + k] = y;
                else v[Lanes.RESULT + (k >> 1)] |= (y & 0xffffffffL) << 32 * (k & 1);
            }
            Elementwise.raise(c);
            System.arraycopy(v, Lanes.RESULT, v, d, vex ? Cpu.LANES : 2);
            return next.exec(c);
        }
    }

    /** VCVTPS2PH: the destination is ModRM.rm; the immediate may override MXCSR's rounding. */
    private static final class ToHalf extends Op {
        private final int s, count, control;
        private final Operand destination;
        private final @Nullable Address address;

        ToHalf(Instruction i) {
            this.s = VectorOp.register(i.operand(1));
            this.count = i.vectorBits() / 32;
            this.control = (int) i.immediate();
            this.destination = i.operand(0);
            this.address = i.hasMemory() ? new Address(i.place()) : null;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            int mxcsr = c.mxcsr;
            if ((control & 4) == 0) c.mxcsr = mxcsr & ~0x6000 | (control & 3) << 13;
            for (int k = 0; k < Cpu.LANES; k++) c.v[Lanes.RESULT + k] = 0;
            for (int k = 0; k < count; k++) {
                long half = convert(c, SINGLE, FloatFormat.HALF, c.v[s + (k >> 1)] >>> 32 * (k & 1) & 0xffffffffL);
                c.v[Lanes.RESULT + (k >> 2)] |= half << 16 * (k & 3);
            }
            c.mxcsr = mxcsr;
            Elementwise.raise(c);
            // exceptions come before the store, and stay in MXCSR even if that faults (observed)
            if (address != null) c.memory.storeLanes(address.of(c), c.v, Lanes.RESULT, count / 4);
            else if (destination instanceof Operand.Vector(int number, int bits))
                System.arraycopy(c.v, Lanes.RESULT, c.v, number * Cpu.LANES, Cpu.LANES);
            return next.exec(c);
        }
    }

    // ---- what Go's compiler emits

    private static final class FromLong extends Op {
        private final int d, s;

        FromLong(int d, int s) {
            this.d = d;
            this.s = s;
        }

        /** The JVM rounds to nearest; below 2^53 there is nothing to round. */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long x = c.r[s];
            if (x << 10 >> 10 == x) {
                c.v[d] = Double.doubleToRawLongBits((double) x);
            } else {
                long result = fromInteger(c, DOUBLE, x);
                Elementwise.raise(c);
                c.v[d] = result;
            }
            return next.exec(c);
        }
    }

    private static final class FromInt extends Op {
        private final int d, s;

        FromInt(int d, int s) {
            this.d = d;
            this.s = s;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.v[d] = Double.doubleToRawLongBits((int) c.r[s]);
            return next.exec(c);
        }
    }

    private static final class TruncateDouble extends Op {
        private final int d, s, bits;

        TruncateDouble(int d, int s, int bits) {
            this.d = d;
            this.s = s;
            this.bits = bits;
        }

        /** #P is either set already or, as converting back shows, not raised. NaN and what does not fit go the exact way. */
        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            double x = Double.longBitsToDouble(c.v[s]);
            double limit = bits == 64 ? 0x1p63 : 0x1p31;
            long value = (long) x;
            if (x > -limit && x < limit && ((c.mxcsr & 0x1020) == 0x1020 || value == x)) {
                c.r[d] = bits == 64 ? value : value & 0xffffffffL;
                return next.exec(c);
            }
            return exact(c);
        }

        private @Nullable Op exact(Cpu c) {
            long result = toInteger(c, DOUBLE, c.v[s], bits, true);
            Elementwise.raise(c);
            c.r[d] = bits == 64 ? result : result & 0xffffffffL;
            return next.exec(c);
        }
    }
}
