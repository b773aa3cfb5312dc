package dev.gostub.app;

import dev.gostub.rules.Code;
import dev.gostub.rules.MethodSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the composition root may see of the parts it joins, checked on the compiled classes. */
class ArchitectureTest {
    // Nine tenths of what was there in November 2026. Raise these as the code grows: a rule over nothing always holds.
    private static final int CLASSES_AT_LEAST = 44;
    private static final int TEST_CLASSES_AT_LEAST = 7;
    private static final int METHODS_AT_LEAST = 330;

    private static final Code CODE = Code.of("dev.gostub.app", CLASSES_AT_LEAST);

    /** Everything below the doors of the two modules. */
    private static final Pattern INTERNAL = Pattern.compile(
            "dev\\.gostub\\.server\\.(packet|codec)\\..*" + "|dev\\.gostub\\.emulator\\.(decode|isa|engine)\\..*");

    @Test
    void packetsFramesAndOpcodesStayInsideTheirModules() {
        CODE.dependsOnNo(INTERNAL.asMatchPredicate());
    }

    @Test
    void nettyIsNotSeen() {
        CODE.dependsOnNo(type -> type.startsWith("io.netty."));
    }

    @Test
    void reflectionIsNotUsed() {
        CODE.dependsOnNo(type -> type.startsWith("java.lang.reflect."));
        CODE.touchesNo(Set.of("java.lang.Class.forName"));
    }

    @Test
    void packagesHaveNoCycles() {
        CODE.hasNoCycles();
    }

    @Test
    void everyPackageIsNullMarked() {
        CODE.isNullMarked();
    }

    /** What Java decoded, or makes of names by the locale, is not what the host has: {@code HostProcess} and {@code HostPaths} know better. */
    @Test
    void namesOfTheHostComeThroughThePackageHost() {
        CODE.touchesNo(Set.of("java.lang.System.getenv"));
        CODE.touchesNo(Set.of("java.nio.file.Path.toString", "java.nio.file.Path.toAbsolutePath"), "Demo");
        CODE.touchesNo(Set.of("java.nio.file.Path.of"), "GuestStart");
        CODE.touchesNo(Set.of("java.nio.charset.StandardCharsets.UTF_8"), "Demo");
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
        Code.ofTests("dev.gostub.app", TEST_CLASSES_AT_LEAST).waitsByLimitsOnly();
    }
}
