package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packets by hand: single steps, and clients that send garbage, halves, too much, or hang up. */
class RawProtocolIT {
    private static final long ENTRY = 0x464840;

    private Server server;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        server = Server.ofSample("hello");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertStillAtEntry() throws IOException {
        try (RspClient next = RspClient.ready(server.port)) {
            assertTrue(next.ask("?").matches("[TS]05.*"), "the next client is served");
            assertEquals(ENTRY, next.pc());
        }
    }

    private static String thread(RspClient client) throws IOException {
        Matcher thread = Pattern.compile("thread:(p[0-9a-f.]+);").matcher(client.ask("?"));
        assertTrue(thread.find());
        return thread.group(1);
    }

    @Test
    void eachStepIsAnsweredByOneStop() throws IOException {
        try (RspClient client = RspClient.ready(server.port)) {
            String thread = thread(client);
            for (int i = 0; i < 2000; i++) {
                String stop = client.ask("vCont;s:" + thread);
                assertTrue(stop.startsWith("T05"), stop);
            }
            client.isInStep(); // no stop reply that nobody asked for
        }
    }

    @Test
    void firstStepsFollowTheCode() throws IOException {
        try (RspClient client = RspClient.ready(server.port)) {
            String thread = thread(client);
            long[] expected = {0x461360, 0x461364, 0x461369, 0x461380};
            for (long pc : expected) {
                client.ask("vCont;s:" + thread);
                assertEquals(pc, client.pc());
            }
        }
    }

    @Test
    void unknownPacketsAreAnsweredEmpty() throws IOException {
        try (RspClient client = RspClient.ready(server.port)) {
            for (String packet :
                    new String[] {"qNobodyKnows", "vNobodyKnows", "vMustReplyEmpty", "QNobodyKnows:1", "Y"}) {
                assertEquals("", client.ask(packet), packet);
            }
        }
    }

    @Test
    void impossibleRequestsAreErrors() throws IOException {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "gdbserver 13 aborts on an unknown thread");
        try (RspClient client = RspClient.ready(server.port)) {
            for (String packet :
                    new String[] {"m10,8", "M10,1:00", "vCont;s:p1.ffff", "vCont;s:7fffffff", "Hgp1.ffff", "Tp1.fffe"
                    }) {
                String answer = client.ask(packet);
                assertTrue(answer.startsWith("E"), packet + " is answered " + answer);
            }
            assertEquals(ENTRY, client.pc());
        }
    }

    @Test
    void malformedPacketsDoNotEndTheSession() throws IOException {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "gdbserver's answers differ");
        String[] packets = {
            "m",
            "mzz,zz",
            "m0",
            "m0,",
            "m,4",
            "M464840,4:zz",
            "M464840,4",
            "p",
            "pzz",
            "p999999",
            "P1",
            "G00",
            "Z0",
            "Z0,",
            "Z9,1,1",
            "z0,zz,1",
            "vCont",
            "vCont;",
            "vCont;q",
            "vCont;s:",
            "vCont;r",
            "vCont;r1",
            "H",
            "Hx",
            "T",
            "qXfer:features:read",
            "qXfer:features:read:target.xml",
            "qXfer:features:read:nothing.xml:0,10",
            "qXfer:nothing:read::0,10",
            "vFile:open:zz",
            "vFile:pread:99,10,0",
            "vFile:",
            "X464840,4:",
            "x464840",
            "QPassSignals:zz",
            "vRun;zz",
            "C",
            "Czz",
            "qSupported:;;=;+",
            "mffffffffffffffff,ffffffff"
        };
        try (RspClient client = RspClient.ready(server.port)) {
            for (String packet : packets) {
                String answer = client.ask(packet);
                assertTrue(
                        answer.isEmpty() || answer.matches("(?s)E.*|OK|l.*|m.*|F-1.*|PacketSize.*"),
                        packet + " is answered " + answer);
            }
            assertEquals(ENTRY, client.pc());
        }
    }

    @Test
    void wrongChecksumIsRefusedAndTheRetryServed() throws IOException {
        try (RspClient client = RspClient.connect(server.port)) {
            client.raw("$?#00");
            assertEquals('-', client.rawByte());
            client.raw("$?#3f");
            assertEquals('+', client.rawByte());
            assertTrue(client.answer().matches("[TS]05.*"));
        }
        assertStillAtEntry();
    }

    @Test
    void randomBytesDoNotDisturbTheNextClient() throws IOException {
        Random random = new Random(20261122);
        for (int round = 0; round < 8; round++) {
            try (RspClient client = RspClient.connect(server.port)) {
                StringBuilder noise = new StringBuilder();
                for (int i = 0; i < 5000; i++) {
                    char c = (char) random.nextInt(256);
                    noise.append(c == 3 || c == '$' ? 'x' : c);
                }
                client.raw(noise.toString());
            }
        }
        assertStillAtEntry();
    }

    @Test
    void halfPacketIsForgottenWithItsClient() throws IOException {
        try (RspClient client = RspClient.connect(server.port)) {
            client.raw("$vCont;c");
        }
        try (RspClient client = RspClient.connect(server.port)) {
            client.raw("$vCont;c#");
        }
        assertStillAtEntry();
    }

    @Test
    void oversizedPacketEndsAtWorstItsSession() throws IOException {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "gdbserver cuts such packets");
        try (RspClient client = RspClient.connect(server.port)) {
            try {
                client.raw("$");
                for (int i = 0; i < 64; i++) {
                    client.raw("m".repeat(1 << 20));
                }
            } catch (IOException hungUp) {
                assertTrue(true, "the server need not read to the end");
            }
        }
        assertStillAtEntry();
    }

    @Test
    void hangUpWhileRunningLeavesTheProgramPaused() throws IOException, InterruptedException {
        assumeTrue(Subject.chosen() == Subject.GOSTUB, "gdbserver notices only at the next stop");
        server.close();
        server = Server.of(GoPrograms.debuggable("1.26.0", "busy"));
        try (RspClient client = RspClient.ready(server.port)) {
            client.ask("QPassSignals:10");
            client.send("vCont;c");
            server.process.out.await("spinning\n");
        }
        try (RspClient next = RspClient.ready(server.port)) {
            assertTrue(next.ask("?").startsWith("T"), "stopped");
            long pc = next.pc();
            for (int i = 0; i < 100; i++) assertEquals(pc, next.pc());
            next.ask("QPassSignals:10");
            next.send("vCont;c");
            server.process.awaitWork();
            next.raw("\u0003");
            assertTrue(next.answer().startsWith("T02"), "interrupted");
        }
    }

    @Test
    void interruptIsAnsweredByOneStop() throws IOException, InterruptedException {
        server.close();
        server = Server.of(GoPrograms.debuggable("1.26.0", "busy"));
        try (RspClient client = RspClient.ready(server.port)) {
            assertEquals("OK", client.ask("QPassSignals:10")); // SIGURG, by which Go preempts
            client.send("vCont;c");
            server.process.out.await("spinning\n");
            server.process.awaitWork();
            client.raw("\u0003");
            String stop = client.answer();
            assertTrue(stop.startsWith("T02"), stop);
            client.isInStep();
        }
    }

    @Test
    void breakpointIsInvisibleInMemoryAndMayBeSetTwice() throws IOException {
        try (RspClient client = RspClient.ready(server.port)) {
            String code = client.ask("m461360,8");
            assertEquals("OK", client.ask("Z0,461360,1"));
            assertEquals("OK", client.ask("Z0,461360,1"));
            assertEquals(code, client.ask("m461360,8"));
            String stop = client.ask("vCont;c");
            assertTrue(stop.startsWith("T05"), stop);
            assertEquals(0x461360, client.pc());
            assertEquals("OK", client.ask("z0,461360,1"));
            assertEquals(code, client.ask("m461360,8"));
        }
    }

    @Test
    void secondClientDoesNotDisturbTheFirst() throws IOException {
        try (RspClient first = RspClient.ready(server.port);
                RspClient second = RspClient.connect(server.port)) {
            second.raw("$?#3f");
            String thread = thread(first);
            assertTrue(first.ask("vCont;s:" + thread).startsWith("T05"));
            assertEquals(0x461360, first.pc());
        }
    }
}
