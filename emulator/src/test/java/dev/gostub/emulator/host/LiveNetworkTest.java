package dev.gostub.emulator.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.host.NetworkEvent.Reason;
import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network of this computer: clients, servers and links on loopback addresses. */
class LiveNetworkTest {
    private static final HostAddress ANY_PORT = HostAddress.of(new byte[] {127, 0, 0, 1}, 0);
    private static final int PORT = 8080;

    private final Doorbell doorbell = new Doorbell();
    private final Deque<NetworkEvent> events = new ArrayDeque<>();
    private Optional<LiveNetwork> opened = Optional.empty();

    private LiveNetwork open(NetworkOpening opening) throws IOException {
        LiveNetwork network = LiveNetwork.open(opening, doorbell);
        opened = Optional.of(network);
        return network;
    }

    private LiveNetwork publishing() throws IOException {
        return open(new NetworkOpening(List.of(new NetworkOpening.Publication(ANY_PORT, PORT)), false, List.of()));
    }

    private LiveNetwork everywhere() throws IOException {
        return open(new NetworkOpening(List.of(), true, List.of()));
    }

    @AfterEach
    void close() {
        opened.ifPresent(LiveNetwork::close);
    }

    private <E extends NetworkEvent> E next(Class<E> type) throws InterruptedException {
        assertTrue(TimeLimit.NEAR.await(() -> {
            events.addAll(opened.orElseThrow().take());
            return !events.isEmpty();
        }));
        return type.cast(events.remove());
    }

    private static InetSocketAddress at(LiveNetwork network) {
        return network.published().getFirst().at();
    }

    @Test
    void clientOfAPublishedPortIsHeardAsFarAsIsAllowed() throws IOException, InterruptedException {
        LiveNetwork network = publishing();
        try (Socket client = new Socket(at(network).getAddress(), at(network).getPort())) {
            NetworkEvent.Accepted accepted = next(NetworkEvent.Accepted.class);
            assertEquals(PORT, accepted.port());
            assertEquals(client.getLocalPort(), accepted.peer().port());
            assertEquals(
                    LiveConnection.ROOM_BYTES, next(NetworkEvent.Room.class).bytes());
            client.getOutputStream().write("abcdef".getBytes(StandardCharsets.ISO_8859_1));
            network.allow(accepted.link(), 4);
            assertArrayEquals(
                    "abcd".getBytes(StandardCharsets.ISO_8859_1),
                    next(NetworkEvent.Received.class).bytes());
            network.allow(accepted.link(), 4);
            assertArrayEquals(
                    "ef".getBytes(StandardCharsets.ISO_8859_1),
                    next(NetworkEvent.Received.class).bytes());
            network.send(accepted.link(), "xyz".getBytes(StandardCharsets.ISO_8859_1));
            assertEquals(3, next(NetworkEvent.Room.class).bytes());
            assertArrayEquals(
                    "xyz".getBytes(StandardCharsets.ISO_8859_1),
                    client.getInputStream().readNBytes(3));
            network.finish(accepted.link());
            assertEquals(-1, client.getInputStream().read());
            client.shutdownOutput();
            next(NetworkEvent.Finished.class);
            network.close(accepted.link(), false);
        }
    }

    @Test
    void abortedLinkIsResetOutside() throws IOException, InterruptedException {
        LiveNetwork network = publishing();
        try (Socket client = new Socket(at(network).getAddress(), at(network).getPort())) {
            network.close(next(NetworkEvent.Accepted.class).link(), true);
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
    }

    @Test
    void clientThatNeverReadsTakesNoMoreThanItsRoomInHere() throws IOException, InterruptedException {
        LiveNetwork network = publishing();
        try (Socket client = new Socket(at(network).getAddress(), at(network).getPort())) {
            int link = next(NetworkEvent.Accepted.class).link();
            long room = next(NetworkEvent.Room.class).bytes();
            // What the system takes comes back as room, until it takes no more.
            while (room > 0) {
                network.send(link, new byte[(int) room]);
                doorbell.await(1_000_000);
                room = 0;
                for (NetworkEvent event : network.take()) {
                    room += event instanceof NetworkEvent.Room more ? more.bytes() : 0;
                }
            }
            assertTrue(client.getInputStream().readNBytes(1000).length == 1000);
        }
    }

    @Test
    void connectingSucceedsOrSaysWhyNot() throws IOException, InterruptedException {
        LiveNetwork network = everywhere();
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            network.connect(1, ANY_PORT.withPort(port));
            try (Socket accepted = server.accept()) {
                assertEquals(
                        accepted.getPort(),
                        next(NetworkEvent.Connected.class).local().port());
            }
        }
        next(NetworkEvent.Room.class);
        network.connect(2, ANY_PORT.withPort(port));
        assertEquals(new NetworkEvent.Failed(2, Reason.ECONNREFUSED), next(NetworkEvent.Failed.class));
    }

    @Test
    void datagramsGoOutAndComeBack() throws IOException, InterruptedException {
        LiveNetwork network = everywhere();
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            HostAddress to = ANY_PORT.withPort(server.getLocalPort());
            network.openDatagrams(1, Optional.of(to));
            network.allow(1, 10);
            network.sendTo(1, to, new byte[] {1, 2, 3});
            DatagramPacket packet = new DatagramPacket(new byte[9], 9);
            server.receive(packet);
            assertEquals(3, packet.getLength());
            server.send(packet);
            NetworkEvent.Datagram answer = next(NetworkEvent.Datagram.class);
            assertEquals(to, answer.from());
            assertArrayEquals(new byte[] {1, 2, 3}, answer.bytes());
        }
    }

    @Test
    void onlyWhatIsAllowedIsPermitted() throws IOException {
        HostAddress database = ANY_PORT.withPort(6379);
        HostAddress web = HostAddress.of(new byte[] {10, 1, 2, 3}, 0);
        LiveNetwork network = open(new NetworkOpening(List.of(), false, List.of(database, web)));
        assertTrue(network.permits(database));
        assertFalse(network.permits(database.withPort(6380)));
        assertTrue(network.permits(web.withPort(443)));
        assertTrue(network.permits(ANY_PORT.withPort(53)), "names are resolved");
        assertFalse(network.permits(HostAddress.of(new byte[] {10, 1, 2, 4}, 443)));
    }

    @Test
    void portThatIsTakenIsNamed() throws IOException {
        LiveNetwork network = publishing();
        HostAddress taken = ANY_PORT.withPort(at(network).getPort());
        NetworkOpening again =
                new NetworkOpening(List.of(new NetworkOpening.Publication(taken, PORT)), false, List.of());
        IOException refused = assertThrows(IOException.class, () -> LiveNetwork.open(again, doorbell));
        assertTrue(refused.getMessage().contains("127.0.0.1:" + taken.port()), refused::getMessage);
    }

    @Test
    void namesAreAnsweredAsThisComputerKnowsThem() {
        byte[] query = {
            0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0, 0, 1, 0, 1
        };
        byte[] answer = NameAnswers.to(query).orElseThrow();
        assertEquals(0x1234, NameAnswers.identifier(answer));
        assertEquals(0, answer[3] & 0xf);
        int addresses = answer[7];
        assertTrue(addresses >= 1);
        assertArrayEquals(new byte[] {127, 0, 0, 1}, Arrays.copyOfRange(answer, query.length + 12, query.length + 16));
        query[query.length - 3] = 15; // MX
        assertEquals(4, NameAnswers.to(query).orElseThrow()[3] & 0xf);
        assertTrue(NameAnswers.to(Arrays.copyOf(query, 20)).isEmpty());
        assertTrue(NameAnswers.to(new byte[0]).isEmpty());
    }
}
