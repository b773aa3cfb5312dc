package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The first walkthrough, how a Go program starts, under stock gdbs of several ages with the sample {@code hello}. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.gostub.it.Client#gdbs")
class GdbStartupWalkthroughIT {
    private static final Path HELLO = Samples.file("hello");

    @Parameter
    Client client;

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        client.command();
        server = Server.ofSample("hello");
        gdb = GdbSession.connect(client, HELLO, server);
    }

    @AfterEach
    void leave() {
        if (gdb != null) {
            gdb.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void headersAreThoseOfTheDocument() throws IOException, InterruptedException {
        String files = gdb.type("info files");
        assertTrue(files.contains("Entry point: 0x464840"), files);
        try (Running readelf =
                Running.start(new ProcessBuilder(Tool.need("readelf").toString(), "-hW", HELLO.toString()))) {
            assertEquals(0, readelf.exit());
            String header = readelf.out.text();
            assertTrue(header.contains("Entry point address:               0x464840"), header);
            assertTrue(header.contains("Number of program headers:         7"), header);
            assertTrue(header.contains("Number of section headers:         25"), header);
        }
    }

    @Test
    void programWaitsBeforeItsFirstInstruction() {
        assertEquals(0x464840, gdb.value("$pc"));
        String code = gdb.type("x/10i $pc");
        assertTrue(code.startsWith("=> 0x464840 <_rt0_amd64_linux>:\tjmp "), code);
        assertTrue(code.lines().findFirst().orElse("").endsWith("<_rt0_amd64>"), code);
        assertEquals(10, code.lines().count(), code);
        assertEquals(1, gdb.value("*(long *)$rsp"), "argc");
        String registers = gdb.type("info registers");
        for (String name : List.of("rax", "rsp", "r15", "rip", "eflags", "cs")) {
            assertTrue(registers.lines().anyMatch(line -> line.startsWith(name + " ")), name + " in " + registers);
        }
    }

    @Test
    void runStopsAtTheEntryAgain() throws IOException {
        gdb.type("disconnect");
        String answer = gdb.type("target extended-remote 127.0.0.1:" + server.port);
        assertTrue(answer.contains("Remote debugging using"), answer);
        assertTrue(gdb.type("break *0x464840").contains("Breakpoint 1 at 0x464840"));
        String ran = gdb.type("run");
        assertTrue(ran.contains("Breakpoint 1, ") && ran.contains("_rt0_amd64_linux"), ran);
        assertEquals(0x464840, gdb.value("$pc"));
        assertTrue(gdb.type("continue").contains("exited normally"));
        ran = gdb.type("run");
        assertTrue(ran.contains("Breakpoint 1, ") && ran.contains("_rt0_amd64_linux"), ran);
        assertEquals(0x464840, gdb.value("$pc"));
    }

    @Test
    void singleStepsGoThroughTheFirstFunctions() {
        assertEquals("_rt0_amd64_linux", gdb.function());
        gdb.type("si");
        assertEquals("_rt0_amd64", gdb.function());
        gdb.type("si 2");
        assertEquals("_rt0_amd64", gdb.function());
        assertEquals(1, gdb.value("$rdi"), "argc in rdi");
        assertEquals(gdb.value("$rsp + 8"), gdb.value("$rsi"), "argv in rsi");
        gdb.type("si");
        assertEquals("runtime.rt0_go", gdb.function());
    }

    @Test
    void bootstrapFunctionsAreReachedInOrder() throws InterruptedException {
        List<String> order = List.of(
                "runtime.args",
                "runtime.osinit",
                "runtime.schedinit",
                "runtime.newproc",
                "runtime.mstart",
                "main.main");
        for (String function : order) {
            assertTrue(gdb.type("tbreak " + function).contains("Temporary breakpoint"), function);
        }
        for (String function : order) {
            String stop = gdb.type("continue");
            assertTrue(
                    stop.contains("Temporary breakpoint") && stop.contains(function), function + " expected:\n" + stop);
        }
        String threads = gdb.type("info threads");
        assertTrue(threads.contains("* ") && threads.contains("main.main ()"), threads);
        assertTrue(threads.lines().count() > 2, "several threads at main.main:\n" + threads);
        assertTrue(threads.contains("\"hello\""), "threads have names:\n" + threads);
        String end = gdb.type("continue");
        assertTrue(end.contains("exited normally"), end);
        server.process.out.await("hello go\n");
    }
}
