package dev.gostub.app;

import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.Rehearsal;
import dev.gostub.server.transport.ListenAddress;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Goes once through what every start needs, so that the JVM's AOT cache holds those classes loaded and linked: the command
 * line, a session as gdb opens it and steps, one as dlv does, and a program from start to end. The launcher runs it once per build.
 */
final class TrainingRun {
    /** What gdb says for each step of {@code stepi N}. */
    private static final List<String> GDB_STEP =
            List.of("vCont;s:p4c4b40.4c4b40;c:p4c4b40.-1", "m464840,1", "m464840,1", "m7fffffffe000,40", "m1,9");

    private static final List<String> GDB_RUN = List.of(
            "QPassSignals:e;10;14;17;1a;1b;1c;21;24;25;2c;4c;97;",
            "Z0,464840,1",
            "z0,464840,1",
            "Z0,499080,1",
            "vCont;c:p4c4b40.-1",
            "qXfer:threads:read::0,1000",
            "g");

    /** Enough for the profile in the cache to tell the compiler what is hot before a session has shown it. */
    private static final int STEPS = 3_000;

    private static final List<String> LLDB_STEP =
            List.of("vCont;s:4c4b40", "qThreadStopInfo4c4b40", "g;thread:4c4b40;", "m7fffffffe000,8");

    private static final List<String> LLDB_RUN = List.of("vCont;c", "qfThreadInfo", "qsThreadInfo", "g;thread:4c4b40;");

    private TrainingRun() {}

    static int run() throws UserError {
        LoggerFactory.getLogger(TrainingRun.class).debug("Logback is loaded");
        Main.warmUp();
        if (!(Arguments.parse(List.of("debug", "--once", "--listen", ":0", "--seed", "0", "hello"))
                instanceof Invocation.Debug debug)) throw new IllegalStateException("debug is not debug");
        DebugCommand.debug(debug, (address, program, opened) -> {
            DebugCommand.sayReady(address, program, opened);
            converse(address, Personality.Dialect.GDB, GDB_STEP, GDB_RUN);
        });
        if (!(Arguments.parse(List.of("lldb-server", "gdbserver", ":0", "--", "hello"))
                instanceof Invocation.LldbServer lldb))
            throw new IllegalStateException("lldb-server is not lldb-server");
        DebugCommand.lldbServer(
                lldb, (address, _, _) -> converse(address, Personality.Dialect.LLDB, LLDB_STEP, LLDB_RUN));
        Arguments.parse(List.of("run", "--env", "A=1", "hello")).carryOut();
        return 0;
    }

    /** Says what the script says; the server then goes on by itself, since its one client has left. */
    private static void converse(
            ListenAddress address, Personality.Dialect dialect, List<String> step, List<String> end) {
        try (ScriptedClient client = new ScriptedClient(DebugCommand.port(address))) {
            for (String line : Rehearsal.opening(dialect)) client.ask(line);
            for (int i = 0; i < STEPS; i++) {
                for (String line : step) client.ask(line);
            }
            for (String line : end) client.ask(line);
        } catch (IOException e) {
            System.err.println("gostub: the training conversation broke off: " + e.getMessage());
        }
    }
}
