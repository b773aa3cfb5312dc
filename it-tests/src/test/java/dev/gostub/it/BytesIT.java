package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, arguments and environment in bytes that are no UTF-8, through the launcher and from gdb, whatever the locale. The shell writes the bytes: this JVM may not be able to. */
class BytesIT {
    private static final TimeLimit LIMIT = TimeLimit.ANSWER;

    private static final String PROGRAM = """
            #include <dirent.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <unistd.h>
            static void hex(const char *what, const char *text) {
                printf("%s ", what);
                for (; text && *text; text++) printf("%02x", (unsigned char)*text);
                puts("");
            }
            int main(int argc, char **argv) {
                char text[4096] = "";
                for (int i = 0; i < argc; i++) hex("argument", argv[i]);
                hex("ODD", getenv("ODD"));
                hex("N\\344", getenv("N\\344"));
                hex("cwd", getcwd(text, sizeof text));
                FILE *file = fopen(argv[1], "r");
                hex("content", file && fgets(text, sizeof text, file) ? text : "none");
                struct dirent **names;
                int count = scandir(".", &names, 0, alphasort);
                for (int i = 0; i < count; i++) hex("name", names[i]->d_name);
                return 0;
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Subject.chosen() == Subject.GOSTUB, "only our own command line");
        Files.writeString(folder.resolve("p.c"), PROGRAM);
        shell(Tool.need("gcc") + " -w -g -O0 -static -o p p.c\n"
                + "mkdir $'d\\344\\377' && mv p $'d\\344\\377/p\\303\\344' && cd $'d\\344\\377'\n"
                + "echo text >$'f\\201' && echo more >$'\\303\\244'");
    }

    private String shell(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Tool.need("bash").toString(), "-c", script);
        builder.directory(folder.toFile());
        builder.environment().put("GOSTUB", Subject.HOME.resolve("gostub").toString());
        try (Running shell = Running.start(builder)) {
            assertEquals(0, shell.exit(LIMIT), shell.what("failed"));
            return shell.out.text() + shell.err.text();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG=C.UTF-8", "LC_ALL=C", "LANG="})
    void programIsGivenTheBytesThatLinuxGives(String locale) throws IOException, InterruptedException {
        shell("""
                cd $'d\\344\\377'
                start() { env -u LANG -u LC_ALL -u LC_CTYPE %s ODD=$'o\\201\\303\\244\\377' "$@"; }
                for file in $'f\\201' $'\\303\\244' $'f\\302\\201'; do
                    start env $'N\\344=n\\377' $'./p\\303\\344' "$file" $'\\377\\001x' '' >../linux
                    start "$GOSTUB" run --env $'N\\344=n\\377' $'./p\\303\\344' "$file" $'\\377\\001x' '' >../here
                    diff ../linux ../here || exit 1
                done
                """.formatted(locale));
    }

    @Test
    void messagesShowWhatATerminalCannotAsOctal() throws IOException, InterruptedException {
        String said = shell("LC_ALL=C \"$GOSTUB\" run $'no\\377\\303\\244\\n' || test $? = 2");
        assertTrue(said.contains("no\\377ä\\012: no such file"), said);
    }

    @Test
    void gdbDebugsAProgramWithSuchANameAndStartsItAgain() throws IOException, InterruptedException {
        Client.gdb().command();
        String said = shell("""
                cd $'d\\344\\377'
                export LC_ALL=C
                "$GOSTUB" debug --once --listen unix:$'../s\\377' $'./p\\303\\344' $'f\\201' 2>../err >../out &
                until grep -q listening ../err; do kill -0 $! || cat ../err; kill -0 $! || exit 1; sleep 0.1; done
                cat ../err
                "%s" -nx -batch -iex 'set auto-load off' -ex $'target extended-remote ../s\\377' \\
                    -ex 'break main' -ex continue -ex 'print/x argv[1][1]@1' -ex continue \\
                    -ex $'set args f\\201 \\341\\302' -ex $'set environment ODD \\376' -ex 'set startup-with-shell off' \\
                    -ex $'set remote exec-file ./p\\303\\344' -ex 'set cwd ..' -ex 'set confirm off' \\
                    -ex run -ex 'print/x argv[2][0]@2' -ex continue $'p\\303\\344' 2>&1
                wait
                cat ../out
                """.formatted(Tool.need("gdb")));
        assertTrue(said.contains("/s\\377\n"), said);
        assertTrue(said.contains("$1 = {0x81}"), said);
        assertTrue(said.contains("content 746578740a"), said);
        assertTrue(said.contains("$2 = {0xe1, 0xc2}"), said);
        assertTrue(said.contains("ODD fe"), said);
        assertTrue(said.contains("exited normally"), said);
    }
}
