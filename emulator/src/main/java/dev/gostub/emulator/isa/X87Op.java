package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.X87;
import dev.gostub.emulator.decode.Instruction;
import org.jspecify.annotations.Nullable;

/** An x87 instruction that is not a control instruction: it reports a waiting exception before anything else. */
abstract class X87Op extends Op {
    /** ST(i) of ModRM.rm; 0 for operands in memory. */
    protected final int st;

    private final long instructionPointer;

    X87Op(Instruction i) {
        st = i.hasMemory() ? 0 : i.rm() & 7;
        instructionPointer = i.address();
    }

    abstract void apply(Cpu c);

    @Override
    public @Nullable Op exec(Cpu c) {
        c.index = index;
        X87Stack.check(c);
        apply(c);
        X87 x = c.x87;
        x.instructionPointer = instructionPointer;
        return next.exec(c);
    }
}
