package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;

/** FLD, FST, FSTP, FILD, FIST, FISTP, FISTTP, FXCH and FCMOVcc. The packed decimals are in {@link X87Decimal}. */
public enum X87Transfer implements Family {
    FLD,
    FILD,
    FST,
    FSTP,
    /** D9 D8+i: raises nothing, and copies nothing, if ST(0) is empty (observed; the manual does not list it). */
    FSTPNCE,
    FIST,
    FISTP,
    FISTTP,
    FXCH,
    FCMOV;

    @Override
    public Op lower(Instruction i) {
        return switch (this) {
            case FLD -> i.hasMemory() ? new Load(i) : new LoadRegister(i);
            case FILD -> new LoadInteger(i);
            case FSTPNCE -> new StoreRegister(i, true);
            case FST, FSTP -> i.hasMemory() ? new Store(i, this == FSTP) : new StoreRegister(i, this == FSTP);
            case FIST, FISTP, FISTTP -> new StoreInteger(i, this);
            case FXCH -> new Exchange(i);
            case FCMOV -> new ConditionalMove(i);
        };
    }

    private static FloatFormat format(int bits) {
        return bits == 32 ? FloatFormat.SINGLE : bits == 64 ? FloatFormat.DOUBLE : FloatFormat.EXTENDED;
    }

    /** Pushes {@code c.soft.r}, which needs no rounding, unless an exception keeps it from that. */
    static void push(Cpu c) {
        if (!X87Stack.isEmpty(c, 7)) X87Stack.overflow(c);
        pushed(c);
    }

    private static void pushed(Cpu c) {
        if (X87Stack.loads(c)) {
            X87Stack.push(c);
            X87Stack.write(c, 0);
        }
        X87Stack.endRounded(c);
    }

    private static final class Load extends X87Op {
        private final Address address;
        private final int bits;

        Load(Instruction i) {
            super(i);
            this.address = new Address(i.place());
            this.bits = i.operand(0).bits();
        }

        @Override
        void apply(Cpu c) {
            long at = address.of(c);
            if (bits == 80) {
                extended(c, at);
                return;
            }
            long value = bits == 32 ? c.memory.load32(at) : c.memory.load64(at);
            SoftFloat s = X87Stack.begin(c);
            s.unpack(s.a, value, format(bits));
            if (!X87Stack.isEmpty(c, 7)) {
                push(c);
                return;
            }
            if (!X87Stack.propagates(s, s.a)) {
                if (s.a.denormal) s.flags |= SoftFloat.DENORMAL;
                s.r.set(s.a);
            }
            push(c);
        }

        /** Takes the bits as they are: no exception but #IS. */
        private static void extended(Cpu c, long at) {
            c.memory.checkRead(at, 10);
            long significand = c.memory.load64(at);
            int signExponent = (int) c.memory.load16(at + 8);
            X87Stack.begin(c);
            if (!X87Stack.isEmpty(c, 7)) {
                push(c);
                return;
            }
            X87Stack.push(c);
            X87Stack.writeRaw(c, 0, signExponent, significand);
            X87Stack.end(c, false);
        }
    }

    private static final class LoadRegister extends X87Op {
        LoadRegister(Instruction i) {
            super(i);
        }

        @Override
        void apply(Cpu c) {
            X87Stack.begin(c);
            if (X87Stack.isEmpty(c, st)) {
                X87Stack.underflow(c);
                pushed(c);
                return;
            }
            if (!X87Stack.isEmpty(c, 7)) {
                push(c);
                return;
            }
            int signExponent = X87Stack.rawExponent(c, st);
            long significand = X87Stack.rawSignificand(c, st);
            X87Stack.push(c);
            X87Stack.writeRaw(c, 0, signExponent, significand);
            X87Stack.end(c, false);
        }
    }

    private static final class LoadInteger extends X87Op {
        private final Access source;
        private final int unused;

        LoadInteger(Instruction i) {
            super(i);
            this.source = Access.of(i, 0);
            this.unused = 64 - i.operand(0).bits();
        }

        @Override
        void apply(Cpu c) {
            long value = source.read(c) << unused >> unused;
            X87Stack.begin(c).fromInteger(value);
            push(c);
        }
    }

    private static final class Store extends X87Op {
        private final Address address;
        private final int bits;
        private final boolean pops;

        Store(Instruction i, boolean pops) {
            super(i);
            this.address = new Address(i.place());
            this.bits = i.operand(0).bits();
            this.pops = pops;
        }

        @Override
        void apply(Cpu c) {
            long at = address.of(c);
            SoftFloat s = X87Stack.begin(c);
            if (bits == 80) {
                extended(c, at);
                return;
            }
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else {
                X87Stack.read(c, 0, s.a);
                if (!X87Stack.propagates(s, s.a)) s.r.set(s.a);
            }
            boolean proceeds = X87Stack.proceeds(c);
            if (proceeds) {
                long value = s.pack(format(bits));
                proceeds = (s.flags & (SoftFloat.OVERFLOW | SoftFloat.UNDERFLOW) & ~c.x87.control) == 0;
                if (proceeds) {
                    X87Stack.checkWrite(c, at, bits / 8);
                    if (bits == 32) c.memory.store32(at, value);
                    else c.memory.store64(at, value);
                    if (pops) X87Stack.pop(c);
                } else {
                    s.flags &= ~SoftFloat.PRECISION;
                    s.roundedUp = false;
                }
            }
            X87Stack.endRounded(c);
        }

        private static void extended(Cpu c, long at) {
            long significand = X87Stack.rawSignificand(c, 0);
            int signExponent = X87Stack.rawExponent(c, 0);
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
                significand = c.soft.r.significand;
                signExponent = c.soft.signExponent();
            }
            if (X87Stack.proceeds(c)) {
                X87Stack.checkWrite(c, at, 10);
                c.memory.store64(at, significand);
                c.memory.store16(at + 8, signExponent);
                X87Stack.pop(c);
            }
            X87Stack.end(c, false);
        }
    }

    private static final class StoreRegister extends X87Op {
        private final boolean pops;
        private final boolean checks;

        StoreRegister(Instruction i, boolean pops) {
            super(i);
            this.pops = pops;
            this.checks = i.opcode() != 0xd9;
        }

        @Override
        void apply(Cpu c) {
            X87Stack.begin(c);
            boolean empty = X87Stack.isEmpty(c, 0);
            if (empty && checks) {
                X87Stack.underflow(c);
                if (X87Stack.proceeds(c)) X87Stack.write(c, st);
            } else if (!empty) {
                X87Stack.writeRaw(c, st, X87Stack.rawExponent(c, 0), X87Stack.rawSignificand(c, 0));
            }
            if (pops && X87Stack.proceeds(c)) X87Stack.pop(c);
            X87Stack.end(c, false);
        }
    }

    private static final class StoreInteger extends X87Op {
        private final Access destination;
        private final int bits;
        private final boolean pops;
        private final boolean truncates;

        StoreInteger(Instruction i, X87Transfer f) {
            super(i);
            this.destination = Access.of(i, 0);
            this.bits = i.operand(0) instanceof Operand.InMemory(Place p, int b) ? b : 0;
            this.pops = f != FIST;
            this.truncates = f == FISTTP;
        }

        @Override
        void apply(Cpu c) {
            SoftFloat s = X87Stack.begin(c);
            long value = -1L << bits - 1;
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else {
                X87Stack.read(c, 0, s.a);
                value = s.toInteger(s.a, bits, truncates ? SoftFloat.TRUNCATE : s.rounding);
                if ((s.flags & SoftFloat.PRECISION) == 0) s.roundedUp = false;
            }
            if (X87Stack.proceeds(c)) {
                X87Stack.checkWrite(c, destination);
                destination.write(c, value);
                if (pops) X87Stack.pop(c);
            }
            X87Stack.endRounded(c);
        }
    }

    private static final class Exchange extends X87Op {
        Exchange(Instruction i) {
            super(i);
        }

        /** Empty registers count as the indefinite. */
        @Override
        void apply(Cpu c) {
            X87Stack.begin(c);
            boolean empty = X87Stack.isEmpty(c, 0) || X87Stack.isEmpty(c, st);
            if (empty) X87Stack.underflow(c);
            if (X87Stack.proceeds(c)) {
                if (X87Stack.isEmpty(c, 0)) X87Stack.write(c, 0);
                if (X87Stack.isEmpty(c, st)) X87Stack.write(c, st);
                int signExponent = X87Stack.rawExponent(c, 0);
                long significand = X87Stack.rawSignificand(c, 0);
                X87Stack.writeRaw(c, 0, X87Stack.rawExponent(c, st), X87Stack.rawSignificand(c, st));
                X87Stack.writeRaw(c, st, signExponent, significand);
            }
            X87Stack.end(c, false);
        }
    }

    /** DA and DB: below, equal, below or equal, unordered, and their opposites. */
    private static final class ConditionalMove extends X87Op {
        private static final int[] CONDITIONS = {2, 4, 6, 10}; // B, E, BE, P

        private final int condition;

        ConditionalMove(Instruction i) {
            super(i);
            this.condition = CONDITIONS[i.reg() & 3] | i.opcode() & 1;
        }

        @Override
        void apply(Cpu c) {
            X87Stack.begin(c);
            boolean holds = c.flags.test(condition);
            boolean empty = X87Stack.isEmpty(c, 0) || X87Stack.isEmpty(c, st);
            if (empty) {
                X87Stack.underflow(c);
                if (X87Stack.proceeds(c)) X87Stack.write(c, 0);
            } else if (holds) {
                X87Stack.writeRaw(c, 0, X87Stack.rawExponent(c, st), X87Stack.rawSignificand(c, st));
            }
            X87Stack.endKeeping(c, empty);
        }
    }
}
