package dev.gostub.emulator.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another JVM, started by a shell with words that are bytes, says what it was started with. */
class HostProcessTest {
    private static final String LOCALES = "env -u LANG -u LC_ALL -u LC_CTYPE ";

    /** What the other JVM runs. */
    static final class Started {
        private Started() {}

        public static void main(String[] words) {
            HostProcess.arguments(List.of(words)).forEach(word -> tell("argument", word));
            HostProcess.environment().forEach((name, value) -> {
                if (name.contains("ODD")) tell(hex(name), value);
            });
            HostProcess.property("odd").ifPresent(value -> tell("property", value));
        }

        private static void tell(String what, String text) {
            System.out.println(what + " " + hex(text));
        }

        private static String hex(String text) {
            return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Words of a shell: an environment and a locale for env(1), and those behind the JVM's name. */
    private static List<String> told(String environment, String words) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: only Linux keeps the bytes");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        String script = "o() { printf \"$1\"; }; exec " + LOCALES + environment + " '" + java
                + "' -XX:TieredStopAtLevel=1 -cp '" + classes + "' " + words;
        Process process = new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return said.lines().toList();
    }

    private static String main() {
        return "'" + Started.class.getName() + "' ";
    }

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=C.UTF-8", "LANG="})
    void argumentsAreTheBytesOfTheCommandLine(String locale) throws IOException {
        assertEquals(
                List.of("argument 61", "argument 81ff", "argument c3a4", "argument ", "argument e4"),
                told(locale, main() + "a \"$(o '\\201\\377')\" \"$(o '\\303\\244')\" '' \"$(o '\\344')\""));
    }

    @Test
    void argumentsInAsciiNeedNoLook() throws IOException {
        assertEquals(List.of("argument 61", "argument 2d62"), told("LC_ALL=C", main() + "a -b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=C.UTF-8", "LANG="})
    void environmentIsBytesInNamesAndValues(String locale) throws IOException {
        String variables = locale + " ODD=\"$(o '=\\201\\303\\244')\" \"$(o 'ODD\\377')=\" ODDEST=x =ODD=y";
        assertEquals(
                List.of("3d4f4444 79", "4f4444 3d81c3a4", "4f4444455354 78", "4f4444ff "), told(variables, main()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=C.UTF-8", "LANG="})
    void propertyIsTheBytesBehindItsName(String locale) throws IOException {
        assertEquals(
                List.of("property 2f81c3a4"), told(locale, "-Dodder=no -Dodd=\"$(o '/\\201\\303\\244')\" " + main()));
    }

    @Test
    void whereTheSystemHasNotKeptThemTheyAreAsJavaHasThem() {
        List<String> more = Collections.nCopies(100_000, "\u00e4"); // than this JVM was started with
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        String expected = new String("\u00e4".getBytes(encoding), StandardCharsets.ISO_8859_1);
        assertEquals(expected, HostProcess.arguments(more).getFirst());
    }
}
