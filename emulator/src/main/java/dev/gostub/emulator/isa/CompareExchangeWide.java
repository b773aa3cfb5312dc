package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** CMPXCHG8B and, with REX.W, CMPXCHG16B. Only ZF changes; memory is written in either case, so it must be writable. */
public enum CompareExchangeWide implements Family {
    CMPXCHG8B;

    @Override
    public Op lower(Instruction i) {
        Address address = new Address(i.place());
        return i.rexW() ? new Bytes16(address) : new Bytes8(address);
    }

    private static final class Bytes8 extends Op {
        private final Address address;

        Bytes8(Address address) {
            this.address = address;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            c.memory.checkWrite(at, 8);
            long old = c.memory.load64(at);
            boolean equal = old == join(c.r[Cpu.RDX], c.r[Cpu.RAX]);
            if (equal) {
                c.memory.store64(at, join(c.r[Cpu.RCX], c.r[Cpu.RBX]));
            } else {
                c.r[Cpu.RAX] = old & 0xffffffffL;
                c.r[Cpu.RDX] = old >>> 32;
            }
            c.flags.change(Flags.ZF, equal ? Flags.ZF : 0);
            return next.exec(c);
        }

        private static long join(long high, long low) {
            return high << 32 | low & 0xffffffffL;
        }
    }

    private static final class Bytes16 extends Op {
        private final Address address;

        Bytes16(Address address) {
            this.address = address;
        }

        @Override
        public @Nullable Op exec(Cpu c) {
            c.index = index;
            long at = address.of(c);
            if ((at & 15) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
            c.memory.checkWrite(at, 16);
            long low = c.memory.load64(at);
            long high = c.memory.load64(at + 8);
            boolean equal = low == c.r[Cpu.RAX] && high == c.r[Cpu.RDX];
            if (equal) {
                c.memory.store64(at, c.r[Cpu.RBX]);
                c.memory.store64(at + 8, c.r[Cpu.RCX]);
            } else {
                c.r[Cpu.RAX] = low;
                c.r[Cpu.RDX] = high;
            }
            c.flags.change(Flags.ZF, equal ? Flags.ZF : 0);
            return next.exec(c);
        }
    }
}
