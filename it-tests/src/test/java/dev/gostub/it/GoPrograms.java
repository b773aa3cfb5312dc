package dev.gostub.it;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Builds the Go sources of the tests, once a toolchain, by the script {@code build-go}. */
final class GoPrograms {
    /** The oldest and newest that are promised, three between, and the newest for CPUs with AVX2 and FMA. */
    static final List<String> VERSIONS =
            List.of(System.getProperty("gostub.go", "1.15.15,1.18,1.21.0,1.24.0,1.26.0,1.26.0-v3")
                    .split(",", -1));

    private static final Path MODULE = Subject.HOME.resolve("it-tests");
    private static final TimeLimit BUILD = TimeLimit.seconds(1200);

    private GoPrograms() {}

    static Path sources() {
        return MODULE.resolve("src/test/go");
    }

    /** The folder with a version's programs, built now if they were not; empty if there is no such toolchain. */
    static Optional<Path> build(String version) throws IOException, InterruptedException {
        Path output = MODULE.resolve("target/go").resolve(version);
        if (Tool.find("go").isEmpty()) {
            return Files.exists(output.resolve(".built")) ? Optional.of(output) : Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder(MODULE.resolve("build-go").toString(), version);
        builder.environment().merge("PATH", Tool.need("go").getParent().toString(), (path, go) -> go + ":" + path);
        try (Running building = Running.start(builder)) {
            if (building.exit(BUILD) == 0) {
                return Optional.of(output);
            }
            if (building.err.text().contains("build-go: no toolchain")) {
                return Optional.empty();
            }
            throw new AssertionError(building.what("failed"));
        }
    }

    /** A program of {@code src/test/go}. Without the toolchain the running test is skipped. */
    static Path program(String version, String name) throws IOException, InterruptedException {
        Optional<Path> built = build(version);
        Assumptions.assumeTrue(built.isPresent(), "SKIPPED: no Go toolchain " + version);
        return built.orElseThrow().resolve(name);
    }

    /** A program of {@code src/test/go-debug}, with debug information, not optimised. */
    static Path debuggable(String version, String name) throws IOException, InterruptedException {
        Path _ = program(version, name);
        return MODULE.resolve("target/go-debug").resolve(version).resolve(name);
    }

    /** 15 for 1.15.15. */
    static int minor(String version) {
        return Integer.parseInt(version.split("\\.", -1)[1]);
    }

    /** The folders with a main program. */
    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(sources())) {
            return folders.filter(folder -> Files.exists(folder.resolve("main.go")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
