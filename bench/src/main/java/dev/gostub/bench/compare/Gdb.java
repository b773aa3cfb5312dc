package dev.gostub.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gdb as a client.
 *
 * @param command what starts it, more than one word if it lives in a container
 */
record Gdb(List<String> command) {
    static final Gdb OF_THE_MACHINE = new Gdb(List.of("gdb"));

    /** Started on a program, without anybody's settings; what it says and its errors come in one stream. */
    Process start(String program, List<String> arguments) throws IOException {
        List<String> quiet = List.of("-nx", "-q", "-iex", "set auto-load no", "-iex", "set confirm off");
        List<String> alone = List.of("-iex", "set pagination off", "-iex", "set debuginfod enabled off");
        List<String> words = Stream.of(command, quiet, alone, arguments, List.of(program))
                .flatMap(List::stream)
                .toList();
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** {@code gdb} and its version. */
    String title() {
        try {
            Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of("--version"))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String first = text.lines().findFirst().orElse("");
            return "gdb " + first.substring(first.lastIndexOf(' ') + 1);
        } catch (IOException absent) {
            return "gdb";
        }
    }
}
