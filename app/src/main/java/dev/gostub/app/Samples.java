package dev.gostub.app;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.host.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedded samples: programs with documented addresses, in the folder {@code samples} beside the launcher. They run
 * with the environment of the file {@code environment} there, because the layout of a Go program's heap depends on it.
 */
final class Samples {
    private static final List<String> NAMES = List.of("hello", "a");

    private final Path folder;

    Samples(Path folder) {
        // A guest's working directory is another one than ours.
        this.folder = HostPaths.of(HostPaths.name(folder));
    }

    /** The samples beside the launcher, or below the current folder if nobody told where that is. */
    static Samples embedded() {
        return new Samples(
                HostPaths.of(HostProcess.property("gostub.home").orElse(".")).resolve("samples"));
    }

    /**
     * The file a user means: an existing one, or else the sample of that name.
     *
     * @return a path that need not exist: the loader says best what is wrong with it
     */
    Path find(String name) {
        Path path = HostPaths.of(name);
        boolean sample = NAMES.contains(name) && !Files.exists(path);
        return sample ? file(name) : path.normalize();
    }

    Path file(String name) {
        return folder.resolve(name).normalize();
    }

    /** Whether a path is that of an embedded sample, by whatever way it was named. */
    boolean contains(Path program) {
        try {
            Path real = program.toRealPath();
            for (String name : NAMES) {
                Path sample = file(name);
                if (real.getFileName().equals(sample.getFileName()) && real.equals(sample.toRealPath())) return true;
            }
        } catch (IOException _) {
            // A file that cannot be resolved is no sample; the loader will name the trouble.
        }
        return false;
    }

    /** The environment of the samples, each {@code NAME=VALUE}, in the order of the file. */
    List<String> environment() throws UserError {
        try {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(folder.resolve("environment"))) {
                if (!line.isEmpty()) lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UserError(
                    "cannot read " + HostPaths.name(folder) + "/environment: " + e + "; is the checkout complete?");
        }
    }

    /** The list that {@code gostub samples} prints. */
    String list() {
        StringBuilder text = new StringBuilder();
        for (String name : NAMES) {
            text.append(String.format("%-8s%s%n", name, GuestText.shown(HostPaths.name(file(name)))));
            text.append(String.format("%-8s%s%n", "", describe(name)));
        }
        return text.toString();
    }

    private static String describe(String name) {
        return switch (name) {
            case "hello" -> "prints \"hello go\"; Go 1.15, entry 0x464840: gdb -ex 'target remote :1234' samples/hello";
            case "a" -> "a call with arguments on the stack; Go 1.15 without optimisation, main.main 0x4678c0";
            default -> throw new IllegalStateException("sample without a description: " + name);
        };
    }
}
