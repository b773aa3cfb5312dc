package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gostub.emulator.cpu.Flags;
import java.io.IOException;
import java.util.List;
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
    Stream<DynamicTest> everyConditionIsTakenAfterEveryInstructionAsOnTheProcessor() {
        return Trials.lines()
                .filter(Trials::staysInLine)
                .map(line -> dynamicTest(line + " and Jcc", () -> branchBehind(line)));
    }

    private void branchBehind(Trials.Line line) throws IOException {
        List<Trial> trials = Trials.withBranch(line);
        List<Outcome> expected = processor.run(trials);
        for (int i = 0; i < trials.size(); i++) {
            boolean faults = expected.get(i).trap() != Outcome.COMPLETE;
            if (LeftOut.isOfAnotherVendor(line.form(), trials.get(i), faults)) continue;
            check(trials.get(i), expected.get(i), State.FLAGS & ~LeftOut.flags(line.form()));
        }
    }

    @Test
    void randomProgramsEndInTheSameState() throws IOException {
        compare(Trials.programs(), State.FLAGS & ~Flags.AF);
    }

    @Test
    void loadsStoresPushesAndCopiesInARowEndInTheSameState() throws IOException {
        compare(Trials.neighbours(), State.FLAGS & ~Flags.AF);
    }

    private void compare(List<Trial> trials, int flags) throws IOException {
        List<Outcome> expected = processor.run(trials);
        for (int i = 0; i < trials.size(); i++) check(trials.get(i), expected.get(i), flags);
    }

    private void check(Trial trial, Outcome want, int flags) {
        check(trial, "run", want, emulated.run(trial), flags);
        check(trial, "stepped", want, emulated.step(trial), flags);
    }

    private static void check(Trial trial, String how, Outcome want, Outcome was, int flags) {
        List<String> differences = want.differences(was, flags);
        if (!differences.isEmpty())
            fail(how + " " + trial + "\n  " + String.join("\n  ", differences) + "\n" + trial.before());
    }
}
