package dev.gostub.it;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** How one run of a program came out. */
record Outcome(int status, String out, String err) {
    private static final TimeLimit LIMIT = TimeLimit.seconds(400);
    private static final int LONG_OUTPUT = 50_000;
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{9,16}\\b");
    private static final Pattern GOROUTINE = Pattern.compile("goroutine \\d+");
    /** What is promised for system calls that are not there: one line in our log, and ENOSYS. */
    private static final Pattern REFUSED = Pattern.compile("(?m)^gostub: .*system call .* is not implemented.*\\R");

    private static final Pattern FATAL = Pattern.compile("(?m)^fatal error: .*$");

    static Outcome of(Subject subject, GoCase run, Path program) throws IOException, InterruptedException {
        try (Running running = Running.start(subject.run(run.fullEnvironment(), program, run.arguments()))) {
            Thread typist = Thread.ofPlatform().daemon().start(() -> typeInput(running, run.input()));
            int status = running.exit(LIMIT);
            typist.interrupt();
            return new Outcome(status, running.out.text(), running.err.text());
        }
    }

    private static void typeInput(Running running, String input) {
        try {
            running.type(input);
            running.endInput();
        } catch (IOException | java.io.UncheckedIOException gone) {
            Thread.currentThread().interrupt(); // a program need not read its input
        }
    }

    /** With what may differ between two correct runs taken out of stderr. */
    Outcome comparable(GoCase.Messages messages) {
        String text = GOROUTINE
                .matcher(ADDRESS.matcher(REFUSED.matcher(err).replaceAll("")).replaceAll("ADDRESS"))
                .replaceAll("goroutine N");
        if (messages == GoCase.Messages.FATAL_ERROR) {
            var line = FATAL.matcher(text);
            text = line.find() ? line.group() : text;
        }
        return new Outcome(status, out, text);
    }

    /** Status and stdout as a golden file holds them (long ones as a digest); stderr differs between Go's versions. */
    String golden() {
        String text = out.length() < LONG_OUTPUT ? out : out.length() + " characters, sha256 " + sha256(out) + "\n";
        return "status " + status + "\n" + text;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String toString() {
        return "status " + status + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
    }
}
