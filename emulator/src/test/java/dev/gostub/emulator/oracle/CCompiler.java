package dev.gostub.emulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine's gcc, for programs that both the machine and the emulator can run. */
public final class CCompiler {
    private static final String SMALLEST_PROGRAM = "#include <stdio.h>\nint main(void) { return 0; }\n";

    private CCompiler() {}

    /** Skips the test where the machine is no amd64 Linux, or has no gcc with the headers and libraries of C. */
    public static void assumeForThisMachine() throws IOException, InterruptedException {
        String machine = System.getProperty("os.arch") + " " + System.getProperty("os.name");
        assumeTrue(machine.equals("amd64 Linux"), "SKIPPED: nothing to compare with on " + machine);
        Optional<String> complaint = complaint(List.of("-static", "-x", "c", "-o", "/dev/null", "-"), SMALLEST_PROGRAM);
        assumeTrue(complaint.isEmpty(), "SKIPPED: needs gcc and libc6-dev: " + complaint.orElse(""));
    }

    /** Fails the test, with gcc's words, if the program cannot be made. */
    public static void compile(Path source, Path program, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-o", program.toString(), source.toString()));
        assertEquals(Optional.empty(), complaint(arguments, ""));
    }

    /** What gcc, or the system, says where the program cannot be made. */
    private static Optional<String> complaint(List<String> arguments, String input)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gcc"));
        command.addAll(arguments);
        Process gcc;
        try {
            gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            return Optional.of(String.valueOf(absent.getMessage()));
        }
        try (var source = gcc.getOutputStream()) {
            source.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return gcc.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }
}
