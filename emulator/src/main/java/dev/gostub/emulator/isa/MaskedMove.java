package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** Stores of selected bytes at DS:RDI. Bytes that are not selected are not touched: they cannot fault. */
public enum MaskedMove implements Family {
    MASKMOVDQU,
    MASKMOVQ;

    @Override
    public Op lower(Instruction i) {
        Address address = new Address(new Place(Cpu.RDI, Place.NO_REGISTER, 0, 0, i.segment(), i.address32()));
        return this == MASKMOVQ
                ? new Mmx(address, Access.of(i, 0), Access.of(i, 1))
                : new Vector(
                        address,
                        VectorOp.register(i.operand(0)),
                        VectorOp.register(i.operand(1)),
                        i.operand(0) instanceof Operand.Vector(int n, int bits) ? bits / 64 : 0);
    }

    private static void check(Cpu c, long at, long mask) {
        for (int k = 0; k < 8; k++) {
            if ((mask >>> 8 * k & 0x80) != 0) c.memory.checkWrite(at + k, 1);
        }
    }

    private static void store(Cpu c, long at, long value, long mask) {
        for (int k = 0; k < 8; k++) {
            if ((mask >>> 8 * k & 0x80) != 0) c.memory.store8(at + k, value >>> 8 * k);
        }
    }

    private static final class Vector extends Op {
        private final Address address;
        private final int source;
        private final int mask;
        private final int lanes;

        Vector(Address address, int source, int mask, int lanes) {
            this.address = address;
            this.source = source;
            this.mask = mask;
            this.lanes = lanes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            for (int k = 0; k < lanes; k++) check(c, at + 8L * k, c.v[mask + k]);
            for (int k = 0; k < lanes; k++) store(c, at + 8L * k, c.v[source + k], c.v[mask + k]);
            return next.exec(c);
        }
    }

    private static final class Mmx extends Op {
        private final Address address;
        private final Access source;
        private final Access mask;

        Mmx(Address address, Access source, Access mask) {
            this.address = address;
            this.source = source;
            this.mask = mask;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            MmxOp.check(c);
            long at = address.of(c);
            check(c, at, mask.read(c));
            MmxOp.enter(c);
            store(c, at, source.read(c), mask.read(c));
            return next.exec(c);
        }
    }
}
