package dev.gostub.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stock gdb, driven line by line through a pipe, without the user's settings. {@link #type} returns what one command
 * printed, on both streams.
 */
final class GdbSession implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("0x([0-9a-f]+)");
    private static final List<String> SETTINGS =
            List.of("auto-load no", "debuginfod enabled off", "width 0", "height 0", "confirm off");

    private final Running gdb;
    private final Path program;
    private int marks;

    private GdbSession(Running gdb, Path program) {
        this.gdb = gdb;
        this.program = program;
    }

    /** gdb with a program's symbols, not connected. */
    static GdbSession open(Path program) throws IOException {
        return open(Client.gdb(), program);
    }

    private static GdbSession open(Client client, Path program) throws IOException {
        List<String> words = new ArrayList<>(client.command());
        words.addAll(List.of("-nx", "-q"));
        for (String setting : SETTINGS) {
            words.addAll(List.of("-iex", "set " + setting));
        }
        words.add(program.toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("TERM", "dumb");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        return new GdbSession(Running.start(builder), program);
    }

    /** gdb with a program's symbols, connected to a server that holds it. */
    static GdbSession connect(Path program, Server server) throws IOException {
        return connect(Client.gdb(), program, server);
    }

    /** The same with the gdb of one's choice. */
    static GdbSession connect(Client client, Path program, Server server) throws IOException {
        GdbSession session = open(client, program);
        session.connect(server);
        return session;
    }

    void connect(Server server) {
        String answer = type("target remote 127.0.0.1:" + server.port);
        if (!answer.contains("Remote debugging using")) {
            throw new AssertionError("not connected: " + answer + server.process.what(""));
        }
    }

    /** Types one line and returns what gdb prints until it takes the next one. */
    String type(String line) {
        int from = begin(line);
        return finish(from);
    }

    /** Types a line that is expected to run until {@link #interrupt}; waits until the text shows that it does. */
    int begin(String line) {
        int from = gdb.out.text().length();
        marks++;
        gdb.type(line + "\necho \\n@@" + marks + "@@\\n\n");
        return from;
    }

    String finish(int from) {
        try {
            String mark = "\n@@" + marks + "@@\n";
            int end = gdb.out.await(Pattern.compile(Pattern.quote(mark)), from).start();
            return gdb.out.text().substring(from, end).replace("(gdb) ", "");
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } catch (AssertionError late) {
            throw new AssertionError(gdb.what("hangs"), late);
        }
    }

    /** What Ctrl-C does: SIGINT to gdb. */
    void interrupt() throws IOException, InterruptedException {
        gdb.signal("INT");
    }

    /** Waits for a text in what gdb has printed since a position. */
    void await(String text, int from) throws InterruptedException {
        gdb.out.await(Pattern.compile(Pattern.quote(text)), from);
    }

    /** The value of an expression of C as a number of 64 bits. */
    long value(String expression) {
        // A register needs no language; switching it disturbs the next step of gdb 13.
        boolean register = expression.matches("\\$\\w+");
        String answer = type(register
                        ? "output/x " + expression
                        : "with language c -- output/x (long)(" + expression + ")")
                .strip();
        Matcher number = NUMBER.matcher(answer); // a warning about the language may follow
        if (!number.lookingAt()) {
            throw new AssertionError(expression + " is " + answer);
        }
        return Long.parseUnsignedLong(number.group(1), 16);
    }

    /** The function of the current frame, as gdb names it. */
    String function() {
        String answer = type("info symbol $pc").strip();
        return answer.replaceAll("( \\+ \\d+)? in section.*", "");
    }

    Path program() {
        return program;
    }

    /** Leaves gdb as a user does. */
    void quit() throws InterruptedException {
        gdb.type("quit\n");
        gdb.exit();
    }

    @Override
    public void close() {
        gdb.close();
    }
}
