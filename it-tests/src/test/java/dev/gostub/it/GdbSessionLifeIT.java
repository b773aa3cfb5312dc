package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sessions begin and end: detach, disconnect, kill, run again, and what becomes of the server. */
class GdbSessionLifeIT {
    private static final Path HELLO = Samples.file("hello");

    private Server server;
    private GdbSession gdb;

    @BeforeEach
    void needGdb() {
        Client.gdb().command();
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

    private void serve(Path program, String... arguments) throws IOException, InterruptedException {
        server = Server.of(program, arguments);
        gdb = GdbSession.connect(program, server);
    }

    @Test
    void nextClientFindsTheProgramWhereTheLastLeftIt() throws IOException, InterruptedException {
        serve(HELLO);
        gdb.type("break main.main");
        gdb.type("continue");
        long stopped = gdb.value("$pc");
        gdb.type("disconnect");
        gdb.close();
        gdb = GdbSession.connect(HELLO, server);
        assertEquals(stopped, gdb.value("$pc"));
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void clientMayVanishAndTheNextOneCarriesOn() throws IOException, InterruptedException {
        serve(HELLO);
        gdb.type("stepi 3");
        long stopped = gdb.value("$pc");
        gdb.close(); // killed: the connection just breaks
        gdb = GdbSession.connect(HELLO, server);
        assertEquals(stopped, gdb.value("$pc"));
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void detachLeavesTheProgramPausedForTheNextClient() throws IOException, InterruptedException {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "gdbserver lets the program go and ends");
        serve(HELLO);
        gdb.type("break main.main");
        gdb.type("continue");
        long stopped = gdb.value("$pc");
        String left = gdb.type("detach");
        assertTrue(left.contains("Detaching from program") && !left.contains("rror"), left);
        gdb.close();
        gdb = GdbSession.connect(HELLO, server);
        assertEquals(stopped, gdb.value("$pc"));
        assertEquals(
                0x48, gdb.value("*(unsigned char *)0x464840 == 0xe9 ? 0x48 : 0"), "no breakpoint left in the code");
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void killEndsTheServer() throws IOException, InterruptedException {
        serve(HELLO);
        assertTrue(gdb.type("kill").contains("killed"));
        gdb.quit();
        server.process.exit();
    }

    @Test
    void serverEndsWithTheGuestsStatus() throws IOException, InterruptedException {
        serve(GoPrograms.program("1.26.0", "exitcode"), "42");
        assertTrue(gdb.type("continue").contains("exited with code 052"));
        gdb.quit();
        int status = server.process.exit();
        assertEquals(Subject.chosen() == Subject.GOSTUB ? 42 : 0, status, server.process.what("ended"));
    }

    @Test
    void runStartsAgainWithNewArguments() throws IOException, InterruptedException {
        Path program = GoPrograms.debuggable("1.26.0", "values");
        server = Server.of(program, "first");
        gdb = GdbSession.open(program);
        gdb.type("set remote exec-file " + program);
        gdb.type("target extended-remote 127.0.0.1:" + server.port);
        gdb.type("set args second 'third argument'");
        gdb.type("break main.scale");
        String run = gdb.type("run");
        assertTrue(run.contains("Breakpoint 1, main.scale (f=1.5"), run);
        server.process.out.await("args [second third argument]");
        assertTrue(gdb.type("continue").contains("exited normally"));
        run = gdb.type("run");
        assertTrue(run.contains("Breakpoint 1, main.scale (f=1.5"), run);
    }

    @Test
    void programIsNamedByTheClient() throws IOException, InterruptedException {
        Path program = GoPrograms.debuggable("1.26.0", "values");
        ProcessBuilder command = Subject.chosen() == Subject.GOSTUB
                ? new ProcessBuilder(Subject.HOME.resolve("gostub").toString(), "debug", "--listen", "127.0.0.1:0")
                : new ProcessBuilder("gdbserver", "--multi", "--no-startup-with-shell", "127.0.0.1:0");
        server = Server.start(command);
        gdb = GdbSession.open(program);
        String connected = gdb.type("target extended-remote 127.0.0.1:" + server.port);
        assertTrue(connected.contains("Remote debugging using"), connected);
        gdb.type("set remote exec-file " + program);
        gdb.type("break main.factorial");
        String run = gdb.type("run");
        assertTrue(run.contains("Breakpoint 1, main.factorial (n=6"), run);
        gdb.type("delete");
        assertTrue(gdb.type("continue").contains("exited normally"));
    }

    @Test
    void onceEndsWithItsClient() throws IOException, InterruptedException {
        server = Server.start(
                Subject.chosen().debug(List.of("--once"), Map.of("PATH", "/bin"), HELLO.toString(), List.of()));
        gdb = GdbSession.connect(HELLO, server);
        gdb.quit();
        server.process.exit();
    }
}
