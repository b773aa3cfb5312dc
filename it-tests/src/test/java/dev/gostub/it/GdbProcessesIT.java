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
    void serve() throws IOException, InterruptedException {
        Client.gdb().command();
        program = GoPrograms.debuggable("1.26.0", "processes");
        server = Server.of(program);
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
    void breakpointsMeetTheProgramAndNotItsChild() {
        gdb.type("break main.work");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("is executing new program"), stop);
        assertTrue(stop.contains("hit Breakpoint 1, main.work (n=21"), stop);
        assertTrue(gdb.type("continue").contains("exited normally"));
        assertTrue(server.process.out.text().contains("heard: child 42"), "the child ran through");
        assertTrue(server.process.out.text().contains("replaced 42"));
    }

    /** The child runs in the program's memory until it executes a program of its own (vfork). */
    @Test
    void childIsNotStoppedByBreakpointsInTheMemoryThatItBorrows() {
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
        assertTrue(server.process.out.text().contains("heard: child 42"));
    }

    @Test
    void executionsAreCaught() {
        gdb.type("catch exec");
        String stop = gdb.type("continue");
        assertTrue(stop.contains("Catchpoint 1 (exec'd"), stop);
        assertFalse(server.process.out.text().contains("replaced"), "stands before its first instruction");
        assertTrue(gdb.type("info symbol $pc").contains("_rt0_amd64_linux"));
        assertTrue(gdb.type("continue").contains("exited normally"));
    }
}
