package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.memory.GuestFault;

/**
 * A vector operand at run time, as 64-bit lanes: the register's in {@link Cpu#v}, or memory's copied into a scratch area behind the registers, so that semantics see one array and an index. Memory is read as a whole before
 * anything is written.
 */
abstract class Lanes {
    /** Index into {@link Cpu#v} of the operand's lowest lane, after loading it if it is memory. */
    abstract int load(Cpu c);

    /**
     * @param lanes 64-bit lanes that the instruction touches: 1, 2 or 4
     * @param aligned legacy SSE demands alignment of 16-byte operands, #GP else
     */
    static Lanes of(Operand operand, int lanes, boolean aligned) {
        return switch (operand) {
            case Operand.Vector(int number, int bits) -> new InRegister(number * Cpu.LANES);
            case Operand.InMemory(var place, int bits) ->
                new InMemory(new Address(place), lanes, aligned && lanes == 2);
            default -> throw new IllegalStateException("not a vector operand: " + operand);
        };
    }

    private static final class InRegister extends Lanes {
        private final int first;

        InRegister(int first) {
            this.first = first;
        }

        @Override
        int load(Cpu c) {
            return first;
        }
    }

    private static final class InMemory extends Lanes {
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
