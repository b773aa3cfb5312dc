package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Instruction;

/** FBLD and FBSTP: 18 packed decimal digits and a sign (SDM vol. 1, 4.7). */
public enum X87Decimal implements Family {
    FBLD,
    FBSTP;

    private static final long LIMIT = 1_000_000_000_000_000_000L;

    @Override
    public Op lower(Instruction i) {
        return this == FBLD ? new Load(i) : new Store(i);
    }

    private static final class Load extends X87Op {
        private final Address address;

        Load(Instruction i) {
            super(i);
            this.address = new Address(i.place());
        }

        @Override
        void apply(Cpu c) {
            long at = address.of(c);
            c.memory.checkRead(at, 10);
            long value = 0;
            for (int k = 8; k >= 0; k--) {
                int b = (int) c.memory.load8(at + k);
                value = value * 100 + (b >> 4) * 10L + (b & 15);
            }
            boolean negative = (c.memory.load8(at + 9) & 0x80) != 0;
            SoftFloat s = X87Stack.begin(c);
            s.fromInteger(value);
            s.r.negative = negative;
            X87Transfer.push(c);
        }
    }

    private static final class Store extends X87Op {
        private final Address address;

        Store(Instruction i) {
            super(i);
            this.address = new Address(i.place());
        }

        @Override
        void apply(Cpu c) {
            long at = address.of(c);
            SoftFloat s = X87Stack.begin(c);
            long value = Long.MIN_VALUE;
            if (X87Stack.isEmpty(c, 0)) {
                X87Stack.underflow(c);
            } else {
                X87Stack.read(c, 0, s.a);
                value = s.toInteger(s.a, 64, s.rounding);
                if ((s.flags & SoftFloat.PRECISION) == 0) s.roundedUp = false;
            }
            boolean fits = Math.abs(value) < LIMIT && value != Long.MIN_VALUE;
            if (!fits && !X87Stack.isEmpty(c, 0)) {
                s.flags = s.flags & ~SoftFloat.PRECISION | SoftFloat.INVALID;
                s.roundedUp = false;
            }
            if (X87Stack.proceeds(c)) {
                X87Stack.checkWrite(c, at, 10);
                if (fits) store(c, at, Math.abs(value), s.a.negative);
                else indefinite(c, at);
                X87Stack.pop(c);
            }
            X87Stack.endRounded(c);
        }

        private static void store(Cpu c, long at, long magnitude, boolean negative) {
            long rest = magnitude;
            for (int k = 0; k < 9; k++) {
                long two = rest % 100;
                c.memory.store8(at + k, two / 10 << 4 | two % 10);
                rest /= 100;
            }
            c.memory.store8(at + 9, negative ? 0x80 : 0);
        }

        /** The packed decimal indefinite. */
        private static void indefinite(Cpu c, long at) {
            c.memory.store64(at, 0xc000000000000000L);
            c.memory.store16(at + 8, 0xffff);
        }
    }
}
