package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.decode.Place;
import org.jspecify.annotations.Nullable;

/** MOV, MOVZX, MOVSX, MOVSXD, MOVABS, LEA. */
public enum Move implements Family {
    MOV,
    MOVZX,
    /** MOVSX and MOVSXD. */
    MOVSX,
    LEA;

    @Override
    public Op lower(Instruction i) {
        if (this == LEA) return lea(i);
        Op hot = hot(i);
        return hot != null ? hot : general(i);
    }

    /** Six of the eight encodings are segment registers, and CS cannot be moved to. */
    private static boolean isNoSegment(Operand operand, boolean destination) {
        return operand instanceof Operand.Segment(int n, int bits) && (n > 5 || destination && n == 1);
    }

    @Override
    public Op general(Instruction i) {
        if (this == LEA) return lea(i);
        if (isNoSegment(i.operand(0), true) || isNoSegment(i.operand(1), false)) return Processor.UD.lower(i);
        return new General(
                Access.of(i, 0), Access.of(i, 1), this == MOVSX ? i.operand(1).bits() : 64);
    }

    private @Nullable Op hot(Instruction i) {
        Operand first = i.operand(0);
        Operand second = i.operand(1);
        if (first instanceof Operand.General(int d, int bits, boolean high)) {
            if (second instanceof Operand.InMemory(Place p, int from) && p.plain()) {
                return bits >= 32 ? MoveOps.load(p, d, bits, from, this == MOVSX) : null;
            }
            if (high) return null;
            if (second instanceof Operand.Immediate(long value, int b) && bits >= 32)
                return new MoveOps.Constant(d, bits == 64 ? value : value & 0xffffffffL);
            if (second instanceof Operand.General(int s, int from, boolean high2) && !high2 && bits >= 32) {
                return MoveOps.registers(d, s, bits, from, this == MOVSX);
            }
        }
        if (first instanceof Operand.InMemory(Place p, int bits) && p.plain()) {
            if (second instanceof Operand.General(int s, int b, boolean high) && !high)
                return MoveOps.store(p, s, bits);
            if (second instanceof Operand.Immediate(long value, int b)) return MoveOps.storeImmediate(p, value, bits);
        }
        if (first instanceof Operand.General(int d, int bits, boolean high)
                && bits == 64
                && second instanceof Operand.InMemory(Place p, int from)
                && from == 64
                && p.segment() == 4
                && !p.address32()) return new MoveOps.LoadFs(p, d);
        return null;
    }

    private static Op lea(Instruction i) {
        Place p = i.place();
        if (i.operandBits() == 16 || p.address32()) return new LeaAny(Access.of(i, 0), new Address(p));
        long mask = i.operandBits() == 64 ? -1L : 0xffffffffL;
        if (p.indexed()) return new MoveOps.LeaIndexed(p, i.reg(), mask);
        return p.base() == Place.NO_REGISTER
                ? new MoveOps.Constant(i.reg(), p.displacement() & mask)
                : new MoveOps.LeaBase(p, i.reg(), mask);
    }

    private static final class LeaAny extends Op {
        private final Access destination;
        private final Address address;

        LeaAny(Access destination, Address address) {
            this.destination = destination;
            this.address = address;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            destination.write(c, address.offset(c));
            return next.exec(c);
        }
    }

    /** Every shape and width; sources narrower than 64 bits are sign-extended if {@code signBits} says from where. */
    private static final class General extends Op {
        private final Access destination;
        private final Access source;
        private final int unused;

        General(Access destination, Access source, int signBits) {
            this.destination = destination;
            this.source = source;
            this.unused = 64 - signBits;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            destination.write(c, source.read(c) << unused >> unused);
            return next.exec(c);
        }
    }
}
