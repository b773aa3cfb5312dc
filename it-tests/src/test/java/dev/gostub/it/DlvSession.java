package dev.gostub.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stock dlv at its prompt, driven line by line. {@link #type} returns what one command printed. */
final class DlvSession implements AutoCloseable {
    private static final String QUESTION = "skipping all breakpoints? ";
    private static final Pattern PROMPT = Pattern.compile("\\(dlv\\) |" + Pattern.quote(QUESTION));

    private final Running dlv;
    private int read;

    private DlvSession(Running dlv) {
        this.dlv = dlv;
    }

    /** {@code dlv exec} of a program by the dlv of that path, through the back end under test. */
    static DlvSession exec(Path tool, Path program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        if (arguments.length > 0) {
            words.add("--");
            words.addAll(List.of(arguments));
        }
        return start(tool, Subject.HOME, "exec", words);
    }

    /** Any dlv command that ends at its prompt. */
    static DlvSession start(Path tool, Path folder, String command, List<String> arguments) throws IOException {
        return start(tool, folder, List.of(), command, arguments);
    }

    /** {@code dlv exec} with options of ours. */
    static DlvSession exec(Path tool, List<String> options, Path program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--"));
        words.addAll(List.of(arguments));
        return start(tool, Subject.HOME, options, "exec", words);
    }

    private static DlvSession start(
            Path tool, Path folder, List<String> options, String command, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of(command, "--check-go-version=false", "--allow-non-terminal-interactive=true"));
        words.addAll(arguments);
        ProcessBuilder builder = Subject.chosen().dlv(tool, words).directory(folder.toFile());
        builder.environment().put("TERM", "dumb");
        builder.environment().put("XDG_CONFIG_HOME", "/nonexistent"); // no settings of the user
        builder.redirectErrorStream(true);
        DlvSession session = new DlvSession(Running.start(builder));
        session.untilPrompt();
        return session;
    }

    /** Types one line and returns what dlv prints until it takes the next one. */
    String type(String line) {
        dlv.type(line + "\n");
        return untilPrompt();
    }

    /** The same; if another goroutine reaches a breakpoint meanwhile, the command is finished all the same. */
    String typeAndFinish(String line) {
        String answer = type(line);
        while (answer.endsWith(QUESTION)) {
            answer += type("f");
        }
        return answer;
    }

    private String untilPrompt() {
        try {
            Matcher prompt = dlv.out.await(PROMPT, read);
            String answer =
                    dlv.out.text().substring(read, prompt.group().equals(QUESTION) ? prompt.end() : prompt.start());
            read = prompt.end();
            return answer;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } catch (AssertionError late) {
            throw new AssertionError(dlv.what("hangs"), late);
        }
    }

    /** Types a line that runs until {@link #interrupt}. */
    void begin(String line) {
        dlv.type(line + "\n");
    }

    /** Waits for a text that the program prints. */
    void await(String text) throws InterruptedException {
        dlv.out.await(text);
    }

    /** Waits until the program has run on for a while. */
    void awaitWork() throws InterruptedException {
        dlv.awaitWork();
    }

    String finish() {
        return untilPrompt();
    }

    /** What Ctrl-C at a terminal does: SIGINT to our launcher and to dlv, but not to the server, which has its own group. */
    void interrupt() throws IOException, InterruptedException {
        dlv.signalTree("INT", "/dlv");
    }

    /** All that dlv and the program have printed. */
    String transcript() {
        return dlv.out.text();
    }

    void exit() throws InterruptedException {
        dlv.type("exit\n");
        dlv.exit();
    }

    @Override
    public void close() {
        dlv.close();
    }
}
