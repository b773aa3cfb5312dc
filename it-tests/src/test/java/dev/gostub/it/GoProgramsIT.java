package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Static Go programs of five Go versions run from entry to exit with the output and status that Linux gives them. Where
 * the host is Linux on amd64 the same file is run natively and compared in full; golden files serve everywhere.
 */
class GoProgramsIT {
    /** How often Linux is asked: on a busy machine what a program says may depend on who ran when, and ours is right if Linux can say it. */
    private static final int LINUX_RUNS = 5;

    private static final boolean REFRESH = Boolean.getBoolean("gostub.golden.refresh");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicContainer> programsBehaveAsOnLinux() {
        return GoPrograms.VERSIONS.stream()
                .map(version -> DynamicContainer.dynamicContainer("Go " + version, tests(version)));
    }

    @Test
    void everyProgramHasACase() throws IOException {
        TreeSet<String> used =
                GoCase.all().stream().map(GoCase::program).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(GoPrograms.names(), List.copyOf(used));
    }

    private static Stream<DynamicTest> tests(String version) {
        Optional<Path> built;
        try {
            built = GoPrograms.build(version);
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
        if (built.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(
                    "Go " + version + ": all programs",
                    () -> Assumptions.abort("SKIPPED: no Go toolchain " + version + " and no programs built by it")));
        }
        Path folder = built.get();
        return GoCase.all().stream()
                .filter(run -> run.since() <= GoPrograms.minor(version))
                .map(run -> DynamicTest.dynamicTest(
                        "Go " + version + ": " + run.name(),
                        () -> compare(run, version, folder.resolve(run.program()))));
    }

    private static void compare(GoCase run, String version, Path program) throws IOException, InterruptedException {
        Outcome ours = Outcome.of(Subject.chosen(), run, program).comparable(run.messages());
        if (Tool.isLinuxAmd64()) {
            Outcome linux = onLinux(run, program);
            for (int again = 1; again < LINUX_RUNS && !linux.equals(ours); again++) linux = onLinux(run, program);
            // The golden file is there for a host whose processor is too old for the program; gostub's is not.
            if (!linux.err().contains("AMD64 processors with v3 ")) assertEquals(linux.toString(), ours.toString());
        }
        Path golden = golden(run, version);
        if (REFRESH) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, ours.golden());
        }
        assertTrue(Files.exists(golden), "no golden file; -Dgostub.golden.refresh=true writes it");
        assertEquals(Files.readString(golden), ours.golden());
    }

    private static Outcome onLinux(GoCase run, Path program) throws IOException, InterruptedException {
        return Outcome.of(Subject.NATIVE, run, program).comparable(run.messages());
    }

    /** One file serves all versions, but where fused multiplication gives other last bits. */
    private static Path golden(GoCase run, String version) {
        Path folder = GoPrograms.sources().resolve("expected");
        Path fused = folder.resolve(run.name() + "-v3.txt");
        return version.endsWith("-v3") && Files.exists(fused) ? fused : folder.resolve(run.name() + ".txt");
    }
}
