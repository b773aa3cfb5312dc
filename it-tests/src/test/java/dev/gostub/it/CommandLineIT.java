package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what a user sees of options, of bad input, and of a program that just runs. */
class CommandLineIT {
    private static final int E_CLASS = 4;
    private static final int E_DATA = 5;
    private static final int E_TYPE = 16;
    private static final int E_MACHINE = 18;
    private static final int E_ENTRY = 24;
    private static final int E_PHNUM = 56;
    private static final int PROGRAM_HEADERS = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;

    @TempDir
    private Path folder;

    private static Running gostub(String... words) throws IOException {
        Assumptions.assumeTrue(Subject.chosen() == Subject.GOSTUB, "only our own command line");
        List<String> command =
                new ArrayList<>(List.of(Subject.HOME.resolve("gostub").toString()));
        command.addAll(List.of(words));
        return Running.start(new ProcessBuilder(command));
    }

    private static void assertRefused(String... words) throws IOException, InterruptedException {
        try (Running running = gostub(words)) {
            int status = running.exit();
            String message = running.err.text();
            assertEquals(2, status, running.what("ended with another status"));
            assertEquals(1, message.lines().count(), running.what("says more or less than one line"));
            assertTrue(message.length() > 20, message);
            assertFalse(message.contains("Exception") || message.contains("\tat "), message);
            assertEquals("", running.out.text());
        }
    }

    /** The sample hello with some bytes of its headers changed. */
    private Path altered(String name, Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(Samples.file("hello"))).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(file);
        Path path = Files.write(folder.resolve(name), file.array());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path;
    }

    /** Offset of the header of the n-th segment that is loaded. */
    private static int load(ByteBuffer file, int n) {
        int seen = 0;
        for (int at = PROGRAM_HEADERS; ; at += PROGRAM_HEADER_BYTES) {
            if (file.getInt(at) == 1 && seen++ == n) {
                return at;
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> badProgramsAreRefusedInOneLine() throws IOException {
        byte[] hello = Files.readAllBytes(Samples.file("hello"));
        Path text = Files.writeString(folder.resolve("text"), "#!/no/such/shell\n");
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        Path half = Files.write(folder.resolve("half"), Arrays.copyOf(hello, 40));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(hello, 100));
        Path shorter = Files.write(folder.resolve("shorter"), Arrays.copyOf(hello, 100_000));
        Map<String, Path> bad = new java.util.TreeMap<>(Map.of(
                "no such file", folder.resolve("absent"),
                "a directory", folder,
                "not ELF", text,
                "empty", empty,
                "truncated ELF header", half,
                "truncated program headers", cut,
                "segments past the end of the file", shorter));
        bad.put("32-bit", altered("bits32", file -> file.put(E_CLASS, (byte) 1)));
        bad.put("big-endian", altered("big", file -> file.put(E_DATA, (byte) 2)));
        bad.put("another machine", altered("arm", file -> file.putShort(E_MACHINE, (short) 183)));
        bad.put("an object file", altered("object", file -> file.putShort(E_TYPE, (short) 1)));
        bad.put("a core file", altered("core", file -> file.putShort(E_TYPE, (short) 4)));
        bad.put("no segments", altered("none", file -> file.putShort(E_PHNUM, (short) 0)));
        bad.put("shared object without entry", altered("shared", file -> {
            file.putShort(E_TYPE, (short) 3);
            file.putLong(E_ENTRY, 0);
        }));
        bad.put("overlapping segments", altered("overlap", file -> {
            file.putLong(load(file, 1) + 16, file.getLong(load(file, 0) + 16));
        }));
        bad.put("segment larger in file than in memory", altered("sizes", file -> file.putLong(load(file, 0) + 40, 1)));
        bad.put("interpreter missing", altered("interpreter", file -> {
            byte[] name = "/no/such/linker\0".getBytes(StandardCharsets.US_ASCII);
            int note = PROGRAM_HEADERS + PROGRAM_HEADER_BYTES;
            file.putInt(note, 3);
            file.putLong(note + 32, name.length);
            file.put((int) file.getLong(note + 8), name);
        }));
        return bad.entrySet().stream()
                .flatMap(entry -> Stream.of("run", "debug")
                        .map(command -> DynamicTest.dynamicTest(command + ": " + entry.getKey(), () -> {
                            if (command.equals("run")) {
                                assertRefused("run", entry.getValue().toString());
                            } else {
                                assertRefused(
                                        "debug",
                                        "--listen",
                                        "127.0.0.1:0",
                                        entry.getValue().toString());
                            }
                        })));
    }

    @Test
    void unreadableProgramIsRefused() throws IOException, InterruptedException {
        Path secret = altered("secret", file -> {});
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("-wx------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "SKIPPED: this user may read everything");
        assertRefused("run", secret.toString());
    }

    @Test
    void portInUseIsRefused() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused("debug", "--listen", "127.0.0.1:" + taken.getLocalPort(), "hello");
        }
    }

    @TestFactory
    Stream<DynamicTest> badOptionsAreRefusedInOneLine() {
        return Stream.of(
                        "debug --listen nonsense hello",
                        "debug --listen 127.0.0.1:99999 hello",
                        "debug --listen 127.0.0.1: hello",
                        "debug --listen unix: hello",
                        "debug --listen no.such.host.invalid:1234 hello",
                        "debug --no-such-option hello",
                        "run --no-such-option hello",
                        "run --cpus 0 hello",
                        "run --cpus many hello",
                        "run --memory lots hello",
                        "run --env NOEQUALS hello",
                        "run --cwd /no/such/folder hello",
                        "run --log shouting hello",
                        "run",
                        "nosuchcommand")
                .map(line -> DynamicTest.dynamicTest(line, () -> assertRefused(line.split(" ", -1))));
    }

    @Test
    void sampleRunsByItsName() throws IOException, InterruptedException {
        try (Running running = gostub("run", "hello")) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertEquals("hello go\n", running.out.text());
            assertEquals("", running.err.text());
        }
    }

    @Test
    void samplesAreListed() throws IOException, InterruptedException {
        try (Running running = gostub("samples")) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertTrue(running.out.text().lines().anyMatch(line -> line.matches("\\W*hello\\b.*")), running.out.text());
            assertTrue(running.out.text().lines().anyMatch(line -> line.matches("\\W*a\\b.*")), running.out.text());
        }
    }

    @TestFactory
    Stream<DynamicTest> helpIsThereForEachCommand() {
        return Stream.of("--help", "debug --help", "run --help", "dlv --help", "samples --help", "demo --help")
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    try (Running running = gostub(line.split(" ", -1))) {
                        assertEquals(0, running.exit(), running.what("failed"));
                        assertTrue(
                                (running.out.text() + running.err.text()).contains("gostub"),
                                running.what("is silent"));
                    }
                }));
    }

    @Test
    void argumentsAfterTheProgramBelongToTheGuest() throws IOException, InterruptedException {
        Path files = GoPrograms.program("1.26.0", "files");
        try (Running running = gostub("run", "--env", "CORPUS_VALUE=v", files.toString(), "--help", "--env", "X=Y")) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertTrue(running.out.text().startsWith("4 [--help --env X=Y] v\n"), running.out.text());
        }
    }

    @Test
    void positionIndependentProgramRuns() throws IOException, InterruptedException {
        Path pie = folder.resolve("pie");
        String source = Subject.HOME.resolve("it-tests/src/test/c/pie.c").toString();
        List<String> compile = List.of("-O1", "-static-pie", "-fPIE", "-nostdlib", "-o", pie.toString(), source);
        List<String> words = new ArrayList<>(List.of(Tool.need("gcc").toString()));
        words.addAll(compile);
        try (Running gcc = Running.start(new ProcessBuilder(words))) {
            assertEquals(0, gcc.exit(), gcc.what("failed"));
        }
        try (Running running = gostub("run", "--clean-env", "--env", "A=b", pie.toString(), "x", "y")) {
            assertEquals(7, running.exit(), running.what("ended with another status"));
            // Linux puts programs with an interpreter at the first address and those without into the area of mmap
            // (binfmt_elf.c, load_elf_binary: "loaders"); both are places that gdb users have seen.
            String expected =
                    "x\ny\nA=b\nlies at (555555554000|7ffff7f[0-9a-f]{5})\nentry is right\nstack is aligned\n";
            assertTrue(running.out.text().matches(expected), running.what("printed something else"));
        }
    }

    @Test
    void sleepTakesNoTimeWhereNobodyLooksOn() throws IOException, InterruptedException {
        try (Running running = gostub("run", CPrograms.sleeper().toString())) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertEquals("asleep\n", running.out.text());
        }
    }

    @Test
    void sleepTakesItsTimeIfTheUserWantsSo() throws IOException, InterruptedException {
        try (Running running =
                gostub("run", "--pace", "real", CPrograms.sleeper().toString())) {
            running.out.await("asleep\n");
            running.signal("TERM");
            assertEquals(128 + 15, running.exit(), running.what("ended otherwise"));
        }
    }

    @Test
    void systemCallsAreShown() throws IOException, InterruptedException {
        try (Running running = gostub("run", "--strace", "hello")) {
            assertEquals(0, running.exit(), running.what("failed"));
            assertEquals("hello go\n", running.out.text());
            assertTrue(running.err.text().contains("write(1, \"hello go\\n\", 9)"), running.err.text());
        }
    }

    @Test
    void readyLineComesOnceAndIsFollowedByTheCommandToPaste() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Subject.chosen() == Subject.GOSTUB, "only our own command line");
        try (Server server = Server.ofSample("hello")) {
            server.process.err.await("target remote ");
            String said = server.process.err.text();
            assertEquals(2, said.lines().count(), said);
            assertTrue(said.startsWith("gostub: listening on 127.0.0.1:" + server.port + "\n"), said);
            assertTrue(said.contains("gdb ") && said.contains(":" + server.port), said);
        }
    }

    @Test
    void unixSocketIsPrivateAndServesGdb() throws IOException, InterruptedException {
        Tool.need("gdb");
        Path socket = folder.resolve("socket");
        try (Running server = gostub("debug", "--listen", "unix:" + socket, "hello")) {
            server.err.await("listening on unix:" + socket);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            try (GdbSession gdb = GdbSession.open(Samples.file("hello"))) {
                gdb.type("target remote " + socket);
                assertEquals(0x464840, gdb.value("$pc"));
                assertTrue(gdb.type("continue").contains("exited normally"));
                gdb.quit();
            }
            assertEquals(0, server.exit(), server.what("ended badly"));
        }
    }

    @Test
    void twoRunsAreTheSameRun() throws IOException, InterruptedException {
        Path program = GoPrograms.program("1.26.0", "goroutines");
        List<String> logs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (Running running = gostub("run", "--clean-env", "--strace", "--seed", "7", program.toString())) {
                assertEquals(0, running.exit(), running.what("failed"));
                logs.add(running.err.text());
            }
        }
        assertTrue(logs.getFirst().lines().count() > 50, "a log of system calls");
        assertEquals(logs.getFirst(), logs.getLast());
    }
}
