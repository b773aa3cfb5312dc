package dev.gostub.app;

import dev.gostub.server.transport.ListenAddress;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Goes once through what every start needs, so that the JVM's AOT cache holds those classes loaded and linked: the command
 * line, a session as gdb opens it, one as dlv opens it, and a program from start to end. The launcher runs it once per build.
 */
final class TrainingRun {
    private static final List<String> GDB = List.of(
            "qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+;error-message+;xmlRegisters=i386",
            "vMustReplyEmpty",
            "QStartNoAckMode",
            "!",
            "Hgp0.0",
            "qXfer:features:read:target.xml:0,1000",
            "qXfer:features:read:64bit-core.xml:0,1000",
            "qXfer:threads:read::0,1000",
            "vCont?",
            "qAttached",
            "qfThreadInfo",
            "qsThreadInfo",
            "?",
            "qXfer:auxv:read::0,1000",
            "qXfer:exec-file:read::0,1000",
            "vFile:setfs:0",
            "g",
            "m464840,40",
            "Z0,464840,1",
            "z0,464840,1",
            "vCont;s:p-1.-1",
            "p10");

    private static final List<String> LLDB = List.of(
            "QStartNoAckMode",
            "QThreadSuffixSupported",
            "qSupported:swbreak+;hwbreak+;no-resumed+;xmlRegisters=i386",
            "qRegisterInfo0",
            "QListThreadsInStopReply",
            "qfThreadInfo",
            "qsThreadInfo",
            "qProcessInfo",
            "g",
            "Z0,499080,1",
            "vCont;c");

    private TrainingRun() {}

    static int run() throws UserError {
        LoggerFactory.getLogger(TrainingRun.class).debug("Logback is loaded");
        if (!(Arguments.parse(List.of("debug", "--once", "--listen", ":0", "--seed", "0", "hello"))
                instanceof Invocation.Debug debug)) throw new IllegalStateException("debug is not debug");
        DebugCommand.debug(debug, (address, program) -> {
            DebugCommand.sayReady(address, program);
            converse(address, GDB);
        });
        if (!(Arguments.parse(List.of("lldb-server", "gdbserver", ":0", "--", "hello"))
                instanceof Invocation.LldbServer lldb))
            throw new IllegalStateException("lldb-server is not lldb-server");
        DebugCommand.lldbServer(lldb, (address, _) -> converse(address, LLDB));
        Arguments.parse(List.of("run", "--env", "A=1", "hello")).carryOut();
        return 0;
    }

    /** Says what the script says; the server then goes on by itself, since its one client has left. */
    private static void converse(ListenAddress address, List<String> script) {
        try (ScriptedClient client = new ScriptedClient(DebugCommand.port(address))) {
            for (String line : script) client.ask(line);
        } catch (IOException e) {
            System.err.println("gostub: the training conversation broke off: " + e.getMessage());
        }
    }
}
