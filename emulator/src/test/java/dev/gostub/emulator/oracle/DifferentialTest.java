package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gostub.emulator.decode.Form;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every form of the tables against the host's processor, in random instances: state after it, and the exception where it faults. Set {@code -Dgostub.oracle.instances} for more of them, and {@code -Dgostub.oracle.form=TEXT} for the
 * forms that start so. What is left out is in {@link LeftOut}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialTest {
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
        return forms(Trials::alone);
    }

    @TestFactory
    Stream<DynamicTest> everyFormFaultsAsTheProcessorDoesWherePagesAreProtected() {
        return forms(Trials::onProtectedPages, LeftOut.Scope.FAULTS);
    }

    private Stream<DynamicTest> forms(Function<Trials.Line, List<Trial>> trials, LeftOut.Scope... leftOut) {
        return Trials.lines()
                .filter(line -> !LeftOut.isLeftOut(LeftOut.Scope.OUTCOME, line.form()))
                .filter(line -> Stream.of(leftOut).noneMatch(scope -> LeftOut.isLeftOut(scope, line.form())))
                .filter(line -> line.form().toString().startsWith(FORM))
                .map(line -> dynamicTest(line.toString(), () -> compare(trials.apply(line), line.form())));
    }

    private void compare(List<Trial> trials, Form form) throws IOException {
        List<Outcome> expected = processor.run(trials);
        int flags = State.FLAGS & ~LeftOut.flags(form);
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Outcome want = LeftOut.adapted(form, trial, expected.get(i));
            boolean faults = want.trap() != Outcome.COMPLETE;
            if (LeftOut.isOfAnotherVendor(form, trial, faults) || LeftOut.leaves64BitMode(want)) continue;
            check(trial, "stepped", want, emulated.step(trial), flags);
            check(trial, "run", want, emulated.run(trial), flags);
            if (!faults) assertEquals(2, emulated.retired(), () -> "instructions retired by " + trial);
            check(trial, "by its general operation", want, emulated.general(trial), flags);
        }
    }

    private static void check(Trial trial, String how, Outcome want, Outcome was, int flags) {
        List<String> differences = want.differences(was, flags);
        if (!differences.isEmpty())
            fail(how + " " + trial + "\n  " + String.join("\n  ", differences) + "\n" + trial.before());
    }
}
