package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** gdb and a program that makes a child and then replaces itself: the debugger stays with the program, the child runs freely. */
class GdbProcessesIT {
    private Path program;
    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void needGdb() {
        Client.gdb().command();
    }

    private void serve(String... arguments) throws IOException, InterruptedException {
        program = GoPrograms.debuggable("1.26.0", "processes");
        server = Server.of(program, arguments);
        gdb = GdbSession.connect(program, server);
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
    void breakpointsMeetTheProgramAndNotItsChild() throws IOException, InterruptedException {
        serve();
        gdb.type("break main.work");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("is executing new program"), stop);
        assertTrue(stop.contains("hit Breakpoint 1, main.work (n=21"), stop);
        assertTrue(gdb.type("continue").contains("exited normally"));
        server.process.out.await("heard: child 42");
        server.process.out.await("replaced 42");
    }

    /** The child runs in the program's memory until it executes a program of its own (vfork). */
    @Test
    void childIsNotStoppedByBreakpointsInTheMemoryThatItBorrows() throws IOException, InterruptedException {
        serve();
        gdb.type("break syscall.rawVforkSyscall");
        gdb.type("break syscall.RawSyscall");
        String stop = gdb.type("continue");
        while (!stop.contains("rawVforkSyscall")) {
            assertTrue(stop.contains("hit Breakpoint"), stop);
            stop = gdb.type("continue");
        }
        long thread = gdb.value("$_gthread");
        gdb.type("finish");
        assertEquals(thread, gdb.value("$_gthread"));
        gdb.type("delete");
        assertTrue(gdb.type("continue").contains("exited normally"));
        server.process.out.await("heard: child 42");
    }

    @Test
    void executionsAreCaught() throws IOException, InterruptedException {
        serve();
        gdb.type("catch exec");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("Catchpoint 1 (exec'd"), stop);
        assertFalse(server.process.out.text().contains("replaced"), "stands before its first instruction");
        assertTrue(gdb.type("info symbol $pc").contains("_rt0_amd64_linux"));
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    /** The child has all the turns; still it is the program that stops. */
    @Test
    void controlCStopsTheProgramThatWaitsForItsChild() throws IOException, InterruptedException {
        serve("parent", "spin");
        int from = gdb.begin("continue");
        server.process.err.await("child spins");
        gdb.interrupt();
        String stop = gdb.finish(from);
        assertTrue(stop.contains("SIGINT"), stop);
        assertTrue(gdb.type("info inferiors")
                        .lines()
                        .filter(line -> line.contains("process"))
                        .count()
                == 1);
        assertTrue(gdb.type("info threads").contains("5000000.5000000"));
        assertTrue(gdb.type("thread apply all backtrace 1").contains("Thread 1"));
        assertTrue(gdb.type("kill").contains("killed"));
    }
}
