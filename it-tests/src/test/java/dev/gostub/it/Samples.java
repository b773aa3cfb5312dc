package dev.gostub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two programs of the walkthroughs, as they lie in the repository. */
final class Samples {
    private Samples() {}

    static Path file(String name) {
        return Subject.HOME.resolve("samples").resolve(name);
    }

    /** The environment in which the documented addresses hold. */
    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file("environment"))) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    environment.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return environment;
    }
}
