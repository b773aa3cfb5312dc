package dev.gostub.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stock lldb that has carried out some lines in batch, where it waits for each stop, without the user's settings. */
final class LldbSession {
    private static final String PROMPT = "(lldb) ";

    private final String transcript;
    private int read;

    private LldbSession(String transcript) {
        this.transcript = transcript;
    }

    /** Connects to a server that holds a program, types the lines, and leaves; the program is then killed if it still lives. */
    static LldbSession run(Client lldb, Path program, Server server, List<String> lines)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(lldb.command());
        words.addAll(List.of("--no-lldbinit", "--no-use-colors", "-b", "-o", "settings set auto-confirm true"));
        words.addAll(List.of("-o", "gdb-remote 127.0.0.1:" + server.port));
        lines.forEach(line -> words.addAll(List.of("-o", line)));
        words.add(program.toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("TERM", "dumb");
        builder.redirectErrorStream(true);
        try (Running running = Running.start(builder)) {
            running.exit();
            LldbSession session = new LldbSession(running.out.text());
            session.answer("gdb-remote 127.0.0.1:" + server.port);
            return session;
        }
    }

    /** What it printed for a line; to be asked in the order of the lines. */
    String answer(String line) {
        int from = transcript.indexOf(PROMPT + line + "\n", read);
        if (from < 0) {
            throw new AssertionError("no answer to " + line + " behind " + read + " in:\n" + transcript);
        }
        from += PROMPT.length() + line.length() + 1;
        int end = transcript.indexOf(PROMPT, from);
        read = end < 0 ? transcript.length() : end;
        return transcript.substring(from, read);
    }

    String transcript() {
        return transcript;
    }
}
