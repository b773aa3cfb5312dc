package dev.gostub.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is measured: our command and those that do the same by other means. */
enum Peer {
    GOSTUB("gostub") {
        @Override
        List<String> run(List<String> program) {
            return join(List.of(executable(), "run"), program);
        }

        @Override
        List<String> serve(int port, List<String> program) {
            return join(List.of(executable(), "run", "--publish", Integer.toString(port)), program);
        }

        @Override
        List<String> debug(int port, List<String> program) {
            return join(List.of(executable(), "debug", "--listen", "127.0.0.1:" + port), program);
        }

        @Override
        List<String> stay(int port) {
            return List.of(executable(), "debug", "--listen", "127.0.0.1:" + port);
        }

        @Override
        String executable() {
            return Path.of("gostub").toAbsolutePath().toString();
        }
    },
    QEMU("qemu-x86_64") {
        @Override
        List<String> run(List<String> program) {
            return join(List.of(executable()), program);
        }

        @Override
        List<String> debug(int port, List<String> program) {
            return join(List.of(executable(), "-g", Integer.toString(port)), program);
        }
    },
    GDBSERVER("gdbserver") {
        @Override
        List<String> run(List<String> program) {
            return List.of();
        }

        @Override
        List<String> debug(int port, List<String> program) {
            return join(List.of(executable(), "127.0.0.1:" + port), program);
        }

        @Override
        List<String> stay(int port) {
            return List.of(executable(), "--multi", "127.0.0.1:" + port);
        }
    },
    NATIVE("native") {
        @Override
        List<String> run(List<String> program) {
            return program;
        }

        @Override
        List<String> debug(int port, List<String> program) {
            return List.of();
        }

        @Override
        boolean isInstalled() {
            return System.getProperty("os.name").equals("Linux")
                    && System.getProperty("os.arch").equals("amd64");
        }

        @Override
        String title() {
            return "native";
        }
    };

    private final String command;

    Peer(String command) {
        this.command = command;
    }

    /** The command that runs a program to its end; empty if this peer only debugs. */
    abstract List<String> run(List<String> program);

    /** The same for a program that listens on a port, which others of this computer are to reach. */
    List<String> serve(int port, List<String> program) {
        return run(program);
    }

    /** The command that serves a program at its entry on a port; empty if this peer does not. */
    abstract List<String> debug(int port, List<String> program);

    /** The command that stays and starts the programs that its clients name; empty if this peer has none. */
    List<String> stay(int port) {
        return List.of();
    }

    String executable() {
        return command;
    }

    boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Files.isExecutable(Path.of(executable()).toAbsolutePath())
                        && executable().startsWith("/")
                || Stream.of(path.split(":", -1))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Name and version, for the table's head. */
    String title() {
        return isInstalled() ? command + version().map(version -> " " + version).orElse("") : command;
    }

    private Optional<String> version() {
        if (this == GOSTUB) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(executable(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("\\s+", -1))
                    .filter(word -> word.matches("\\d+\\.\\d[\\d.]*"))
                    .findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static List<String> join(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
