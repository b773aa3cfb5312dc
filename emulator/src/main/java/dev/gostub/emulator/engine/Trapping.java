package dev.gostub.emulator.engine;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.StringOperation;
import dev.gostub.emulator.memory.GuestFault;
import org.jspecify.annotations.Nullable;

/** What is special about single instructions while RFLAGS.TF is set (SDM vol. 3, 19.3.1.4): a repeated string operation traps behind each element, and a load of SS lets the trap behind it pass. */
final class Trapping {
    private static final int SS = 2;
    private static final int REPE = 0xf3;

    private final Code code;
    private boolean inhibited;

    Trapping(Code code) {
        this.code = code;
    }

    /** How the engine executes the instruction at RIP. */
    interface Single {
        Engine.@Nullable Stop execute();
    }

    /** Is there no trap behind the last instruction (SDM vol. 3, 7.8.3). */
    boolean isInhibited() {
        return inhibited;
    }

    Engine.@Nullable Stop step(Cpu cpu, Single single) {
        inhibited = false;
        Instruction instruction;
        try {
            instruction = code.decode(cpu.rip);
        } catch (GuestFault fetch) {
            return single.execute(); // which meets it again, and reports it
        }
        inhibited =
                instruction.form().mnemonic().equals("MOV") && instruction.opcode() == 0x8e && instruction.reg() == SS;
        boolean repeats = instruction.repeat() != 0 && instruction.form().semantics() instanceof StringOperation;
        long mask = instruction.address32() ? 0xffffffffL : -1L;
        long count = cpu.r[Cpu.RCX] & mask;
        return repeats && Long.compareUnsigned(count, 1) > 0 ? element(cpu, instruction, single) : single.execute();
    }

    /** One element of several: RIP stays where it is until the last one. */
    private static Engine.@Nullable Stop element(Cpu cpu, Instruction instruction, Single single) {
        long count = cpu.r[Cpu.RCX];
        cpu.r[Cpu.RCX] = 1;
        Engine.Stop stop = single.execute();
        boolean done = cpu.r[Cpu.RCX] == 0;
        if (!done) {
            cpu.r[Cpu.RCX] = count;
            return stop;
        }
        long mask = instruction.address32() ? 0xffffffffL : -1L;
        cpu.r[Cpu.RCX] = count - 1 & mask;
        boolean searches = instruction.form().semantics() == StringOperation.CMPS
                || instruction.form().semantics() == StringOperation.SCAS;
        boolean found = searches && cpu.flags.zero() != (instruction.repeat() == REPE);
        if (!found) {
            cpu.rip = instruction.address();
        }
        return stop;
    }
}
