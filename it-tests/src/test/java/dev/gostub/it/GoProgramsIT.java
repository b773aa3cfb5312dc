package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration LIMIT = Duration.ofMinutes(2);
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
        Outcome ours = Outcome.of(Subject.chosen(), run, program, LIMIT).comparable(run.messages());
        String said = ours.out() + ours.err();
        Assumptions.assumeFalse(said.contains("socket: function not implemented"), "LATER: sockets are refused");
        Assumptions.assumeFalse(said.contains("AMD64 processors with v3 "), "LATER: CPUID says no to x86-64-v3");
        if (Tool.isLinuxAmd64()) {
            Outcome linux = Outcome.of(Subject.NATIVE, run, program, LIMIT).comparable(run.messages());
            assertEquals(linux.toString(), ours.toString());
        }
        Path golden = golden(run, version);
        if (REFRESH) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, ours.golden());
        }
        assertTrue(Files.exists(golden), "no golden file; -Dgostub.golden.refresh=true writes it");
        assertEquals(Files.readString(golden), ours.golden());
    }

    /** One file serves all versions, but where fused multiplication gives other last bits. */
    private static Path golden(GoCase run, String version) {
        Path folder = GoPrograms.sources().resolve("expected");
        Path fused = folder.resolve(run.name() + "-v3.txt");
        return version.endsWith("-v3") && Files.exists(fused) ? fused : folder.resolve(run.name() + ".txt");
    }
}
