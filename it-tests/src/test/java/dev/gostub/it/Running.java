package dev.gostub.it;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A started process: its output gathered, its input open, its whole tree gone after {@link #close}. */
final class Running implements AutoCloseable {
    private static final Duration SOME_WORK = Duration.parse("PT0.3S");
    private static final boolean INHERITS_IGNORED_SIGNALS = inheritsIgnoredSignals();

    private final Process process;
    private final List<String> command;
    final Output out;
    final Output err;

    private Running(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.out = Output.of("stdout of " + command.getFirst(), process.getInputStream());
        this.err = Output.of("stderr of " + command.getFirst(), process.getErrorStream());
    }

    static Running start(ProcessBuilder builder) throws IOException {
        if (INHERITS_IGNORED_SIGNALS) {
            List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT"));
            words.addAll(builder.command());
            builder.command(words);
        }
        Process started = builder.start();
        TestRun.started(started.toHandle());
        return new Running(List.copyOf(builder.command()), started);
    }

    /** As below nohup(1), and in a script's background: what tests start would ignore HUP or INT as well. */
    private static boolean inheritsIgnoredSignals() {
        long hangupAndInterrupt = 3;
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(
                            line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & hangupAndInterrupt) != 0);
        } catch (IOException _) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(what("does not read any more"), gone);
        }
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends a signal to this process alone, as kill(1) does. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Sends a signal to this process and to those below it whose command ends in a text. */
    void signalTree(String name, String commandEnd) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith(commandEnd))
                .forEach(child -> words.add(Long.toString(child.pid())));
        new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /** The exit status, as a shell shows it (128 + signal), all output gathered. */
    int exit() throws InterruptedException {
        return exit(TimeLimit.ANSWER);
    }

    int exit(TimeLimit limit) throws InterruptedException {
        if (!limit.awaitEnd(process)) {
            throw new AssertionError(what("still runs after " + limit));
        }
        out.awaitEnd();
        err.awaitEnd();
        return process.exitValue();
    }

    /** Does it end in time; if not it runs on. */
    boolean endsWithin(TimeLimit limit) throws InterruptedException {
        return limit.awaitEnd(process);
    }

    /** Waits until this process and those below it have computed for a while longer: that they run on, told without a clock. */
    void awaitWork() throws InterruptedException {
        Duration before = computed();
        if (!TimeLimit.ANSWER.await(() -> computed().minus(before).compareTo(SOME_WORK) > 0)) {
            throw new AssertionError(what("does not run on"));
        }
    }

    private Duration computed() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Resident memory in bytes, from /proc; of the process itself. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }

    String what(String happened) {
        return String.join(" ", command) + " " + happened + "\n--- stdout\n" + out.text() + "\n--- stderr\n"
                + err.text();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
