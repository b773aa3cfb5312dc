package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.Mapping;
import java.util.Arrays;

/** Our engine as the native program sees the world: code among INT3, two pages of data. */
final class EmulatedProcessor {
    private static final int LIMIT = 1000;

    private final AddressSpace memory = new AddressSpace();
    private final Engine engine = new Engine(memory);
    private final Cpu cpu = new Cpu(memory);
    private long retired;

    EmulatedProcessor() {
        memory.map(new Mapping(State.CODE, State.CODE + State.CODE_BYTES, 5, false, Backing.ANONYMOUS, 0));
        memory.map(new Mapping(State.DATA, State.DATA + State.DATA_BYTES, 3, false, Backing.ANONYMOUS, 0));
        byte[] traps = new byte[(int) State.CODE_BYTES];
        Arrays.fill(traps, (byte) 0xcc);
        memory.poke(State.CODE, traps, 0, traps.length);
    }

    /** Instructions of the last {@link #run}, the INT3 included. */
    long retired() {
        return retired;
    }

    /** All of the code as blocks, up to the INT3. */
    Outcome run(Trial trial) {
        prepare(trial);
        Engine.Stop stop = engine.run(cpu, 0, LIMIT);
        retired = engine.retired();
        return outcome(stop);
    }

    /** The same, one step at a time. */
    Outcome step(Trial trial) {
        prepare(trial);
        Engine.Stop stop = Engine.Stop.BUDGET;
        for (int i = 0; i < LIMIT && stop == Engine.Stop.BUDGET; i++) stop = engine.step(cpu, i);
        return outcome(stop);
    }

    private void prepare(Trial trial) {
        byte[] code = new byte[128];
        Arrays.fill(code, (byte) 0xcc);
        System.arraycopy(trial.code(), 0, code, 0, trial.code().length);
        memory.poke(State.START, code, 0, code.length);
        memory.protect(State.DATA, State.DATA + State.DATA_BYTES, 3);
        memory.poke(State.DATA, new byte[(int) State.DATA_BYTES], 0, (int) State.DATA_BYTES);
        memory.poke(State.WINDOW, trial.state().window, 0, State.WINDOW_BYTES);
        if (trial.protection() != Trial.READ_WRITE) {
            memory.protect(State.DATA, State.MIDDLE, trial.protection() & 0xff);
            memory.protect(State.MIDDLE, State.DATA + State.DATA_BYTES, trial.protection() >> 8);
        }
        trial.state().to(cpu);
        cpu.rip = State.START;
    }

    private Outcome outcome(Engine.Stop stop) {
        State after = new State();
        after.from(cpu);
        memory.peek(State.WINDOW, after.window, 0, State.WINDOW_BYTES);
        if (stop != Engine.Stop.FAULT) throw new IllegalStateException("stopped by " + stop);
        GuestFault fault = engine.fault();
        int trap = number(fault.kind());
        long rip = trap == Outcome.COMPLETE ? cpu.rip - 1 : cpu.rip;
        return new Outcome(trap, fault.access() == GuestFault.Access.WRITE, fault.address(), rip, after);
    }

    private static int number(GuestFault.Kind kind) {
        return switch (kind) {
            case NOT_MAPPED, PROTECTION, BEYOND_FILE -> Outcome.PAGE_FAULT;
            case GENERAL_PROTECTION -> 13;
            case DIVIDE -> 0;
            case INVALID_OPCODE -> 6;
            case BREAKPOINT -> Outcome.COMPLETE;
            case DEBUG -> 1;
            case ALIGNMENT -> 17;
            case X87 -> 16;
            case SIMD -> 19;
        };
    }
}
