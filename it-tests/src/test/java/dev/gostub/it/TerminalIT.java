package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Programs on a terminal: script(1) makes one. */
class TerminalIT {
    private static Running onTerminal(Path program) throws IOException, InterruptedException {
        Path script = Tool.need("script");
        List<String> command = Subject.chosen()
                .run(Map.of("TERM", "xterm"), program, List.of())
                .command();
        String line = command.stream().map(TerminalIT::quoted).collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "-qfec", line, "/dev/null");
        builder.environment().put("SHELL", "/bin/sh"); // which takes the line, whatever the user's is
        return Running.start(builder);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** In raw mode keys come one by one, Ctrl-C and Return among them, and are not shown by the terminal. */
    @Test
    void programThatSetsRawModeGetsEveryKey() throws IOException, InterruptedException {
        try (Running running = onTerminal(GoPrograms.debuggable("1.26.0", "rawkeys"))) {
            running.out.await(Pattern.compile("raw\r\n"), 0);
            for (String key : List.of("a", "\u0003", "\r")) {
                int before = running.out.text().length();
                running.type(key);
                running.out.await(Pattern.compile("key " + (int) key.charAt(0) + "\r\n"), before);
            }
            running.type("q");
            assertEquals(0, running.exit());
            String shown = running.out.text();
            // The first start of a fresh clone says before that it builds.
            assertEquals("raw\r\nkey 97\r\nkey 3\r\nkey 13\r\nkey 113\r\n", shown.substring(shown.indexOf("raw\r\n")));
        }
    }

    /** Otherwise Ctrl-C is a signal to the program. */
    @Test
    void controlCEndsAProgramThatLeavesTheTerminalAlone() throws IOException, InterruptedException {
        try (Running running = onTerminal(GoPrograms.debuggable("1.26.0", "busy"))) {
            running.out.await(Pattern.compile("spinning"), 0);
            running.type("\u0003");
            assertEquals(128 + 2, running.exit());
        }
    }

    /** Somebody sees how long it takes: it is not over before a key can be pressed. */
    @Test
    void sleepTakesItsTimeAndControlCEndsIt() throws IOException, InterruptedException {
        try (Running running = onTerminal(CPrograms.sleeper())) {
            running.out.await(Pattern.compile("asleep"), 0);
            running.type("\u0003");
            assertEquals(128 + 2, running.exit(), running.what("ended otherwise"));
        }
    }
}
