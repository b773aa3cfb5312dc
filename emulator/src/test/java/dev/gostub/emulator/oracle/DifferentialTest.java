package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gostub.emulator.decode.Form;
import dev.gostub.emulator.isa.InstructionSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every form of the tables against the host's processor, in random instances: state after it, and the exception where it faults. Set {@code -Dgostub.oracle.instances} for more of them, and {@code -Dgostub.oracle.form=TEXT} for the
 * forms that start so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialTest {
    private static final int INSTANCES = Integer.getInteger("gostub.oracle.instances", 60);
    private static final long SEED = Long.getLong("gostub.oracle.seed", 20);
    private static final String FORM = System.getProperty("gostub.oracle.form", "");

    private final EmulatedProcessor emulated = new EmulatedProcessor();
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
    Stream<DynamicTest> everyFormDoesWhatTheProcessorDoes() {
        return forms(form -> true, (map, form) -> compare(trials(map, form, false), form));
    }

    @TestFactory
    Stream<DynamicTest> everyFormFaultsAsTheProcessorDoesWherePagesAreProtected() {
        return forms(Undefined::areFaultsComparable, (map, form) -> compare(trials(map, form, true), form));
    }

    private List<Trial> trials(int map, Form form, boolean protectedPages) {
        SplittableRandom random = new SplittableRandom(SEED + form.toString().hashCode() * 31L + form.opcode());
        Instances instances = new Instances(random);
        int[] protections = {0x0301, 0x0103, 0x0003, 0x0300, 0x0101, 0x0000};
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            Trial trial = instances.of(map, form).orElseGet(() -> fail("no encoding answers to this form"));
            if (protectedPages)
                trial = new Trial(trial.text(), trial.code(), trial.state(), protections[i % protections.length]);
            trials.add(trial);
        }
        return trials;
    }

    private void compare(List<Trial> trials, Form form) throws IOException {
        List<Outcome> expected = processor.run(trials);
        int flags = State.FLAGS & ~Undefined.flags(form);
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Outcome want = Undefined.adapted(form, trial, expected.get(i));
            check(trial, "stepped", want, emulated.step(trial), flags);
            check(trial, "run", want, emulated.run(trial), flags);
            if (want.trap() == Outcome.COMPLETE)
                assertEquals(2, emulated.retired(), () -> "instructions retired by " + trial);
        }
    }

    private static void check(Trial trial, String how, Outcome want, Outcome was, int flags) {
        List<String> differences = want.differences(was, flags);
        if (!differences.isEmpty())
            fail(how + " " + trial + "\n  " + String.join("\n  ", differences) + "\n" + Undefined.registers(trial));
    }

    private Stream<DynamicTest> forms(Predicate<Form> filter, Check check) {
        return IntStream.range(0, 4).boxed().flatMap(map -> {
            List<Form> lines = InstructionSet.lines(map);
            assertTrue(!lines.isEmpty());
            return lines.stream()
                    .filter(filter)
                    .filter(form ->
                            Undefined.isComparable(form) && form.toString().startsWith(FORM))
                    .map(form -> dynamicTest(
                            "%d/%02x %s%s".formatted(map, form.opcode(), form.isVex() ? "VEX " : "", form),
                            () -> check.of(map, form)));
        });
    }

    private interface Check {
        void of(int map, Form form) throws IOException;
    }
}
