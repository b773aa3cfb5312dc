package dev.gostub.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gostub.limit.TimeLimit;
import dev.gostub.server.handler.EndCause;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.session.Rehearsal;
import dev.gostub.server.session.SessionSettings;
import dev.gostub.server.target.FakeTarget;
import dev.gostub.server.target.StopReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugServerTest {
    private static final int LOOP = 0xeb;

    private final BlockingQueue<EndCause> ends = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final FakeTarget target = FakeTarget.running(LOOP);
    private DebugServer server;

    @BeforeEach
    void start() throws ListenException {
        server = start("127.0.0.1:0");
    }

    private DebugServer start(String address) throws ListenException {
        return DebugServer.start(
                ListenAddress.parse(address, Path::of),
                new SessionSettings(target, Personality.gdb(), PacketLog.to(log::add), ends::add));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EndCause end() throws InterruptedException {
        return TimeLimit.NEAR.next(ends).orElseThrow(() -> new AssertionError("the session goes on"));
    }

    @Test
    void rehearsalIsNeitherLoggedNorReported() throws Exception {
        Rehearsal.perform(
                new SessionSettings(target, Personality.gdb(), PacketLog.to(log::add), ends::add), () -> false);
        assertTrue(log.isEmpty(), log::toString);
        assertTrue(ends.isEmpty(), ends::toString);
    }

    @Test
    void serverThatCannotTakeClientsInSaysSo() throws Exception {
        Endpoint broken = Endpoint.bind(ListenAddress.parse("127.0.0.1:0", Path::of));
        broken.close();
        try (DebugServer lame = DebugServer.start(
                broken, new SessionSettings(target, Personality.gdb(), PacketLog.to(log::add), ends::add))) {
            assertEquals(EndCause.UNSERVED, end(), lame::toString);
        }
    }

    @Test
    void portZeroIsAFreePort() {
        assertTrue(server.address() instanceof ListenAddress.Tcp(String host, int port) && port > 0);
    }

    @Test
    void wholeExchangeWithAcknowledgements() throws IOException {
        try (WireClient client = WireClient.connect(server.address())) {
            client.raw("+$qSupported:multiprocess+#c6");
            client.expect("+$PacketSize=20000;");
        }
    }

    @Test
    void interruptStopsARunningTargetAndTheNextCommandIsAnswered() throws IOException {
        try (WireClient client = WireClient.introduced(server.address())) {
            for (int i = 0; i < 20; i++) {
                client.tell("vCont;c");
                client.raw("\003");
                assertTrue(client.next().startsWith("T02"));
                assertEquals("OK", client.ask("QNonStop:0"));
            }
        }
    }

    @Test
    void hangUpWhileRunningLeavesTheTargetToTheNextClient() throws Exception {
        try (WireClient client = WireClient.introduced(server.address())) {
            client.tell("vCont;c");
            assertTrue(TimeLimit.NEAR.await(() -> target.retired() > 0), "it runs");
        }
        assertEquals(EndCause.DISCONNECTED, end());
        assertTrue(target.lastStop().orElseThrow() instanceof StopReason.Interrupted);
        try (WireClient next = WireClient.introduced(server.address())) {
            assertTrue(next.ask("?").startsWith("T02"));
        }
    }

    @Test
    void clientThatReconnectsAtOnceIsServed() throws IOException {
        for (int i = 0; i < 30; i++) {
            try (WireClient client = WireClient.introduced(server.address())) {
                assertTrue(client.ask("?").startsWith("T"));
            }
        }
    }

    @Test
    void secondClientIsRefusedAfterAMoment() throws IOException {
        try (WireClient first = WireClient.introduced(server.address());
                WireClient second = WireClient.connect(server.address())) {
            assertTrue(second.isClosedByServer());
            assertTrue(first.ask("?").startsWith("T05"));
        }
    }

    @Test
    void waitingClientFollowsTheFirst() throws IOException {
        WireClient first = WireClient.introduced(server.address());
        try (WireClient second = WireClient.connect(server.address())) {
            assertTrue(first.ask("?").startsWith("T05"));
            second.raw("$?#3f");
            first.close();
            second.expect("+$T05");
        }
    }

    @Test
    void connectionThatNeverSpokeGivesWayAndIsNotReported() throws Exception {
        try (WireClient silent = WireClient.connect(server.address());
                WireClient client = WireClient.introduced(server.address())) {
            assertTrue(client.ask("?").startsWith("T05"));
            assertTrue(silent.isClosedByServer());
        }
        assertEquals(EndCause.DISCONNECTED, end());
        assertTrue(ends.isEmpty());
    }

    @Test
    void garbageHalfPacketsAndWrongChecksumsDoNoHarm() throws IOException {
        try (WireClient client = WireClient.connect(server.address())) {
            client.raw("GET / HTTP/1.1\r\n\r\n$?#00");
            client.expect("-");
            client.raw("$?#3f");
            client.expect("+$T05");
        }
        try (WireClient client = WireClient.connect(server.address())) {
            client.raw("$m4648");
        }
        try (WireClient client = WireClient.introduced(server.address())) {
            assertEquals("E16", client.ask("X464840,1:" + "z".repeat(0x20000)));
            assertTrue(client.ask("?").startsWith("T05"));
        }
    }

    @Test
    void packetOfTheAnnouncedSizeIsTaken() throws IOException {
        try (WireClient client = WireClient.introduced(server.address())) {
            String head = "X464000,1ffe8:";
            // Longer than the code page, so that it is understood and refused by the target.
            assertEquals("E0e", client.ask(head + "z".repeat(0x1ffe8)));
        }
    }

    @Test
    void detachIsAnsweredBeforeTheConnectionIsClosed() throws Exception {
        try (WireClient client = WireClient.introduced(server.address())) {
            assertEquals("OK", client.ask("D"));
            assertTrue(client.isClosedByServer());
        }
        assertEquals(EndCause.DETACHED, end());
    }

    @Test
    void closeInterruptsARunningTarget() throws IOException {
        try (WireClient client = WireClient.introduced(server.address())) {
            client.tell("vCont;c");
            server.close();
            assertTrue(target.inferior().isPresent());
        }
    }

    @Test
    void listenerMayCloseTheServer() throws Exception {
        BlockingQueue<DebugServer> started = new LinkedBlockingQueue<>();
        DebugServer once = DebugServer.start(
                ListenAddress.parse("127.0.0.1:0", Path::of),
                new SessionSettings(target, Personality.gdb(), PacketLog.none(), cause -> {
                    DebugServer own = started.remove();
                    own.close();
                    ends.add(cause);
                }));
        started.add(once);
        try (WireClient client = WireClient.introduced(once.address())) {
            assertEquals("OK", client.ask("D"));
        }
        assertEquals(EndCause.DETACHED, end());
        assertThrows(IOException.class, () -> WireClient.connect(once.address()));
    }

    @Test
    void takenPortIsOneLine() {
        ListenException failure =
                assertThrows(ListenException.class, () -> start(server.address().toString()));
        assertEquals(
                "cannot listen on " + server.address()
                        + ": the address is already in use; choose another port, or 0 for any free one",
                failure.line());
    }

    @Test
    void foreignAddressIsOneLine() {
        ListenException failure = assertThrows(ListenException.class, () -> start("192.0.2.1:0"));
        assertEquals(1, failure.line().lines().count());
        assertThrows(ListenException.class, () -> start("no.such.host.invalid:0"));
    }

    @Test
    void loopbackOfIpv6Works() throws Exception {
        assumeTrue(hasIpv6(), "SKIPPED: no IPv6 on this machine");
        try (DebugServer six = start("[::1]:0");
                WireClient client = WireClient.introduced(six.address())) {
            assertTrue(client.ask("?").startsWith("T05"));
            assertTrue(six.address().toString().startsWith("[::1]:"));
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket six = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return six.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void unixSocketIsPrivateAndGoesWithTheServer(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("gdb.sock");
        try (DebugServer unix = start("unix:" + path);
                WireClient client = WireClient.introduced(unix.address())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            try (var files = Files.list(folder)) {
                assertEquals(List.of(path), files.toList());
            }
            assertTrue(client.ask("?").startsWith("T05"));
            assertThrows(ListenException.class, () -> start("unix:" + path));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void plainFileInPlaceOfASocketIsNotTouched(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("notes"), "keep me");
        ListenException failure = assertThrows(ListenException.class, () -> start("unix:" + path));
        assertTrue(failure.line().contains("no socket"), failure.line());
        assertEquals("keep me", Files.readString(path));
    }

    @Test
    void packetsAreLoggedReadably() throws IOException {
        try (WireClient client = WireClient.introduced(server.address())) {
            client.ask("x464841,2");
            client.tell("vCont;c");
            client.raw("\003");
            client.next();
        }
        assertEquals(
                List.of("-> QStartNoAckMode", "<- OK", "-> x464841,2", "<- \\220\\220", "-> vCont;c", "-- interrupt"),
                log.subList(0, 6));
        assertNotEquals("", log.getLast());
    }
}
