package dev.gostub.emulator.oracle;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.engine.ObservedOps;
import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.InstructionSet;
import dev.gostub.emulator.isa.Op;
import dev.gostub.emulator.isa.StackAccess;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.Mapping;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Our engine as the native program sees the world: code among INT3, two pages of data. */
final class EmulatedProcessor {
    private static final int LIMIT = 1000;

    private final AddressSpace memory = new AddressSpace();
    private final Engine engine = new Engine(memory);
    private final Cpu cpu = new Cpu(memory);
    private final Set<String> executed = new TreeSet<>();
    private final Decoder decoder = InstructionSet.decoder();
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

    /** Names of the classes of all operations that were executed so far. */
    Set<String> executed() {
        return executed;
    }

    /** All of the code as blocks, up to the INT3. */
    Outcome run(Trial trial) {
        prepare(trial);
        observe(ObservedOps::block);
        Engine.Stop stop = engine.run(cpu, 0, LIMIT);
        retired = engine.retired();
        return outcome(stop);
    }

    /** The same, one step at a time. */
    Outcome step(Trial trial) {
        prepare(trial);
        observe(ObservedOps::single);
        return stepOn();
    }

    private void observe(BiFunction<Engine, Long, Op> chain) {
        try {
            ObservedOps.observe(chain.apply(engine, State.START), executed);
        } catch (GuestFault tooLong) {
            // the engine will say the same
        }
    }

    private Outcome stepOn() {
        Engine.Stop stop = Engine.Stop.BUDGET;
        for (int i = 0; i < LIMIT && stop == Engine.Stop.BUDGET; i++) stop = engine.step(cpu, i);
        return outcome(stop);
    }

    /** The first instruction by the operation that specifies its family, and then on by steps. */
    Outcome general(Trial trial) {
        prepare(trial);
        int lengthBytes = Math.min(trial.code().length, Decoder.LONGEST_BYTES);
        Instruction instruction = decoder.decode(trial.code(), lengthBytes, State.START);
        if (instruction == null) return stepOn(); // too long: there is nothing to be executed
        Op op = ((Family) instruction.form().semantics()).general(instruction);
        if (op instanceof Op.Exit exit) exit.count = 1;
        if (!(op instanceof Op.Last)) op.next = new Behind(instruction.end());
        cpu.index = 0;
        cpu.left = 0;
        executed.add(op.getClass().getName());
        memory.beginStep();
        try {
            op.exec(cpu);
        } catch (GuestFault fault) {
            boolean stack = fault.kind() == GuestFault.Kind.GENERAL_PROTECTION
                    && fault.access() != GuestFault.Access.EXECUTE
                    && StackAccess.isOf(instruction, fault.access() == GuestFault.Access.WRITE);
            return outcome(stack ? fault.ofStack() : fault);
        } finally {
            memory.endStep();
        }
        return stepOn();
    }

    /** The end of one instruction. */
    private static final class Behind extends Op {
        private final long at;

        Behind(long at) {
            this.at = at;
        }

        @Override
        public Op exec(Cpu c) {
            c.rip = at;
            return this;
        }
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
        if (stop != Engine.Stop.FAULT) throw new IllegalStateException("stopped by " + stop);
        return outcome(engine.fault());
    }

    private Outcome outcome(GuestFault fault) {
        State after = new State();
        after.from(cpu);
        memory.peek(State.WINDOW, after.window, 0, State.WINDOW_BYTES);
        int trap = number(fault.kind());
        long rip = trap == Outcome.COMPLETE ? cpu.rip - 1 : cpu.rip;
        return new Outcome(
                trap, fault.access() == GuestFault.Access.WRITE, fault.address(), fault.errorCode(), rip, after);
    }

    private static int number(GuestFault.Kind kind) {
        return switch (kind) {
            case NOT_MAPPED, PROTECTION, BEYOND_FILE -> Outcome.PAGE_FAULT;
            case GENERAL_PROTECTION -> 13;
            case STACK -> 12;
            case OVERFLOW -> 4;
            case DIVIDE -> 0;
            case INVALID_OPCODE -> 6;
            case BREAKPOINT -> Outcome.COMPLETE;
            case DEBUG, SINGLE_STEP -> 1;
            case ALIGNMENT -> 17;
            case X87 -> 16;
            case SIMD -> 19;
        };
    }
}
