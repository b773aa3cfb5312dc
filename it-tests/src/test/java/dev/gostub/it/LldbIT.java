package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** lldb itself, on the port that gdb uses too ({@code gdb-remote PORT}); by lldbs of several ages. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.gostub.it.Client#lldbs")
class LldbIT {
    private static final Path HELLO = Samples.file("hello");
    private static final List<String> ORDER = List.of(
            "runtime.args", "runtime.osinit", "runtime.schedinit", "runtime.newproc", "runtime.mstart", "main.main");

    @Parameter
    Client lldb;

    private Server server;
    private LldbSession session;

    @BeforeEach
    void needLldb() {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "lldb on gdbserver has its own ways");
        lldb.command();
    }

    @AfterEach
    void leave() {
        if (server != null) {
            server.close();
        }
    }

    private void run(Path program, String... lines) throws IOException, InterruptedException {
        server = Server.of(program);
        again(program, lines);
    }

    private void again(Path program, String... lines) throws IOException, InterruptedException {
        session = LldbSession.run(lldb, program, server, List.of(lines));
    }

    private void assertAnswer(String line, String... parts) {
        String answer = session.answer(line);
        for (String part : parts) {
            assertTrue(answer.contains(part), line + " is answered without " + part + ":\n" + session.transcript());
        }
    }

    @Test
    void programWaitsBeforeItsFirstInstruction() throws IOException, InterruptedException {
        run(HELLO, "process status", "register read rip", "memory read -c 4 0x400000", "disassemble -c 1");
        assertAnswer("process status", "Process 5000000 stopped", "hello`_rt0_amd64_linux");
        assertAnswer("register read rip", "rip = 0x0000000000464840");
        assertAnswer("memory read -c 4 0x400000", "0x00400000: 7f 45 4c 46");
        assertAnswer("disassemble -c 1", "->  0x464840 <+0>: jmp    0x461360");
    }

    @Test
    void singleStepsGoThroughTheFirstFunctions() throws IOException, InterruptedException {
        run(HELLO, "thread step-inst", "thread step-inst-over", "si", "register read rdi", "thread step-inst");
        assertAnswer("thread step-inst", "0x0000000000461360", "hello`_rt0_amd64");
        assertAnswer("thread step-inst-over", "0x0000000000461364");
        assertAnswer("si", "0x0000000000461369");
        assertAnswer("register read rdi", "rdi = 0x0000000000000001");
        assertAnswer("thread step-inst", "0x0000000000461380", "hello`runtime.rt0_go");
    }

    @Test
    void bootstrapFunctionsAreReachedInOrder() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        ORDER.forEach(function -> lines.add("breakpoint set -o true -n " + function)); // one shot: later calls go on
        lines.addAll(Collections.nCopies(ORDER.size(), "continue"));
        lines.addAll(List.of("thread list", "bt", "finish", "continue"));
        run(HELLO, lines.toArray(String[]::new));
        for (String function : ORDER) {
            assertAnswer("continue", "stop reason = one-shot breakpoint", "hello`" + function);
        }
        assertAnswer("thread list", "* thread #1: tid = 5000000", "thread #2: tid = 5000001", "hello`runtime.");
        assertAnswer("bt", "frame #0: ", "`main.main", "frame #1: ", "`runtime.main", "`runtime.goexit");
        assertAnswer("finish", "stop reason = step out", "hello`runtime.main");
        assertAnswer("continue", "Process 5000000 exited with status = 0");
        server.process.out.await("hello go\n");
    }

    @Test
    void registersAndMemoryCanBeSet() throws IOException, InterruptedException {
        run(
                HELLO,
                "register write r10 0x1122334455667788",
                "register read r10",
                "register read fs_base",
                "memory write 0x53e000 1 2 3",
                "memory read -c 3 0x53e000",
                "memory region 0x464840",
                "memory region 0x10");
        assertAnswer("register read r10", "r10 = 0x1122334455667788");
        assertAnswer("register read fs_base", "fs_base = 0x0000000000000000");
        assertAnswer("memory read -c 3 0x53e000", "0x0053e000: 01 02 03");
        assertAnswer("memory region 0x464840", "[0x0000000000400000-0x000000000049a000) r-x", "samples/hello");
        assertAnswer("memory region 0x10", "[0x0000000000000000-0x0000000000400000) ---");
    }

    @Test
    void watchpointStopsBehindTheStore() throws IOException, InterruptedException {
        // main.main stores rbp at 0x499093, after 0x50 bytes were reserved below the return address.
        run(
                HELLO,
                "breakpoint set -a 0x499093",
                "continue",
                // lldb 14 knows no language of expressions in a frame of Go, not even for a number.
                "settings set target.language c",
                "watchpoint set expression -w write -s 8 -- $rsp+0x50",
                "continue");
        assertAnswer("continue", "stop reason = breakpoint");
        assertAnswer("continue", "stop reason = watchpoint 1", "0x0000000000499098");
    }

    @Test
    void workersStopAtTheBreakpointAndRunToTheEnd() throws IOException, InterruptedException {
        run(
                GoPrograms.debuggable("1.26.0", "workers"),
                "breakpoint set -n main.visit",
                "continue",
                "continue",
                "thread backtrace all",
                "breakpoint delete -f",
                "continue");
        assertAnswer("continue", "stop reason = breakpoint 1.1", "workers`main.visit");
        assertAnswer("continue", "stop reason = breakpoint 1.1", "workers`main.visit");
        assertAnswer("thread backtrace all", "`main.visit", "thread #2");
        assertAnswer("continue", "exited with status = 0");
        server.process.out.await("total 1360\n");
    }

    @Test
    void killEndsTheProgram() throws IOException, InterruptedException {
        run(HELLO, "process kill", "process status");
        // lldb 16 says so after the next line only.
        assertAnswer("process status", "Process 5000000 exited with status = 9");
        server.process.exit();
    }

    @Test
    void detachedProgramIsFoundByTheNextClientWhereItWasLeft() throws IOException, InterruptedException {
        run(HELLO, "thread step-inst", "process detach");
        assertAnswer("process detach", "Process 5000000 detached");
        again(HELLO, "register read rip", "continue");
        assertAnswer("register read rip", "rip = 0x0000000000461360");
        assertAnswer("continue", "exited with status = 0");
        assertEquals(0, server.process.exit());
    }
}
