package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.memory.GuestFault;

/**
 * A floating-point operand at run time, of 16 bits up to a whole register: the register's lanes in {@link Cpu#v}, or memory's, copied behind the registers. Exactly the operand's bytes are read, as a whole and before
 * anything is written.
 */
abstract class FloatSource {
    /** Where operations collect their result before they write it: the operands may overlap the destination. */
    static final int RESULT = Cpu.SCRATCH + Cpu.LANES;

    /** Index into {@link Cpu#v} of the operand's lowest lane, after loading it if it is memory. */
    abstract int load(Cpu c);

    /** An operand of a VEX encoding, or one narrower than 128 bits: no alignment is asked for. */
    static FloatSource of(Operand operand) {
        return of(operand, false);
    }

    /**
     * @param aligned legacy SSE demands alignment of 16-byte operands, #GP else
     */
    static FloatSource of(Operand operand, boolean aligned) {
        return switch (operand) {
            case Operand.Vector(int number, int bits) -> new InRegister(number * Cpu.LANES);
            case Operand.InMemory(var place, int bits) ->
                bits == 16
                        ? new Memory16(new Address(place))
                        : bits == 32
                                ? new Memory32(new Address(place))
                                : new InMemory(new Address(place), bits / 64, aligned && bits == 128);
            default -> throw new IllegalStateException("not a vector operand: " + operand);
        };
    }

    // spotless:off
    private static final class InRegister extends FloatSource { final int first; InRegister(int first) { this.first = first; } @Override int load(Cpu c) { return first; } }
    private static final class Memory16 extends FloatSource { final Address a; Memory16(Address a) { this.a = a; } @Override int load(Cpu c) { c.v[Cpu.SCRATCH] = c.memory.load16(a.of(c)); return Cpu.SCRATCH; } }
    private static final class Memory32 extends FloatSource { final Address a; Memory32(Address a) { this.a = a; } @Override int load(Cpu c) { c.v[Cpu.SCRATCH] = c.memory.load32(a.of(c)); return Cpu.SCRATCH; } }
    // spotless:on

    private static final class InMemory extends FloatSource {
        private final Address address;
        private final int lanes;
        private final boolean aligned;

        InMemory(Address address, int lanes, boolean aligned) {
            this.address = address;
            this.lanes = lanes;
            this.aligned = aligned;
        }

        @Override
        int load(Cpu c) {
            long at = address.of(c);
            if (aligned && (at & 15) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            for (int i = 0; i < lanes; i++) c.v[Cpu.SCRATCH + i] = c.memory.load64(at + 8L * i);
            return Cpu.SCRATCH;
        }
    }
}
