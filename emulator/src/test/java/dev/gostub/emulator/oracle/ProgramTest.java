package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gostub.emulator.cpu.Flags;
import dev.gostub.emulator.decode.Decoder;
import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.isa.InstructionSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Several instructions in a row against the host's processor: what flags are carried from one to the next, and what a block fuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramTest {
    private static final int PROGRAMS = Integer.getInteger("gostub.oracle.programs", 3000);
    private static final long SEED = Long.getLong("gostub.oracle.seed", 20);
    private static final int LONGEST = 10;

    /** Flags that a condition looks at, by its number halved (SDM vol. 1, table B-1). */
    private static final int[] READ = {
        Flags.OF,
        Flags.CF,
        Flags.ZF,
        Flags.CF | Flags.ZF,
        Flags.SF,
        Flags.PF,
        Flags.SF | Flags.OF,
        Flags.ZF | Flags.SF | Flags.OF
    };

    /** They go elsewhere, or touch memory without saying so. */
    private static final Set<String> NOT_IN_THE_MIDDLE = Set.of(
            "CALL",
            "JMP",
            "RET",
            "LOOP",
            "LOOPE",
            "LOOPNE",
            "JRCXZ",
            "PUSH",
            "POP",
            "PUSHF",
            "POPF",
            "LEAVE",
            "ENTER",
            "XLAT",
            "LAHF",
            "MOVS",
            "STOS",
            "CMPS",
            "LODS",
            "SCAS",
            "INS",
            "OUTS",
            "UD0",
            "UD1",
            "UD2",
            "HLT",
            "CLI",
            "STI",
            "DIV",
            "IDIV",
            "STD",
            "WRGSBASE",
            "MASKMOVQ",
            "MASKMOVDQU",
            "VMASKMOVDQU",
            "IN",
            "OUT",
            "CLTS",
            "INVD",
            "WBINVD",
            "WRMSR",
            "RDMSR",
            "RDPMC");

    private final EmulatedProcessor emulated = new EmulatedProcessor();
    private final Decoder decoder = InstructionSet.decoder();
    private NativeProcessor processor;

    @BeforeAll
    void startNativeProcessor() throws Exception {
        CCompiler.assumeForThisMachine();
        processor = NativeProcessor.start();
    }

    @AfterAll
    void stopNativeProcessor() throws Exception {
        if (processor != null) processor.close();
    }

    @TestFactory
    Stream<DynamicTest> everyConditionIsTakenAfterEveryInstructionAsOnTheProcessor() {
        return IntStream.range(0, 4)
                .boxed()
                .flatMap(map -> InstructionSet.lines(map).stream()
                        .filter(ProgramTest::staysInLine)
                        .map(form -> dynamicTest(
                                "%d/%02x %s and Jcc".formatted(map, form.opcode(), form),
                                () -> branchBehind(map, form))));
    }

    private void branchBehind(int map, Form form) throws IOException {
        Instances instances =
                new Instances(new SplittableRandom(SEED + form.toString().hashCode()));
        List<Trial> trials = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            int condition = k & 15;
            if ((READ[condition >> 1] & Undefined.flags(form)) != 0) continue;
            Trial trial = instances.of(map, form).orElseThrow();
            byte[] code = Arrays.copyOf(trial.code(), trial.code().length + 2);
            code[code.length - 2] = (byte) (0x70 | condition);
            code[code.length - 1] = 0x40;
            trials.add(new Trial(form + " and J" + condition, code, trial.state(), Trial.READ_WRITE));
        }
        compare(trials, State.FLAGS & ~Undefined.flags(form));
    }

    @Test
    void randomProgramsEndInTheSameState() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Instances instances = new Instances(random);
        List<Form> forms = new ArrayList<>();
        List<Integer> maps = new ArrayList<>();
        for (int map = 0; map < 4; map++) {
            for (Form form : InstructionSet.lines(map)) {
                if (!staysInLine(form) || (Undefined.flags(form) & ~Flags.AF) != 0) continue;
                forms.add(form);
                maps.add(map);
            }
        }
        assertTrue(forms.size() > 100);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            StringBuilder text = new StringBuilder();
            Trial last = null;
            for (int k = 0; k < LONGEST && code.size() < 48; k++) {
                int n = random.nextInt(forms.size());
                Trial trial = instances.of(maps.get(n), forms.get(n)).orElseThrow();
                if (touchesMemory(trial)) continue;
                last = trial;
                code.writeBytes(trial.code());
                text.append(trial.text()).append("; ");
            }
            if (last != null)
                trials.add(new Trial(text.toString(), code.toByteArray(), last.state(), Trial.READ_WRITE));
        }
        compare(trials, State.FLAGS & ~Flags.AF);
    }

    private boolean touchesMemory(Trial trial) {
        Instruction instruction = decoder.decode(trial.code(), trial.code().length, State.START);
        return instruction == null || instruction.hasMemory();
    }

    private static boolean staysInLine(Form form) {
        return Undefined.isComparable(form)
                && !NOT_IN_THE_MIDDLE.contains(form.mnemonic())
                && !form.mnemonic().startsWith("J");
    }

    private void compare(List<Trial> trials, int flags) throws IOException {
        List<Outcome> expected = processor.run(trials);
        for (int i = 0; i < trials.size(); i++) {
            check(trials.get(i), "run", expected.get(i), emulated.run(trials.get(i)), flags);
            check(trials.get(i), "stepped", expected.get(i), emulated.step(trials.get(i)), flags);
        }
    }

    private static void check(Trial trial, String how, Outcome want, Outcome was, int flags) {
        List<String> differences = want.differences(was, flags);
        if (!differences.isEmpty())
            fail(how + " " + trial + "\n  " + String.join("\n  ", differences) + "\n" + Undefined.registers(trial));
    }
}
