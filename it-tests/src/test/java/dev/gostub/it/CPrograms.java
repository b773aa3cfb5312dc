package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles the C sources of the tests, with debug information, not optimised. */
final class CPrograms {
    /** Inside the repository, which gdbs in containers see as well. */
    private static final Path FOLDER = Subject.HOME.resolve("it-tests/target/c");

    private CPrograms() {}

    /** The program {@code name} of a source that lies as {@code name.c} beside it. Without gcc the running test is skipped. */
    static Path compiled(String name, String text) throws IOException, InterruptedException {
        Path gcc = Tool.need("gcc");
        Path source = Files.writeString(Files.createDirectories(FOLDER).resolve(name + ".c"), text);
        Path program = FOLDER.resolve(name);
        List<String> command = new ArrayList<>(List.of(gcc.toString(), "-g", "-O0", "-pthread"));
        command.addAll(List.of("-o", program.toString(), source.toString()));
        try (Running compiling = Running.start(new ProcessBuilder(command))) {
            assertEquals(0, compiling.exit(), compiling.what("failed"));
        }
        return program;
    }

    /** One that says so and sleeps for an hour. */
    static Path sleeper() throws IOException, InterruptedException {
        return compiled("sleeper", """
                #include <unistd.h>
                int main(void) {
                    write(1, "asleep\\n", 7);
                    return sleep(3600);
                }
                """);
    }
}
