package dev.gostub.rules;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each check is shown to fail where it must, over this module's own classes. */
class CodeTest {
    private static final Code OWN = Code.of("dev.gostub", 3);

    @Test
    void tooFewClassesFail() {
        assertThrows(AssertionError.class, () -> Code.of("dev.gostub.rules", 1000));
    }

    @Test
    void packageMissingFromTheTableFails() {
        assertTrue(message(() -> OWN.importsOnly(Map.of())).contains("rules is not in the import table"));
    }

    @Test
    void packageGrantedNothingButItselfPasses() {
        OWN.importsOnly(Map.of("rules", Set.of(), "limit", Set.of()));
    }

    @Test
    void forbiddenTypeIsFound() {
        assertTrue(message(() -> OWN.dependsOnNo("java.nio.file.Files"::equals)).contains("MethodSizes"));
        OWN.dependsOnNo("java.nio.file.Files"::equals, "rules");
        assertThrows(AssertionError.class, () -> OWN.dependsOnNoInside(Set.of("rules"), "java.nio.file.Files"::equals));
    }

    @Test
    void forbiddenCallIsFound() {
        assertTrue(
                message(() -> OWN.touchesNo(Set.of("java.nio.file.Files.walk"))).contains("MethodSizes"));
    }

    @Test
    void testThatLooksAtAClockIsFound() {
        assertTrue(message(() -> Code.ofTests("dev.gostub.rules", 1).waitsByLimitsOnly())
                .contains("CodeTest.now"));
    }

    static long now() {
        return System.nanoTime();
    }

    @Test
    void ownPackagesPassTheRest() throws Exception {
        OWN.hasNoCycles();
        OWN.isNullMarked();
        OWN.hasNoStaticMutableState();
        OWN.namesSaySomething();
        MethodSizes.check(Path.of("target", "classes"), 10);
    }

    @Test
    void tooFewMethodsFail() {
        assertThrows(AssertionError.class, () -> MethodSizes.check(Path.of("target", "classes"), 100_000));
    }

    private static String message(Runnable check) {
        return String.valueOf(assertThrows(AssertionError.class, check::run).getMessage());
    }
}
