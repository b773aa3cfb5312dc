package dev.gostub.server.session;

import dev.gostub.server.handler.Personality;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session without a client: answers what a debugger says until its prompt, to nobody. The first packets of a JVM take
 * milliseconds each, later ones a few dozen microseconds, and a debugger takes some 50 ms to start before it says anything.
 *
 * <p>Nothing that is asked here changes the target.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** What gdb 13 says until its prompt, in its order; the last ones are those of gdb 18. */
    private static final List<String> GDB = List.of(
            "qSupported:multiprocess+;swbreak+;hwbreak+;qRelocInsn+;fork-events+;vfork-events+;exec-events+;vContSupported+;"
                    + "QThreadEvents+;no-resumed+;memory-tagging+;error-message+;xmlRegisters=i386",
            "vMustReplyEmpty",
            "QStartNoAckMode",
            "QProgramSignals:0;1;3;4;6;7;8;9;a;b;c;d;e;f;10;11;12;13;14;15;16;17;18;19;1a;1b;1c;1d;1e;1f",
            "Hgp0.0",
            "qXfer:features:read:target.xml:0,1000",
            "qXfer:features:read:64bit-core.xml:0,1000",
            "qXfer:features:read:64bit-sse.xml:0,1000",
            "qXfer:features:read:64bit-avx.xml:0,1000",
            "qXfer:features:read:64bit-linux.xml:0,1000",
            "qXfer:features:read:64bit-segments.xml:0,1000",
            "qXfer:auxv:read::0,1000",
            "qTStatus",
            "?",
            "qXfer:threads:read::0,1000",
            "qAttached:4c4b40",
            "qXfer:exec-file:read:4c4b40:0,1000",
            "Hc-1",
            "qOffsets",
            "qXfer:libraries-svr4:read::0,1000",
            "vFile:setfs:0",
            "vFile:open:2f70726f632f353030303030302f7461736b2f353030303030302f6d617073,0,1c0", // /proc/5000000/task/5000000/maps
            "vFile:pread:0,20000,0",
            "vFile:close:0",
            "m400040,38",
            "m7ffff7ffd000,1000",
            "qSymbol::",
            "vCont?",
            "qExecAndArgs",
            "x400040,38",
            "qfThreadInfo",
            "qsThreadInfo",
            "g",
            "p10");

    /** What dlv says when it has started its {@code lldb-server}. */
    private static final List<String> LLDB = List.of(
            "QStartNoAckMode",
            "QThreadSuffixSupported",
            "qSupported:swbreak+;hwbreak+;no-resumed+;xmlRegisters=i386",
            "qRegisterInfo0",
            "QListThreadsInStopReply",
            "qfThreadInfo",
            "qsThreadInfo",
            "qProcessInfo",
            "qThreadStopInfo4c4b40",
            "g;thread:4c4b40;",
            "m464840,40");

    private Rehearsal() {}

    /** What a debugger of that dialect says when it has connected, packet by packet. */
    public static List<String> opening(Personality.Dialect dialect) {
        return dialect == Personality.Dialect.GDB ? GDB : LLDB;
    }

    /**
     * Session thread: goes through the opening.
     *
     * @param over asked before each packet: true if somebody waits to be served
     */
    public static void perform(SessionSettings settings, BooleanSupplier over) {
        Session session = settings.unnoticed().open(new Nobody());
        for (String packet : opening(settings.personality().dialect())) {
            if (over.getAsBoolean()) {
                break;
            }
            var _ = session.answer(packet.getBytes(StandardCharsets.ISO_8859_1));
        }
        session.cleanUp();
        LOG.debug("rehearsal is over");
    }

    private static final class Nobody implements Connection {
        @Override
        public void send(byte[] payload) {}

        @Override
        public void sendLastAcknowledged(byte[] payload) {}

        @Override
        public void close() {}

        @Override
        public String peer() {
            return "nobody";
        }
    }
}
