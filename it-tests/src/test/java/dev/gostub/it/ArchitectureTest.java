package dev.gostub.it;

import dev.gostub.rules.Code;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING.md that hold for tests. */
class ArchitectureTest {
    // Raise this as the code grows: a rule over nothing always holds.
    private static final int TEST_CLASSES_AT_LEAST = 36;

    private static final Code TESTS = Code.ofTests("dev.gostub.it", TEST_CLASSES_AT_LEAST);

    @Test
    void testsWaitByLimitsThatFitTheMachine() {
        TESTS.waitsByLimitsOnly();
    }

    @Test
    void classNamesSaySomething() {
        TESTS.namesSaySomething();
    }
}
