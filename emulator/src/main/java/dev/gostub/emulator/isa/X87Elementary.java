package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.ElementaryFunctions;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;

/** F2XM1, FYL2X, FYL2XP1, FPATAN, FPTAN, FSIN, FCOS, FSINCOS, with the tables of their special cases in SDM vol. 2. */
public enum X87Elementary implements Family {
    F2XM1,
    FYL2X,
    FPTAN,
    FPATAN,
    FYL2XP1,
    FSINCOS,
    FSIN,
    FCOS;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case F2XM1, FSIN, FCOS -> new OfOne(this, i);
            case FPTAN, FSINCOS -> new Pushing(this, i);
            case FYL2X, FYL2XP1, FPATAN -> new OfTwo(this, i);
        };
    }

    /** From 2^63 on the trigonometric functions only set C2. */
    private static boolean outOfRange(UnpackedFloat a) {
        return a.kind == UnpackedFloat.FINITE && a.exponent >= 63;
    }

    private static void condition2(Cpu c, boolean set) {
        c.x87.status = set ? c.x87.status | X87.C2 : c.x87.status & ~X87.C2;
    }

    private static void exact(SoftFloat s, boolean negative, int exponent) {
        s.r.setFinite(negative, exponent, Long.MIN_VALUE);
    }

    private static final class OfOne extends X87Op {
        private final X87Elementary f;

        OfOne(X87Elementary f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            X87Stack.read(c, 0, s.a);
            boolean trigonometric = f != F2XM1;
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else if (trigonometric && outOfRange(s.a)) {
                condition2(c, true);
                X87Stack.end(c, false);
                return;
            } else if (!X87Stack.propagates(s, s.a)) {
                if (s.a.denormal) s.flags |= SoftFloat.DENORMAL;
                if (trigonometric) trigonometric(s);
                else power(s);
            }
            if (trigonometric) condition2(c, false);
            if (X87Stack.proceeds(c)) {
                X87Stack.round(c, 64);
                X87Stack.write(c, 0);
            }
            X87Stack.endRounded(c);
        }

        private void trigonometric(SoftFloat s) {
            if (s.a.isInfinite()) s.invalid();
            else if (s.a.isZero() && f == FCOS) exact(s, false, 0);
            else if (s.a.isZero()) s.r.set(s.a);
            else if (f == FSIN) new ElementaryFunctions(s).sine(s.a);
            else new ElementaryFunctions(s).cosine(s.a);
        }

        /** Above 1 the result is undefined: the operand stays. */
        private static void power(SoftFloat s) {
            UnpackedFloat a = s.a;
            s.r.set(a);
            if (a.isInfinite() && a.negative) exact(s, true, 0);
            if (a.kind != UnpackedFloat.FINITE) return;
            if (a.exponent < 0) {
                new ElementaryFunctions(s).powerLessOne(a);
                return;
            }
            s.flags |= SoftFloat.PRECISION; // observed: even for -1, whose result is exact
            if (a.exponent == 0 && a.significand == Long.MIN_VALUE && a.negative) exact(s, true, -1);
        }
    }

    /** Two results: one replaces ST(0), the other is pushed. */
    private static final class Pushing extends X87Op {
        private final X87Elementary f;

        Pushing(X87Elementary f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            X87Stack.read(c, 0, s.a);
            boolean special = true;
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else if (!X87Stack.isEmpty(c, 7)) {
                X87Stack.overflow(c);
            } else if (outOfRange(s.a)) {
                condition2(c, true);
                X87Stack.end(c, false);
                return;
            } else if (!X87Stack.propagates(s, s.a)) {
                if (s.a.denormal) s.flags |= SoftFloat.DENORMAL;
                if (s.a.isInfinite()) s.invalid();
                else special = false;
            }
            condition2(c, false);
            if (X87Stack.proceeds(c)) results(c, s, special);
            X87Stack.endRounded(c);
        }

        private void results(Cpu c, SoftFloat s, boolean special) {
            if (special) {
                X87Stack.write(c, 0);
                X87Stack.push(c);
                X87Stack.write(c, 0);
                return;
            }
            UnpackedFloat a = s.a;
            if (a.isZero()) s.r.set(a);
            else if (f == FPTAN) new ElementaryFunctions(s).tangent(a);
            else new ElementaryFunctions(s).sine(a);
            X87Stack.round(c, 64);
            X87Stack.write(c, 0);
            X87Stack.push(c);
            s.low = 0;
            if (a.isZero() || f == FPTAN) exact(s, false, 0);
            else new ElementaryFunctions(s).cosine(a);
            boolean up = s.roundedUp;
            X87Stack.round(c, 64);
            if (f == FPTAN) s.roundedUp = up;
            X87Stack.write(c, 0);
        }
    }

    /** Of ST(0) and ST(1) into ST(1), and pops. */
    private static final class OfTwo extends X87Op {
        private final X87Elementary f;

        OfTwo(X87Elementary f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            UnpackedFloat x = new UnpackedFloat();
            UnpackedFloat y = new UnpackedFloat();
            X87Stack.read(c, 0, x);
            X87Stack.read(c, 1, y);
            if (X87Stack.isEmpty(c, 0) || X87Stack.isEmpty(c, 1)) {
                X87Stack.underflow(c);
            } else if (x.isNaN() || y.isNaN()) {
                X87Stack.propagate(s, x, y);
            } else {
                switch (f) {
                    case FYL2X -> logarithm(s, x, y);
                    case FYL2XP1 -> logarithmOfOneMore(s, x, y);
                    default -> angle(s, x, y);
                }
                boolean found = (s.flags & (SoftFloat.INVALID | SoftFloat.DIVIDE_BY_ZERO)) != 0;
                if (!found && (x.denormal || y.denormal)) s.flags |= SoftFloat.DENORMAL;
            }
            if (X87Stack.proceeds(c)) {
                X87Stack.round(c, 64);
                X87Stack.write(c, 1);
                X87Stack.pop(c);
            }
            X87Stack.endRounded(c);
        }

        /** y times a logarithm of which only the sign, or that it is infinite, matters. */
        private static void times(SoftFloat s, UnpackedFloat y, boolean negativeLogarithm, boolean infiniteLogarithm) {
            if (y.isZero() && infiniteLogarithm) s.invalid();
            else s.r.set(y.isZero() ? UnpackedFloat.ZERO : UnpackedFloat.INFINITE, y.negative != negativeLogarithm);
        }

        private static void logarithm(SoftFloat s, UnpackedFloat x, UnpackedFloat y) {
            boolean one = x.kind == UnpackedFloat.FINITE && x.exponent == 0 && x.significand == Long.MIN_VALUE;
            if (x.isZero()) {
                if (!y.isZero() && !y.isInfinite()) s.flags |= SoftFloat.DIVIDE_BY_ZERO;
                times(s, y, true, true);
            } else if (x.negative || one && y.isInfinite()) {
                s.invalid();
            } else if (x.isInfinite()) {
                times(s, y, false, true);
            } else if (one) {
                s.r.set(UnpackedFloat.ZERO, y.negative);
            } else if (y.isInfinite() || y.isZero()) {
                times(s, y, x.exponent < 0, false);
            } else {
                s.flags |= SoftFloat.PRECISION; // observed: even where the result is exact
                new ElementaryFunctions(s).logarithm(x, y);
            }
        }

        /** Outside of its range the result is undefined; from -1 down it is the operand (observed). */
        private static void logarithmOfOneMore(SoftFloat s, UnpackedFloat x, UnpackedFloat y) {
            if (x.isZero()) {
                if (y.isInfinite()) s.invalid();
                else s.r.set(UnpackedFloat.ZERO, x.negative != y.negative);
            } else if (x.negative && x.isInfinite()) {
                s.invalid();
            } else if (x.negative && x.exponent >= 0) {
                s.flags |= SoftFloat.PRECISION;
                s.r.set(x);
            } else if (x.isInfinite()) {
                times(s, y, false, true);
            } else if (y.isInfinite() || y.isZero()) {
                times(s, y, x.negative, false);
            } else {
                s.flags |= SoftFloat.PRECISION;
                new ElementaryFunctions(s).logarithmOfOneMore(x, y);
            }
        }

        private static void angle(SoftFloat s, UnpackedFloat x, UnpackedFloat y) {
            ElementaryFunctions f = new ElementaryFunctions(s);
            boolean flat = y.isZero() || x.isInfinite() && !y.isInfinite();
            if (flat && !x.negative) s.r.set(UnpackedFloat.ZERO, y.negative);
            else if (flat) f.quartersOfPi(4, y.negative);
            else if (x.isZero() || y.isInfinite() && !x.isInfinite()) f.quartersOfPi(2, y.negative);
            else if (y.isInfinite()) f.quartersOfPi(x.negative ? 3 : 1, y.negative);
            else f.angle(y, x);
        }
    }
}
