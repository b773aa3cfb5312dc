package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Operand;
import dev.gostub.emulator.memory.GuestFault;

/**
 * A vector operand at run time, as 64-bit lanes: the register's in {@link Cpu#v}, or memory's copied into a scratch area behind the registers, so that semantics see one array and an index. Memory is read as a whole before
 * anything is written.
 */
abstract class Lanes {
    /** Where operations on elements collect their result before they write it: the operands may overlap the destination. */
    static final int RESULT = Cpu.SCRATCH + Cpu.LANES;

    /** Index into {@link Cpu#v} of the operand's lowest lane, after loading it if it is memory. */
    abstract int load(Cpu c);

    /**
     * @param lanes 64-bit lanes that the instruction touches: 1, 2 or 4
     * @param aligned legacy SSE demands alignment of 16-byte operands, #GP else
     */
    static Lanes of(Operand operand, int lanes, boolean aligned) {
        return switch (operand) {
            case Operand.Vector(int number, int bits) -> new InRegister(number * Cpu.LANES);
            case Operand.InMemory(var place, int bits) -> inMemory(new Address(place), lanes, aligned);
            default -> throw new IllegalStateException("not a vector operand: " + operand);
        };
    }

    /** An operand of the width that its code says: 8 to 256 bits; memory of less than 64 bits is zero-extended to one lane. */
    static Lanes of(Operand operand, boolean aligned) {
        if (operand instanceof Operand.InMemory(var place, int bits) && bits < 64)
            return new Element(Access.of(operand));
        return of(operand, operand.bits() / 64, aligned);
    }

    private static Lanes inMemory(Address address, int lanes, boolean aligned) {
        return switch (lanes) {
            case 1 -> new Memory64(address);
            case 2 -> aligned ? new Aligned128(address) : new Memory128(address);
            default -> new Memory256(address);
        };
    }

    // spotless:off
    private static final class InRegister extends Lanes { final int first; InRegister(int first) { this.first = first; } @Override int load(Cpu c) { return first; } }
    private static final class Memory64 extends Lanes { final Address a; Memory64(Address a) { this.a = a; } @Override int load(Cpu c) { c.v[Cpu.SCRATCH] = c.memory.load64(a.of(c)); return Cpu.SCRATCH; } }
    private static final class Memory128 extends Lanes { final Address a; Memory128(Address a) { this.a = a; } @Override int load(Cpu c) { c.memory.load128(a.of(c), c.v, Cpu.SCRATCH); return Cpu.SCRATCH; } }
    private static final class Memory256 extends Lanes { final Address a; Memory256(Address a) { this.a = a; } @Override int load(Cpu c) { c.memory.load256(a.of(c), c.v, Cpu.SCRATCH); return Cpu.SCRATCH; } }
    private static final class Element extends Lanes { final Access a; Element(Access a) { this.a = a; } @Override int load(Cpu c) { c.v[Cpu.SCRATCH] = a.read(c); return Cpu.SCRATCH; } }
    // spotless:on

    private static final class Aligned128 extends Lanes {
        private final Address address;

        Aligned128(Address address) {
            this.address = address;
        }

        @Override
        int load(Cpu c) {
            long at = address.of(c);
            if ((at & 15) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            c.memory.load128(at, c.v, Cpu.SCRATCH);
            return Cpu.SCRATCH;
        }
    }
}
