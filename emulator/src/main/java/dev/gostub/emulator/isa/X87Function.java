package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.cpu.UnpackedFloat;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;

/** FSQRT, FRNDINT, FSCALE, FXTRACT, FPREM, FPREM1: exact, or rounded once. */
public enum X87Function implements Family {
    FSQRT,
    FRNDINT,
    FSCALE,
    FXTRACT,
    FPREM,
    FPREM1;

    @Override
    public Op lower(Instruction i) {
        return new General(this, i);
    }

    private static final class General extends X87Op {
        private final X87Function f;

        General(X87Function f, Instruction i) {
            super(i);
            this.f = f;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            boolean two = f == FSCALE || f == FPREM || f == FPREM1;
            if (f == FXTRACT) {
                extract(c, s);
                return;
            }
            X87Stack.read(c, 0, s.a);
            X87Stack.read(c, 1, s.b);
            if (X87Stack.isEmpty(c, 0) || two && X87Stack.isEmpty(c, 1)) {
                X87Stack.underflow(c);
                if (f == FPREM || f == FPREM1) c.x87.status &= ~X87.C2;
            } else if (s.a.isNaN() || two && s.b.isNaN()) {
                X87Stack.propagate(s, s.a, two ? s.b : s.a);
                if (f == FPREM || f == FPREM1) c.x87.status &= ~X87.C2;
            } else {
                switch (f) {
                    case FSQRT -> {
                        s.b.set(s.a);
                        s.squareRoot();
                    }
                    case FRNDINT -> {
                        if (s.a.denormal) s.flags |= SoftFloat.DENORMAL;
                        s.toIntegral(s.a, s.rounding);
                    }
                    case FSCALE -> scale(s);
                    default -> {
                        remainder(c, s);
                        return;
                    }
                }
            }
            finish(c);
        }

        private void finish(Cpu c) {
            if (X87Stack.proceeds(c)) {
                if (f == FSCALE) keepsOperand(c.soft);
                if (f == FSQRT) X87Stack.round(c);
                else X87Stack.round(c, 64);
                X87Stack.write(c, 0);
            } else {
                c.soft.roundedUp = false;
            }
            X87Stack.endRounded(c);
        }

        /** A denormal operand that the other one (a zero for FSCALE, an infinity for FPREM) leaves alone raises no #U even if that is unmasked (observed). */
        private static void keepsOperand(SoftFloat s) {
            if (s.b.kind != UnpackedFloat.FINITE && s.a.denormal) s.underflowUnmasked = false;
        }

        /** ST(0) times two to the power of ST(1) cut to an integer (SDM vol. 2, table 3-29). */
        private static void scale(SoftFloat s) {
            UnpackedFloat a = s.a;
            UnpackedFloat b = s.b;
            boolean impossible = b.isInfinite() && (b.negative ? a.isInfinite() : a.isZero());
            if (impossible) {
                s.invalid();
                return;
            }
            if (a.denormal || b.denormal) s.flags |= SoftFloat.DENORMAL;
            s.r.set(a);
            if (b.isInfinite()) {
                s.r.set(b.negative ? UnpackedFloat.ZERO : UnpackedFloat.INFINITE, a.negative);
            } else if (a.kind == UnpackedFloat.FINITE && b.kind == UnpackedFloat.FINITE && b.exponent >= 0) {
                int power = b.exponent > 16 ? 1 << 17 : (int) (b.significand >>> 63 - b.exponent);
                s.r.exponent += b.negative ? -power : power;
            }
        }

        /** ST(0) becomes the exponent, and the significand is pushed. */
        private static void extract(Cpu c, SoftFloat s) {
            UnpackedFloat a = s.a;
            X87Stack.read(c, 0, a);
            boolean empty = X87Stack.isEmpty(c, 0);
            boolean full = !X87Stack.isEmpty(c, 7);
            if (empty) X87Stack.underflow(c);
            else if (full) X87Stack.overflow(c);
            else if (a.isNaN()) X87Stack.propagate(s, a, a);
            else if (a.isZero()) s.flags |= SoftFloat.DIVIDE_BY_ZERO;
            else if (a.denormal) s.flags |= SoftFloat.DENORMAL;
            if (!X87Stack.proceeds(c)) {
                X87Stack.endRounded(c);
                return;
            }
            boolean same = empty || full || a.isNaN();
            if (a.isZero() && !same) s.r.set(UnpackedFloat.INFINITE, true);
            else if (a.isInfinite() && !same) s.r.set(UnpackedFloat.INFINITE, false);
            else if (!same) s.fromInteger(a.exponent);
            X87Stack.write(c, 0);
            X87Stack.push(c);
            if (!same) {
                s.r.set(a);
                s.r.denormal = false;
                if (a.kind == UnpackedFloat.FINITE) s.r.exponent = 0;
            }
            X87Stack.write(c, 0);
            X87Stack.endRounded(c);
        }

        /** Exact; where the exponents are 64 or more apart, one step of several, C2 set. The low bits of the quotient go to C0, C3, C1. */
        private void remainder(Cpu c, SoftFloat s) {
            UnpackedFloat a = s.a;
            UnpackedFloat b = s.b;
            int conditions = 0;
            if (a.isInfinite() || b.isZero()) {
                s.invalid();
            } else {
                if (a.denormal || b.denormal) s.flags |= SoftFloat.DENORMAL;
                s.r.set(a);
                if (a.kind == UnpackedFloat.FINITE && b.kind == UnpackedFloat.FINITE) conditions = reduce(s);
            }
            boolean invalid = (s.flags & SoftFloat.INVALID) != 0;
            boolean proceeds = X87Stack.proceeds(c);
            if (proceeds) {
                keepsOperand(s);
                X87Stack.round(c, 64);
                X87Stack.write(c, 0);
            }
            int changed = proceeds && !invalid ? X87.C0 | X87.C2 | X87.C3 : X87.C2;
            c.x87.status = c.x87.status & ~changed | conditions & changed & ~(proceeds ? 0 : X87.C2);
            conditions = proceeds ? conditions : 0;
            X87Stack.end(c, (conditions & X87.C1) != 0);
        }

        /** r = the remainder of a by b, or of a step towards it; returns the condition codes. */
        private int reduce(SoftFloat s) {
            UnpackedFloat a = s.a;
            UnpackedFloat b = s.b;
            int distance = a.exponent - b.exponent;
            if (distance < -1 || f == FPREM && distance < 0) return 0;
            int steps = distance < 64 ? distance : distance & 31 | 32; // observed
            long divisor = b.significand;
            long rest = a.significand;
            long quotient = 0;
            boolean carry = false;
            for (int k = 0; k <= steps; k++) { // schoolbook division, a bit a time
                boolean fits = carry || Long.compareUnsigned(rest, divisor) >= 0;
                quotient = quotient << 1 | (fits ? 1 : 0);
                if (fits) rest -= divisor;
                if (k == steps) break;
                carry = rest < 0;
                rest <<= 1;
            }
            boolean negative = a.negative;
            int exponent = distance < 64 ? Math.min(b.exponent, a.exponent) : a.exponent - steps;
            if (f == FPREM1 && distance < 64) {
                // nearest, ties to even: above half of the divisor the remainder changes sides
                int order;
                if (distance < 0) order = Long.compareUnsigned(a.significand, divisor); // a against half of b
                else order = rest < 0 ? 1 : Long.compareUnsigned(rest << 1, divisor);
                if (distance < 0) {
                    quotient = 0;
                    rest = a.significand;
                }
                if (order > 0 || order == 0 && (quotient & 1) != 0) {
                    quotient++;
                    negative = !negative;
                    if (distance < 0) {
                        // b - a with a one binade below: 2b' - a in units of a
                        rest = (divisor << 1) - rest;
                    } else {
                        rest = divisor - rest;
                    }
                }
            }
            if (rest == 0) {
                s.r.set(UnpackedFloat.ZERO, a.negative);
            } else {
                int zeros = Long.numberOfLeadingZeros(rest);
                s.r.setFinite(negative, exponent - zeros, rest << zeros);
            }
            if (distance >= 64) return X87.C2;
            return ((quotient & 4) != 0 ? X87.C0 : 0)
                    | ((quotient & 2) != 0 ? X87.C3 : 0)
                    | ((quotient & 1) != 0 ? X87.C1 : 0);
        }
    }
}
