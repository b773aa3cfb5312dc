package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** What works on the x87 state rather than on numbers. The first ones do not wait for a pending exception. */
public enum X87Control implements Family {
    FNINIT,
    FNCLEX,
    FNSTCW,
    FNSTSW,
    FNSTENV,
    FNSAVE,
    /** FENI, FDISI, FSETPM: without effect since the 387. */
    FNENI,
    FLDCW,
    FLDENV,
    FRSTOR,
    FWAIT,
    FNOP,
    FINCSTP,
    FDECSTP,
    FFREE,
    FFREEP,
    FCHS,
    FABS,
    /** Leaves MMX: all registers are empty (SDM vol. 3, table 13-1). */
    EMMS;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case FNSTCW, FLDCW, FNSTSW -> new Word(this, Access.of(i, 0));
            case FNSTENV, FLDENV, FNSAVE, FRSTOR -> new Environment(this, i);
            default -> new Simple(this, i.hasMemory() ? 0 : i.rm() & 7);
        };
    }

    private boolean waits() {
        return ordinal() >= FLDCW.ordinal();
    }

    private static final class Word extends Op {
        private final X87Control f;
        private final Access operand;

        Word(X87Control f, Access operand) {
            this.f = f;
            this.operand = operand;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            X87 x = c.x87;
            switch (f) {
                case FNSTCW -> operand.write(c, x.control);
                case FNSTSW -> operand.write(c, x.statusWord());
                default -> {
                    X87Stack.check(c);
                    x.control = (int) operand.read(c) & X87.CONTROL_BITS | X87.CONTROL_FIXED;
                    x.summarise();
                }
            }
            return next.exec(c);
        }
    }

    private static final class Simple extends Op {
        private final X87Control f;
        private final int st;

        Simple(X87Control f, int st) {
            this.f = f;
            this.st = st;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            if (f.waits()) X87Stack.check(c);
            X87 x = c.x87;
            switch (f) {
                case FNINIT -> x.reset();
                case FNCLEX -> x.status &= ~(0x7f | X87.ES | X87.B);
                case FINCSTP, FDECSTP -> {
                    x.top = x.top + (f == FINCSTP ? 1 : -1) & 7;
                    x.status &= ~X87.C1;
                }
                case FFREE, FFREEP -> {
                    X87Stack.free(c, st);
                    if (f == FFREEP) X87Stack.pop(c);
                    x.status &= ~X87.C1;
                }
                case FCHS, FABS -> sign(c);
                case EMMS -> {
                    x.top = 0;
                    x.occupied = 0;
                }
                default -> {}
            }
            return next.exec(c);
        }

        private void sign(Cpu c) {
            X87Stack.begin(c);
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
                if (X87Stack.proceeds(c)) X87Stack.write(c, 0);
            } else {
                int signExponent = X87Stack.rawExponent(c, 0);
                X87Stack.writeRaw(
                        c, 0, f == FABS ? signExponent & 0x7fff : signExponent ^ 0x8000, X87Stack.rawSignificand(c, 0));
            }
            X87Stack.end(c, false);
        }
    }

    /** FNSTENV, FLDENV (SDM vol. 1, figures 8-9 to 8-12, protected mode) and FNSAVE, FRSTOR, which add the registers. */
    private static final class Environment extends Op {
        private final X87Control f;
        private final Address address;
        /** Bytes of one field: 4, or 2 with a 66 prefix. */
        private final int field;

        Environment(X87Control f, Instruction i) {
            this.f = f;
            this.address = new Address(i.place());
            this.field = i.operandBits() == 16 ? 2 : 4;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            boolean registers = f == FNSAVE || f == FRSTOR;
            int lengthBytes = 7 * field + (registers ? 80 : 0);
            if (f == FLDENV || f == FRSTOR) {
                X87Stack.check(c);
                c.memory.checkRead(at, lengthBytes);
                load(c, at);
                if (registers) loadRegisters(c, at + 7L * field);
                c.x87.summarise();
            } else {
                c.memory.checkWrite(at, lengthBytes);
                store(c, at);
                if (registers) storeRegisters(c, at + 7L * field);
                if (registers) c.x87.reset();
                else c.x87.control |= 0x3f; // FNSTENV masks all exceptions
                c.x87.summarise();
            }
            return next.exec(c);
        }

        private void put(Cpu c, long at, int n, long value, int padding) {
            if (field == 2) c.memory.store16(at + 2L * n, value);
            else c.memory.store32(at + 4L * n, value | padding);
        }

        private int get(Cpu c, long at, int n) {
            return (int) (field == 2 ? c.memory.load16(at + 2L * n) : c.memory.load32(at + 4L * n));
        }

        private void store(Cpu c, long at) {
            X87 x = c.x87;
            put(c, at, 0, x.control, 0xffff0000);
            put(c, at, 1, x.statusWord(), 0xffff0000);
            put(c, at, 2, tagWord(x), 0xffff0000);
            put(c, at, 3, x.instructionPointer, 0);
            put(
                    c,
                    at,
                    4,
                    field == 2 ? 0 : (long) x.opcode << 16,
                    0); // FCS reads as 0: CPUID.7.EBX says that it is gone
            put(c, at, 5, x.dataPointer, 0);
            put(c, at, 6, 0, field == 2 ? 0 : 0xffff0000);
        }

        private void load(Cpu c, long at) {
            X87 x = c.x87;
            x.control = get(c, at, 0) & X87.CONTROL_BITS | X87.CONTROL_FIXED;
            x.setStatusWord(get(c, at, 1) & 0xffff);
            int tags = get(c, at, 2);
            x.occupied = 0;
            for (int i = 0; i < 8; i++) if ((tags >> 2 * i & 3) != 3) x.occupied |= 1 << i;
            x.instructionPointer = get(c, at, 3) & 0xffffffffL;
            x.opcode = field == 2 ? 0 : get(c, at, 4) >> 16 & 0x7ff;
            x.dataPointer = get(c, at, 5) & 0xffffffffL;
        }

        /** The tag word in full: 0 valid, 1 zero, 2 special, 3 empty; by physical register. */
        private static int tagWord(X87 x) {
            int tags = 0;
            for (int i = 0; i < 8; i++) {
                int exponent = x.signExponent[i] & 0x7fff;
                int tag;
                if ((x.occupied >> i & 1) == 0) tag = 3;
                else if (exponent == 0 && x.significand[i] == 0) tag = 1;
                else tag = exponent == 0 || exponent == 0x7fff || x.significand[i] >= 0 ? 2 : 0;
                tags |= tag << 2 * i;
            }
            return tags;
        }

        private static void storeRegisters(Cpu c, long at) {
            for (int i = 0; i < 8; i++) {
                c.memory.store64(at + 10L * i, X87Stack.rawSignificand(c, i));
                c.memory.store16(at + 10L * i + 8, X87Stack.rawExponent(c, i));
            }
        }

        private static void loadRegisters(Cpu c, long at) {
            X87 x = c.x87;
            for (int i = 0; i < 8; i++) {
                int physical = x.top + i & 7;
                x.significand[physical] = c.memory.load64(at + 10L * i);
                x.signExponent[physical] = (int) c.memory.load16(at + 10L * i + 8);
            }
        }
    }
}
