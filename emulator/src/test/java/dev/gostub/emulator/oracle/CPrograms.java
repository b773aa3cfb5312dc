package dev.gostub.emulator.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The small C programs that try Linux out, a file each. */
public final class CPrograms {
    private static final Path SOURCES = Path.of("src", "test", "resources", "syscalls");

    private CPrograms() {}

    /** Their names, in order. */
    public static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".c"))
                    .map(name -> name.substring(0, name.length() - 2))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Compiles one, with what all of them need.
     *
     * @param kind {@code -static} or {@code -pie}
     * @return the program, in {@code folder}
     */
    public static Path compile(String name, String kind, Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve(name);
        CCompiler.compile(SOURCES.resolve(name + ".c"), program, kind, "-fPIE", "-O1", "-w", "-pthread");
        return program;
    }
}
