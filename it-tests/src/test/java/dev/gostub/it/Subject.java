package dev.gostub.it;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command under test. Normally the launcher {@code gostub}; with {@code -Dgostub.oracle=native} the host's kernel,
 * gdbserver and dlv's own back end stand in its place, to show that an expectation is Linux's.
 */
enum Subject {
    GOSTUB {
        @Override
        ProcessBuilder run(Map<String, String> environment, Path program, List<String> arguments) {
            return command(List.of("run"), environment, program.toString(), arguments);
        }

        @Override
        ProcessBuilder debug(
                List<String> options, Map<String, String> environment, String program, List<String> arguments) {
            List<String> first = new ArrayList<>(List.of("debug", "--listen", "127.0.0.1:0"));
            first.addAll(options);
            return command(first, environment, program, arguments);
        }

        @Override
        ProcessBuilder debugSample(String sample) {
            return new ProcessBuilder(List.of(LAUNCHER, "debug", "--listen", "127.0.0.1:0", sample));
        }

        @Override
        ProcessBuilder dlv(Path dlv, List<String> arguments) {
            List<String> words = new ArrayList<>(List.of(LAUNCHER, "dlv"));
            words.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().merge("PATH", dlv.getParent().toString(), (path, folder) -> folder + ":" + path);
            return builder;
        }

        private ProcessBuilder command(
                List<String> first, Map<String, String> environment, String program, List<String> arguments) {
            List<String> words = new ArrayList<>(List.of(LAUNCHER));
            words.addAll(first);
            words.add("--clean-env");
            environment.forEach((key, value) -> words.addAll(List.of("--env", key + "=" + value)));
            words.add(program);
            words.addAll(arguments);
            return new ProcessBuilder(words);
        }
    },

    NATIVE {
        @Override
        ProcessBuilder run(Map<String, String> environment, Path program, List<String> arguments) {
            List<String> words = new ArrayList<>(List.of(program.toString()));
            words.addAll(arguments);
            return clean(new ProcessBuilder(words), environment);
        }

        @Override
        ProcessBuilder debug(
                List<String> options, Map<String, String> environment, String program, List<String> arguments) {
            List<String> words = new ArrayList<>(List.of("gdbserver", "--no-startup-with-shell"));
            if (options.contains("--once")) {
                words.add("--once");
            }
            words.addAll(List.of("127.0.0.1:0", program));
            words.addAll(arguments);
            return clean(new ProcessBuilder(words), environment);
        }

        @Override
        ProcessBuilder debugSample(String sample) {
            return debug(List.of(), Samples.environment(), Samples.file(sample).toString(), List.of());
        }

        @Override
        ProcessBuilder dlv(Path dlv, List<String> arguments) {
            List<String> words = new ArrayList<>(List.of(dlv.toString()));
            words.addAll(arguments);
            return new ProcessBuilder(words);
        }

        private ProcessBuilder clean(ProcessBuilder builder, Map<String, String> environment) {
            builder.environment().clear();
            builder.environment().putAll(new TreeMap<>(environment));
            return builder;
        }
    };

    /** The repository's root. */
    static final Path HOME =
            Path.of(System.getProperty("gostub.home", "..")).toAbsolutePath().normalize();

    private static final String LAUNCHER = HOME.resolve("gostub").toString();
    private static final TimeLimit BUILD = TimeLimit.seconds(1200);

    static Subject chosen() {
        if (!System.getProperty("gostub.oracle", "").isEmpty()) {
            return NATIVE;
        }
        Built.once();
        return GOSTUB;
    }

    /** The first start of a fresh clone builds, and no test is to wait for that. */
    private static final class Built {
        static {
            try (Running samples = Running.start(new ProcessBuilder(LAUNCHER, "samples"))) {
                if (samples.exit(BUILD) != 0) {
                    throw new AssertionError(samples.what("failed"));
                }
            } catch (IOException | InterruptedException failed) {
                throw new AssertionError(failed);
            }
        }

        static void once() {}
    }

    /** Runs a program without debugger in exactly the given environment. */
    abstract ProcessBuilder run(Map<String, String> environment, Path program, List<String> arguments);

    /** Serves a program, stopped at its entry, on a free port of loopback. */
    abstract ProcessBuilder debug(
            List<String> options, Map<String, String> environment, String program, List<String> arguments);

    /** The same with an embedded sample in its documented environment. */
    abstract ProcessBuilder debugSample(String sample);

    /** Runs dlv with the back end under test. */
    abstract ProcessBuilder dlv(Path dlv, List<String> arguments);
}
