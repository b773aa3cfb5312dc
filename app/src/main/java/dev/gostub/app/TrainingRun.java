package dev.gostub.app;

import dev.gostub.server.session.PacketLog;
import dev.gostub.server.transport.ListenAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Goes once through what every start needs, so that the JVM's AOT cache holds those classes loaded and linked: the command
 * line, a session as gdb opens it, one as dlv opens it, and a program from start to end. The launcher runs it once per build.
 */
final class TrainingRun {
    private static final ListenAddress ANY_PORT = new ListenAddress.Tcp("127.0.0.1", 0);
    private static final ProgramLine PROGRAM = new ProgramLine("hello", List.of());

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
        Arguments.parse(List.of("debug", "--listen", ":0", "--seed", "1", "hello", "x"));
        Arguments.parse(List.of("run", "--env", "A=1", "hello", "x"));
        Arguments.parse(List.of("lldb-server", "gdbserver", ":1", "--", "hello"));
        LoggerFactory.getLogger(TrainingRun.class).debug("Logback is loaded");
        try (Serving gdb = Serving.gdb(target(), Serving.Lifetime.ONE_CLIENT, ANY_PORT, PacketLog.none())) {
            GdbCommand.text(gdb.address(), Optional.of(Samples.embedded().find("hello")));
            converse(gdb, GDB);
        }
        try (Serving lldb = Serving.lldb(target(), ANY_PORT, PacketLog.none())) {
            converse(lldb, LLDB);
        }
        RunCommand.run(new Invocation.Run(GuestOptions.defaults(), PROGRAM));
        return 0;
    }

    private static MachineTarget target() throws UserError {
        MachineTarget target = new MachineTarget(GuestStart.here(GuestOptions.defaults()));
        target.load(PROGRAM);
        return target;
    }

    private static void converse(Serving serving, List<String> script) throws UserError {
        if (!(serving.address() instanceof ListenAddress.Tcp(String _, int port))) return;
        try (ScriptedClient client = new ScriptedClient(port)) {
            for (String line : script) client.ask(line);
        } catch (IOException e) {
            throw new UserError("the training conversation broke off: " + e.getMessage());
        }
        serving.await();
    }
}
