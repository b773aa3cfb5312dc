package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.Family;
import dev.gostub.emulator.isa.InstructionSet;
import dev.gostub.emulator.isa.Op;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.memory.Mapping;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every specialised operation against the general one of its family, all flags included. Runs on any host. */
class GeneralOpTest {
    private static final int INSTANCES = Integer.getInteger("gostub.oracle.instances", 60);
    private static final long SEED = Long.getLong("gostub.oracle.seed", 20);
    private static final int COMPLETE = -1;

    private final Decoder decoder = InstructionSet.decoder();
    private final AddressSpace memory = new AddressSpace();
    private final Cpu cpu = new Cpu(memory);

    GeneralOpTest() {
        memory.map(new Mapping(State.DATA, State.DATA + State.DATA_BYTES, 3, false, Backing.ANONYMOUS, 0));
    }

    @TestFactory
    Stream<DynamicTest> everySpecialisedOperationEqualsTheGeneralOne() {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(map -> InstructionSet.lines(map).stream()
                        .filter(form -> !form.mnemonic().equals("SYSCALL"))
                        .map(form -> dynamicTest(
                                "%d/%02x %s".formatted(map, form.opcode(), form), () -> compare(map, form))));
    }

    @Test
    void thereAreSpecialisedOperations() {
        SplittableRandom random = new SplittableRandom(SEED);
        Instances instances = new Instances(random);
        int specialised = 0;
        for (Form form : InstructionSet.lines(Form.ONE_BYTE)) {
            Instruction instruction = decoded(instances.of(Form.ONE_BYTE, form).orElseThrow());
            Family family = (Family) form.semantics();
            if (family.lower(instruction).getClass()
                    != family.general(instruction).getClass()) specialised++;
        }
        assertTrue(specialised > 50, "only " + specialised);
    }

    private void compare(int map, Form form) {
        Instances instances =
                new Instances(new SplittableRandom(SEED + form.toString().hashCode()));
        for (int k = 0; k < INSTANCES; k++) {
            Trial trial = instances.of(map, form).orElseThrow();
            Instruction instruction = decoded(trial);
            Family family = (Family) form.semantics();
            Op special = family.lower(instruction);
            Op general = family.general(instruction);
            if (special.getClass() == general.getClass()) continue;
            Outcome want = run(general, trial);
            Outcome was = run(special, trial);
            List<String> differences = want.differences(was, -1);
            if (!differences.isEmpty()) fail(trial + "\n  " + String.join("\n  ", differences) + "\n" + trial.before());
        }
    }

    private Instruction decoded(Trial trial) {
        Instruction instruction = decoder.decode(trial.code(), trial.code().length, State.START);
        if (instruction == null) throw new IllegalStateException("truncated: " + trial);
        return instruction;
    }

    private Outcome run(Op op, Trial trial) {
        memory.poke(State.DATA, new byte[(int) State.DATA_BYTES], 0, (int) State.DATA_BYTES);
        memory.poke(State.WINDOW, trial.state().window, 0, State.WINDOW_BYTES);
        trial.state().to(cpu);
        cpu.rip = State.START;
        op.next = new Stop();
        int trap = COMPLETE;
        long address = 0;
        try {
            op.exec(cpu);
        } catch (GuestFault fault) {
            trap = fault.kind().ordinal();
            address = fault.address();
        }
        State after = new State();
        after.from(cpu);
        memory.peek(State.WINDOW, after.window, 0, State.WINDOW_BYTES);
        return new Outcome(trap, false, address, 0, cpu.rip, after);
    }

    /** The end of the chain. */
    private static final class Stop extends Op {
        @Override
        public Op exec(Cpu c) {
            return this;
        }
    }
}
