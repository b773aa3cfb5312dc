package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.Poll.POLLERR;
import static dev.gostub.emulator.abi.Poll.POLLHUP;
import static dev.gostub.emulator.abi.Poll.POLLIN;
import static dev.gostub.emulator.abi.Poll.POLLOUT;
import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.host.FixedFiles;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.host.FixedNetwork;
import dev.gostub.emulator.host.HostAddress;
import dev.gostub.emulator.host.NetworkEvent;
import dev.gostub.emulator.host.NetworkEvent.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets of the guest whose other end is outside. */
class GatewayTest {
    private static final int PORT = 8080;
    private static final int ARRIVED = -1;
    private static final HostAddress CLIENT = HostAddress.of(new byte[] {10, 0, 0, 7}, 40_000);
    private static final HostAddress OWN = HostAddress.of(new byte[] {10, 0, 0, 2}, 50_000);
    private static final Internet FAR = Internet.version4(0x0A00_0001, 80);

    private VfsFixture w;
    private Network network;
    private FixedNetwork outside;

    @BeforeEach
    void world() throws FileFailure {
        FixedHost host = new FixedHost(7, new FixedFiles(FixedHost.DATE_NANOS).directory("/tmp"));
        outside = host.network().open();
        w = new VfsFixture(host);
        network = w.vfs.network();
    }

    private static SocketObject of(OpenFile file) {
        return (SocketObject) file.object();
    }

    private OpenFile listener() throws FileFailure {
        OpenFile file = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
        network.bind(w.here(), of(file), Internet.LOOPBACK.withPort(PORT));
        network.listen(w.here(), of(file), 5);
        return file;
    }

    private void happen(NetworkEvent... events) {
        for (NetworkEvent event : events) {
            outside.happen(event);
        }
        w.vfs.pollHost();
    }

    private OpenFile arrival(OpenFile listener, int room) throws FileFailure {
        happen(new NetworkEvent.Accepted(ARRIVED, PORT, CLIENT), new NetworkEvent.Room(ARRIVED, room));
        return network.accept(of(listener), 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String said() {
        return new String(outside.sent(ARRIVED), StandardCharsets.ISO_8859_1);
    }

    @Test
    void clientFromOutsideIsAcceptedUnderItsOwnAddress() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        assertEquals(Internet.version4(0x0A00_0007, 40_000), of(server).peer());
        assertEquals(Internet.LOOPBACK.withPort(PORT), of(server).local());
    }

    @Test
    void bytesGoBothWays() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        happen(new NetworkEvent.Received(ARRIVED, bytes("ping")));
        assertEquals("ping", new String(read(server, 9), StandardCharsets.ISO_8859_1));
        write(server, "pong");
        assertEquals("", said());
        w.vfs.pollHost();
        assertEquals("pong", said());
    }

    @Test
    void whoComesBeforeAnybodyListensWaitsAndWhoComesAfterwardsIsRefused() throws FileFailure {
        happen(new NetworkEvent.Accepted(ARRIVED, PORT, CLIENT));
        OpenFile listener = listener();
        w.vfs.pollHost();
        network.accept(of(listener), 0).release();
        listener.release();
        happen(new NetworkEvent.Accepted(-2, PORT, CLIENT));
        assertTrue(outside.actions().contains("abort -2"), outside.actions()::toString);
    }

    /** How often the machine looks while it is at rest depends on the host's clock. */
    @Test
    void lookingForWhoListensChangesNothing() throws FileFailure {
        happen(new NetworkEvent.Accepted(ARRIVED, PORT, CLIENT));
        long before = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0)
                .object()
                .node()
                .attributes()
                .inode();
        w.vfs.pollHost();
        w.vfs.pollHost();
        long after = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0)
                .object()
                .node()
                .attributes()
                .inode();
        assertEquals(before + 1, after);
    }

    @Test
    void noMoreIsSentThanTheHostTakes() throws FileFailure {
        OpenFile server = arrival(listener(), 3);
        write(server, "abcdefg");
        w.vfs.pollHost();
        assertEquals("abc", said());
        happen(new NetworkEvent.Room(ARRIVED, 100));
        assertEquals("abcdefg", said());
    }

    @Test
    void peerMaySendWhatThereIsRoomForAndMoreOnceItWasRead() throws FileFailure {
        OpenFile server = arrival(listener(), 0);
        assertEquals(1, allowances().size());
        int first = allowances().getFirst();
        happen(new NetworkEvent.Received(ARRIVED, new byte[first]));
        assertEquals(1, allowances().size());
        assertEquals(first, read(server, first).length);
        w.vfs.pollHost();
        assertEquals(List.of(first, first), allowances());
    }

    @Test
    void roomThatAReaderMakesIsToldThoughTheBufferWasNeverFull() throws FileFailure {
        OpenFile server = arrival(listener(), 0);
        int most = allowances().getFirst() - 5000;
        happen(new NetworkEvent.Received(ARRIVED, new byte[most]));
        read(server, most);
        w.vfs.pollHost();
        assertEquals(List.of(most + 5000, most), allowances());
    }

    private List<Integer> allowances() {
        return outside.actions().stream()
                .filter(action -> action.startsWith("allow " + ARRIVED + " "))
                .map(action -> Integer.parseInt(action.substring(action.lastIndexOf(' ') + 1)))
                .toList();
    }

    @Test
    void oneSideMayFinishBeforeTheOther() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        happen(new NetworkEvent.Received(ARRIVED, bytes("all")), new NetworkEvent.Finished(ARRIVED));
        assertEquals("all", new String(read(server, 9), StandardCharsets.ISO_8859_1));
        assertEquals(0, read(server, 9).length);
        write(server, "still here");
        of(server).shutdown(Sockets.SHUT_WR);
        w.vfs.pollHost();
        assertEquals("still here", said());
        assertEquals(List.of("finish -1", "close -1"), lastActions(2));
    }

    private List<String> lastActions(int count) {
        List<String> all = outside.actions();
        return all.subList(all.size() - count, all.size());
    }

    @Test
    void brokenConnectionIsTold() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        happen(new NetworkEvent.Broken(ARRIVED));
        assertEquals(POLLERR | POLLHUP, server.readiness() & (POLLERR | POLLHUP));
        assertEquals(Errno.ECONNRESET.result(), of(server).read(new byte[1], 0, 1));
    }

    @Test
    void closingWithUnreadBytesBreaksTheConnectionOutside() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        happen(new NetworkEvent.Received(ARRIVED, bytes("never read")));
        server.release();
        w.vfs.pollHost();
        assertEquals(List.of("abort -1"), lastActions(1));
    }

    @Test
    void bytesForASocketThatIsClosedBreakTheConnectionOutside() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        server.release();
        w.vfs.pollHost();
        assertEquals(List.of("finish -1"), lastActions(1));
        happen(new NetworkEvent.Received(ARRIVED, bytes("late")));
        assertEquals(List.of("abort -1"), lastActions(1));
    }

    @Test
    void connectingTakesUntilTheHostSaysSo() throws FileFailure {
        OpenFile client = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
        assertEquals(Errno.EINPROGRESS, errno(() -> network.connect(w.here(), of(client), FAR)));
        assertEquals(Errno.EALREADY, errno(() -> network.connect(w.here(), of(client), FAR)));
        assertEquals(0, client.readiness());
        assertEquals(Errno.EAGAIN.result(), of(client).write(bytes("x"), 0, 1));
        assertEquals(Errno.ENOTCONN, errno(() -> of(client).peer()));
        happen(new NetworkEvent.Connected(1, OWN), new NetworkEvent.Room(1, 1000));
        assertEquals(POLLOUT, client.readiness() & (POLLOUT | POLLIN));
        assertEquals(FAR, of(client).peer());
        assertEquals(Internet.version4(0x0A00_0002, 50_000), of(client).local());
        network.connect(w.here(), of(client), FAR);
        assertEquals(Errno.EISCONN, errno(() -> network.connect(w.here(), of(client), FAR)));
    }

    @Test
    void failureToConnectIsToldOnceByConnectOrAsTheSocketsError() throws FileFailure {
        for (Reason reason : Reason.values()) {
            OpenFile client = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
            errno(() -> network.connect(w.here(), of(client), FAR));
            happen(new NetworkEvent.Failed(2 * reason.ordinal() + 1, reason));
            assertEquals(POLLERR | POLLOUT, client.readiness() & (POLLERR | POLLOUT));
            assertEquals(Errno.valueOf(reason.name()), errno(() -> network.connect(w.here(), of(client), FAR)));
            errno(() -> network.connect(w.here(), of(client), FAR));
            happen(new NetworkEvent.Failed(2 * reason.ordinal() + 2, reason));
            assertEquals(Optional.of(Errno.valueOf(reason.name())), of(client).takeError());
            assertEquals(Optional.empty(), of(client).takeError());
            client.release();
        }
    }

    @Test
    void socketThatIsClosedWhileItConnectsLeavesNothingBehind() throws FileFailure {
        OpenFile client = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
        errno(() -> network.connect(w.here(), of(client), FAR));
        client.release();
        assertEquals(List.of("connect 1", "abort 1"), outside.actions());
        happen(new NetworkEvent.Connected(1, OWN));
        assertFalse(w.vfs.hasUnsent());
    }

    @Test
    void whoListensInsideComesBeforeWhoListensOutside() throws FileFailure {
        OpenFile listener = listener();
        OpenFile client = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
        network.connect(w.here(), of(client), Internet.LOOPBACK.withPort(PORT));
        assertEquals(POLLIN, listener.readiness() & POLLIN);
        assertEquals(List.of(), outside.actions());
    }

    @Test
    void datagramsGoOutAndComeBack() throws FileFailure {
        OpenFile socket = network.open(w.context, Sockets.AF_INET, Sockets.SOCK_DGRAM, 0);
        network.connect(w.here(), of(socket), FAR);
        write(socket, "question");
        assertArrayEquals(bytes("question"), outside.sent(1));
        HostAddress far = HostAddress.of(new byte[] {10, 0, 0, 1}, 80);
        happen(new NetworkEvent.Datagram(1, far, bytes("answer")), new NetworkEvent.Datagram(1, CLIENT, bytes("spam")));
        assertEquals("answer", new String(read(socket, 9), StandardCharsets.ISO_8859_1));
        assertEquals(0, socket.readiness() & POLLIN);
        happen(new NetworkEvent.Failed(1, Reason.ECONNREFUSED));
        assertEquals(Optional.of(Errno.ECONNREFUSED), of(socket).takeError());
        socket.release();
        assertEquals(List.of("close 1"), lastActions(1));
    }

    @Test
    void machineThatGoesBackHasItsConnectionsAgain() throws FileFailure {
        OpenFile server = arrival(listener(), 1000);
        happen(new NetworkEvent.Received(ARRIVED, bytes("ping")));
        VfsSnapshot before = w.vfs.capture(List.of());
        read(server, 9);
        server.release();
        w.vfs.pollHost();
        w.vfs.restore(before);
        assertEquals("ping", new String(read(server, 9), StandardCharsets.ISO_8859_1));
        write(server, "pong");
        w.vfs.pollHost();
        assertEquals("pong", said());
    }

    @Test
    void addressesKeepAllTheirBytes() {
        byte[] six = new byte[16];
        for (int i = 0; i < 16; i++) {
            six[i] = (byte) (0xf0 + i);
        }
        assertArrayEquals(six, HostAddress.of(six, 1).bytes());
        assertArrayEquals(
                new byte[] {(byte) 192, 0, 2, 1},
                HostAddress.of(new byte[] {(byte) 192, 0, 2, 1}, 1).bytes());
    }
}
