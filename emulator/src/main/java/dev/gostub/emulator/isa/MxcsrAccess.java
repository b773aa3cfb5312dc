package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** LDMXCSR and STMXCSR. */
public enum MxcsrAccess implements Family {
    LDMXCSR,
    STMXCSR;

    /** The bits that exist (MXCSR_MASK of FXSAVE); setting another one is #GP. */
    static final int MASK = 0xffff;

    @Override
    public Op lower(Instruction i) {
        Address address = new Address(i.place());
        return this == LDMXCSR ? new Load(address) : new Store(address);
    }

    // spotless:off
    private static final class Load extends Op { final Address a; Load(Address a) { this.a = a; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.mxcsr = checked((int) c.memory.load32(a.of(c))); return next.exec(c); } }
    private static final class Store extends Op { final Address a; Store(Address a) { this.a = a; } @Override public @Nullable Op exec(Cpu c) { c.index = index; c.memory.store32(a.of(c), c.mxcsr); return next.exec(c); } }
    // spotless:on

    static int checked(int mxcsr) {
        if ((mxcsr & ~MASK) != 0) throw GuestFault.instruction(GuestFault.Kind.GENERAL_PROTECTION);
        return mxcsr;
    }
}
