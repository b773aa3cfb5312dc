package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of the host that are open to the guest, with programs that people use them for. */
class FilesIT {
    private static final TimeLimit BUILD = TimeLimit.seconds(1200);
    private static final String SHELL = "/bin/sh";

    @TempDir
    private Path folder;

    private Running gostub(String... words) throws IOException {
        Assumptions.assumeTrue(Subject.chosen() == Subject.GOSTUB, "only our own command line");
        List<String> command =
                new ArrayList<>(List.of(Subject.HOME.resolve("gostub").toString()));
        command.addAll(List.of(words));
        return Running.start(new ProcessBuilder(command).directory(folder.toFile()));
    }

    private String shell(String script, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options));
        words.addAll(List.of(SHELL, "-c", script));
        try (Running running = gostub(words.toArray(new String[0]))) {
            assertEquals(0, running.exit(BUILD), running.what("failed"));
            return running.out.text();
        }
    }

    @Test
    void whatAShellDoesBelowAWritableFolderStays() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        shell(
                "cd work && mkdir d && echo one > d/a && echo two >> d/a && mv d/a d/b && ln -s b d/l",
                "--writable",
                "work");
        assertEquals("one\ntwo\n", Files.readString(work.resolve("d/l")));
        assertFalse(Files.exists(work.resolve("d/a")));
    }

    @Test
    void withoutTheOptionNothingStays() throws Exception {
        assertEquals("x\n", shell("echo x > a && cat a"));
        assertFalse(Files.exists(folder.resolve("a")));
    }

    @Test
    void whatTheGuestWroteElsewhereIsSaved() throws Exception {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        shell("echo x > a", "--save", "saved");
        assertEquals(
                "x\n",
                Files.readString(saved.resolve(folder.resolve("a").toString().substring(1))));
    }

    @Test
    void rootAndMountsMakeTheGuestsTree() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root/bin")).getParent();
        Files.copy(Samples.file("hello"), root.resolve("bin/hello"));
        assertTrue(root.resolve("bin/hello").toFile().setExecutable(true));
        try (Running running = gostub("run", "--root", "root", "/bin/hello")) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertEquals("hello go\n", running.out.text() + running.err.text().replaceFirst("gostub: open.*\n", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--writable missing",
                "--writable file",
                "--mount .",
                "--mount .:relative",
                "--mount .:/bin",
                "--mount .:/etc/hostname/x",
                "--writable /",
                "--root missing",
                "--save missing"
            })
    void badInputIsOneLine(String options) throws Exception {
        Files.writeString(folder.resolve("file"), "");
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options.split(" ", -1)));
        words.add("/bin/true");
        try (Running running = gostub(words.toArray(new String[0]))) {
            assertEquals(2, running.exit(), running.what("ended with another status"));
            assertEquals(1, running.err.text().lines().count(), running.err.text());
        }
    }

    /** The library is built natively before, into the same cache: that would take the emulator many minutes. */
    @Test
    void goBuildsAndTestsAModule() throws Exception {
        Path go = Tool.need("go");
        Path module = module("module");
        Path cache = Files.createDirectory(module.resolve("cache"));
        Path warm = module("warm");
        for (List<String> words : List.of(List.of("build", "-o", "m", "."), List.of("test", "./..."))) {
            List<String> command = new ArrayList<>(List.of(go.toString()));
            command.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(command).directory(warm.toFile());
            environment(cache)
                    .forEach(each -> builder.environment()
                            .put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
            try (Running running = Running.start(builder)) {
                assertEquals(0, running.exit(BUILD), running.what("failed natively"));
            }
            inGostub(module, cache, command);
        }
        try (Running running =
                Running.start(new ProcessBuilder(module.resolve("m").toString()))) {
            assertEquals(0, running.exit());
            assertEquals("hello go\n", running.out.text());
        }
        assertEquals("golden", Files.readString(module.resolve("greet/golden")));
    }

    private void inGostub(Path module, Path cache, List<String> command) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("run", "--writable", module.toString(), "--cwd", module.toString()));
        environment(cache).forEach(each -> words.addAll(List.of("--env", each)));
        words.addAll(command);
        try (Running running = gostub(words.toArray(new String[0]))) {
            assertEquals(0, running.exit(BUILD), running.what("failed"));
        }
    }

    private static List<String> environment(Path cache) {
        return List.of("GOCACHE=" + cache, "GOFLAGS=-buildvcs=false", "GOTOOLCHAIN=local", "CGO_ENABLED=0");
    }

    private Path module(String name) throws IOException {
        Path module =
                Files.createDirectories(folder.resolve(name).resolve("greet")).getParent();
        Files.writeString(module.resolve("go.mod"), "module example.org/m\n\ngo 1.21\n");
        Files.writeString(module.resolve("main.go"), """
                package main

                import (
                	"fmt"

                	"example.org/m/greet"
                )

                func main() { fmt.Println(greet.Hello("go")) }
                """);
        Files.writeString(module.resolve("greet/greet.go"), """
                package greet

                func Hello(who string) string { return "hello " + who }
                """);
        Files.writeString(module.resolve("greet/greet_test.go"), """
                package greet

                import (
                	"os"
                	"path/filepath"
                	"testing"
                )

                func TestHello(t *testing.T) {
                	if Hello("x") != "hello x" {
                		t.Fatal("no")
                	}
                	if err := os.WriteFile(filepath.Join(t.TempDir(), "f"), []byte("a"), 0o600); err != nil {
                		t.Fatal(err)
                	}
                	if err := os.WriteFile("golden", []byte("golden"), 0o644); err != nil {
                		t.Fatal(err)
                	}
                }
                """);
        return module;
    }
}
