package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** An op from an MMX register and an MMX register or memory to the former. */
abstract class MmxOp extends Op {
    /** FSW.ES: an unmasked x87 exception waits for the next x87 or MMX instruction. */
    private static final int EXCEPTION_SUMMARY = 0x80;

    private final Access destination;
    private final Access source;

    MmxOp(Instruction i) {
        destination = Access.of(i, 0);
        source = i.operandCount() > 1 ? Access.of(i, 1) : destination;
    }

    abstract long apply(long a, long b);

    @Override
    public @Nullable Op exec(Cpu c) {
        c.index = index;
        check(c);
        long b = source.read(c);
        enter(c);
        destination.write(c, apply(destination.read(c), b));
        return next.exec(c);
    }

    /** Reports a waiting x87 exception: what every MMX instruction begins with. */
    static void check(Cpu c) {
        if ((c.x87.status & EXCEPTION_SUMMARY) != 0) throw GuestFault.instruction(GuestFault.Kind.X87);
    }

    /** What every MMX instruction does to the x87 state (SDM vol. 1, 9.5.1). */
    static void enter(Cpu c) {
        X87 x87 = c.x87;
        x87.top = 0;
        x87.occupied = 0xff;
    }
}
