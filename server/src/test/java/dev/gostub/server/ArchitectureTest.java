package dev.gostub.server;

import dev.gostub.rules.Code;
import dev.gostub.rules.MethodSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The import table of docs/architecture.md, checked on the compiled classes. */
class ArchitectureTest {
    // Nine tenths of what was there in November 2026. Raise these as the code grows: a rule over nothing always holds.
    private static final int CLASSES_AT_LEAST = 214;
    private static final int TEST_CLASSES_AT_LEAST = 23;
    private static final int METHODS_AT_LEAST = 1150;

    private static final Code CODE = Code.of("dev.gostub.server", CLASSES_AT_LEAST);

    // spotless:off
    private static final Map<String, Set<String>> IMPORTS = Map.of(
            "",          Set.of(),
            "target",    Set.of(),
            "packet",    Set.of("target"),
            "codec",     Set.of(),
            "arch",      Set.of("target"),
            "handler",   Set.of("packet", "target", "arch"),
            "session",   Set.of("handler", "packet", "target", "arch", "codec"),
            "transport", Set.of("codec", "session", "target"));
    // spotless:on

    @Test
    void packagesImportOnlyWhatTheTableGrants() {
        CODE.importsOnly(IMPORTS);
    }

    @Test
    void packagesHaveNoCycles() {
        CODE.hasNoCycles();
    }

    @Test
    void everyPackageIsNullMarked() {
        CODE.isNullMarked();
    }

    @Test
    void nettyIsSeenByCodecAndTransportOnly() {
        CODE.dependsOnNo(type -> type.startsWith("io.netty."), "codec", "transport");
    }

    @Test
    void emulatorIsNotSeenAtAll() {
        CODE.dependsOnNo(type -> type.startsWith("dev.gostub.emulator."));
    }

    @Test
    void standardStreamsAreLeftToTheApplication() {
        CODE.touchesNo(Set.of("java.lang.System.in", "java.lang.System.out", "java.lang.System.err"));
    }

    /** Names and arguments are bytes, a char each: who decodes them as UTF-8 loses those that are not. */
    @Test
    void textOfTheGuestIsNeverDecoded() {
        CODE.touchesNo(Set.of("java.nio.charset.StandardCharsets.UTF_8"), "Xml");
    }

    @Test
    void nothingIsStaticAndMutable() {
        CODE.hasNoStaticMutableState();
    }

    @Test
    void classNamesSaySomething() {
        CODE.namesSaySomething();
    }

    @Test
    void everyMethodIsSmallEnoughForTheJustInTimeCompiler() throws IOException {
        MethodSizes.check(Path.of("target", "classes"), METHODS_AT_LEAST);
    }

    @Test
    void testsWaitByLimitsThatFitTheMachine() {
        Code.ofTests("dev.gostub.server", TEST_CLASSES_AT_LEAST).waitsByLimitsOnly();
    }
}
