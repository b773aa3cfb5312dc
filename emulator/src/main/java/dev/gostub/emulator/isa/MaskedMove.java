package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** Stores of selected bytes at DS:RDI; loads and stores of selected doublewords and quadwords. What is not selected is not touched: it cannot fault. */
public enum MaskedMove implements Family {
    MASKMOVDQU,
    MASKMOVQ,
    /** Loads and stores of the doublewords whose sign bit is set in the first source; loads clear the others. VMASKMOVPS is the same, and VMASKMOVPD as the next. */
    VPMASKMOVD,
    VPMASKMOVQ;

    @Override
    public Op lower(Instruction i) {
        if (this == VPMASKMOVD || this == VPMASKMOVQ) {
            int elementBytes = this == VPMASKMOVD ? 4 : 8;
            return i.operand(0) instanceof Operand.InMemory
                    ? new StoreElements(i, elementBytes)
                    : new LoadElements(i, elementBytes);
        }
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

    private static boolean selected(long[] v, int mask, int k, int elementBytes) {
        return elementBytes == 8 ? v[mask + k] < 0 : v[mask + (k >> 1)] << (~k & 1) * 32 < 0;
    }

    /** {@code Vx,Hx,Mx}. */
    private static final class LoadElements extends Op {
        private final int d;
        private final int mask;
        private final Address address;
        private final int lanes;
        private final int elementBytes;

        LoadElements(Instruction i, int elementBytes) {
            d = VectorOp.register(i.operand(0));
            mask = VectorOp.register(i.operand(1));
            address = new Address(i.place());
            lanes = i.vectorBits() / 64;
            this.elementBytes = elementBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            long[] v = c.v;
            for (int k = 0; k < lanes; k++) v[Lanes.RESULT + k] = 0;
            for (int k = 0; k < lanes * 8 / elementBytes; k++) {
                if (!selected(v, mask, k, elementBytes)) continue;
                if (elementBytes == 8) v[Lanes.RESULT + k] = c.memory.load64(at + 8L * k);
                else v[Lanes.RESULT + (k >> 1)] |= c.memory.load32(at + 4L * k) << (k & 1) * 32;
            }
            for (int k = 0; k < lanes; k++) v[d + k] = v[Lanes.RESULT + k];
            c.clearAbove(d, lanes);
            return next.exec(c);
        }
    }

    /** {@code Mx,Hx,Vx}. */
    private static final class StoreElements extends Op {
        private final int source;
        private final int mask;
        private final Address address;
        private final int lanes;
        private final int elementBytes;

        StoreElements(Instruction i, int elementBytes) {
            source = VectorOp.register(i.operand(2));
            mask = VectorOp.register(i.operand(1));
            address = new Address(i.place());
            lanes = i.vectorBits() / 64;
            this.elementBytes = elementBytes;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            int elements = lanes * 8 / elementBytes;
            for (int k = 0; k < elements; k++) {
                if (selected(c.v, mask, k, elementBytes))
                    c.memory.checkWrite(at + (long) elementBytes * k, elementBytes);
            }
            for (int k = 0; k < elements; k++) {
                if (!selected(c.v, mask, k, elementBytes)) continue;
                if (elementBytes == 8) c.memory.store64(at + 8L * k, c.v[source + k]);
                else c.memory.store32(at + 4L * k, c.v[source + (k >> 1)] >>> (k & 1) * 32);
            }
            return next.exec(c);
        }
    }
}
