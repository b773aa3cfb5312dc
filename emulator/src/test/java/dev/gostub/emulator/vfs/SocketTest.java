package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.Poll.POLLHUP;
import static dev.gostub.emulator.abi.Poll.POLLIN;
import static dev.gostub.emulator.abi.Poll.POLLOUT;
import static dev.gostub.emulator.abi.Poll.POLLRDHUP;
import static dev.gostub.emulator.vfs.VfsFixture.errno;
import static dev.gostub.emulator.vfs.VfsFixture.read;
import static dev.gostub.emulator.vfs.VfsFixture.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.EpollEvent;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Netlink;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketAddress.Local;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTest {
    private static final int AF_PACKET = 17;

    private VfsFixture w;
    private Network network;

    @BeforeEach
    void world() throws FileFailure {
        w = new VfsFixture();
        network = w.vfs.network();
    }

    private OpenFile socket(int family, int type) throws FileFailure {
        return network.open(w.context, family, type, 0);
    }

    private static SocketObject of(OpenFile file) {
        return (SocketObject) file.object();
    }

    private OpenFile listener(SocketAddress address, int family) throws FileFailure {
        OpenFile file = socket(family, Sockets.SOCK_STREAM);
        network.bind(w.here(), of(file), address);
        network.listen(w.here(), of(file), 5);
        return file;
    }

    @Test
    void connectionCarriesBytesBothWays() throws FileFailure {
        OpenFile listener = listener(Internet.LOOPBACK, Sockets.AF_INET);
        assertEquals(0, listener.readiness());
        OpenFile client = socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(client), of(listener).local());
        assertEquals(POLLIN, listener.readiness() & POLLIN);
        write(client, "ping");
        OpenFile server = network.accept(of(listener), 0);
        assertEquals("ping", new String(read(server, 9), StandardCharsets.UTF_8));
        write(server, "pong");
        assertEquals("pong", new String(read(client, 9), StandardCharsets.UTF_8));
        assertEquals(of(client).local(), of(server).peer());
        assertEquals(of(listener).local(), of(client).peer());
        assertEquals(Errno.EAGAIN, errno(() -> network.accept(of(listener), 0)));
    }

    @Test
    void version6ClientReachesListenerOnAnyAddress() throws FileFailure {
        OpenFile listener = listener(new Internet(0, 0, 8080), Sockets.AF_INET6);
        OpenFile client = socket(Sockets.AF_INET6, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(client), new Internet(0, 1, 8080));
        OpenFile four = socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(four), Internet.version4(0x7F000001, 8080));
        assertEquals(Errno.EADDRINUSE, errno(() -> listener(Internet.version4(0x7F000001, 8080), Sockets.AF_INET)));
        listener.release();
        listener(Internet.version4(0x7F000001, 8080), Sockets.AF_INET).release();
        assertEquals(
                Errno.ECONNREFUSED,
                errno(() -> network.connect(
                        w.here(),
                        of(socket(Sockets.AF_INET, Sockets.SOCK_STREAM)),
                        Internet.version4(0x7F000001, 8080))));
    }

    @Test
    void worldOutsideIsUnreachable() throws FileFailure {
        OpenFile client = socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
        Internet outside = Internet.version4(0x08080808, 53);
        assertEquals(Errno.ENETUNREACH, errno(() -> network.connect(w.here(), of(client), outside)));
        assertEquals(Errno.EADDRNOTAVAIL, errno(() -> network.bind(w.here(), of(client), outside)));
        assertEquals(Errno.EAFNOSUPPORT, errno(() -> socket(AF_PACKET, Sockets.SOCK_RAW)));
    }

    @Test
    void kernelIsAskedAboutInterfacesByWhateverBytes() throws FileFailure {
        OpenFile file = socket(Sockets.AF_NETLINK, Sockets.SOCK_RAW);
        SplittableRandom random = new SplittableRandom(5);
        int answers = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] request = new byte[random.nextInt(64)];
            random.nextBytes(request);
            if (request.length >= Netlink.HEADER_BYTES) {
                LittleEndian.put32(request, 0, random.nextInt(request.length + 2));
                LittleEndian.put16(request, 4, 14 + random.nextInt(16));
            }
            assertEquals(request.length, of(file).write(request, 0, request.length));
            while ((file.readiness() & POLLIN) != 0) {
                assertNotEquals(0, read(file, 1024).length);
                answers++;
            }
        }
        assertTrue(answers > 1000, answers + " answers");
    }

    @Test
    void closedPeerIsTheEndOfTheInput() throws FileFailure {
        Vfs.PipePair pair = network.pair(w.context, Sockets.SOCK_STREAM, Ucred.NONE);
        write(pair.reader(), "bye");
        pair.reader().release();
        assertEquals(POLLIN | POLLOUT | POLLRDHUP | POLLHUP, pair.writer().readiness() & 0x201F);
        assertEquals(3, read(pair.writer(), 9).length);
        assertEquals(0, read(pair.writer(), 9).length);
        assertEquals(Errno.EPIPE.result(), write(pair.writer(), "x"));
    }

    @Test
    void edgeTriggeredSocketReportsEachArrivalAndTheEnd() throws FileFailure {
        Vfs.PipePair pair = network.pair(w.context, Sockets.SOCK_STREAM, Ucred.NONE);
        Epoll epoll = (Epoll) w.vfs.epoll(w.context).object();
        epoll.add(9, pair.writer(), new EpollEvent(POLLIN | POLLOUT | POLLRDHUP | EpollEvent.EPOLLET, 1));
        assertEquals(POLLOUT, epoll.take(1).getFirst().events());
        assertEquals(0, epoll.take(1).size());
        write(pair.reader(), "a");
        assertEquals(POLLIN | POLLOUT, epoll.take(1).getFirst().events());
        assertEquals(0, epoll.take(1).size());
        of(pair.reader()).shutdown(Sockets.SHUT_WR);
        assertEquals(POLLIN | POLLOUT | POLLRDHUP, epoll.take(1).getFirst().events());
    }

    @Test
    void localSocketIsFoundByItsName() throws FileFailure {
        OpenFile listener = listener(new Local("/tmp/s"), Sockets.AF_UNIX);
        assertEquals(0140755, w.vfs.facts().stat(w.here(), "/tmp/s", 0).mode());
        assertEquals(Errno.EADDRINUSE, errno(() -> listener(new Local("/tmp/s"), Sockets.AF_UNIX)));
        OpenFile client = socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(client), new Local("/tmp/s"));
        assertEquals(Errno.ENXIO, errno(() -> w.open("/tmp/s", 0)));
        listener.release();
        OpenFile late = socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM);
        assertEquals(Errno.ECONNREFUSED, errno(() -> network.connect(w.here(), of(late), new Local("/tmp/s"))));
        assertEquals(Errno.ENOENT, errno(() -> network.connect(w.here(), of(late), new Local("/tmp/t"))));
    }

    @Test
    void snapshotHoldsConnectionsThatNobodyAccepted() throws FileFailure {
        OpenFile listener = listener(new Local("\0name"), Sockets.AF_UNIX);
        OpenFile client = socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(client), new Local("\0name"));
        write(client, "early");
        VfsSnapshot snapshot = w.vfs.capture(List.of());
        OpenFile server = network.accept(of(listener), 0);
        read(server, 9);
        listener.release();
        w.vfs.restore(snapshot);
        OpenFile again = network.accept(of(listener), 0);
        assertEquals("early", new String(read(again, 9), StandardCharsets.UTF_8));
        network.connect(w.here(), of(socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM)), new Local("\0name"));
    }

    private OpenFile pipeIn(Vfs.PipePair pair, Vfs.PipePair pipe) {
        Ancillary with = new Ancillary(List.of(pipe.writer()), Optional.empty(), false);
        assertEquals(1, of(pair.reader()).send(new byte[1], 0, 1, with));
        pipe.writer().release();
        return pipe.reader();
    }

    private static SocketObject.Received receive(OpenFile file) {
        return of(file).receive(new byte[9], 0, 9, SocketObject.Peek.TAKE);
    }

    @Test
    void snapshotHoldsDescriptorsUnderWay() throws FileFailure {
        for (int type : new int[] {Sockets.SOCK_STREAM, Sockets.SOCK_DGRAM, Sockets.SOCK_SEQPACKET}) {
            Vfs.PipePair pair = network.pair(w.context, type, Ucred.NONE);
            OpenFile reader = pipeIn(pair, w.vfs.pipe(w.context, 0));
            VfsSnapshot snapshot = w.vfs.capture(List.of());
            receive(pair.writer()).with().release();
            assertEquals(0, reader.read(new byte[9], 0, 9));
            w.vfs.restore(snapshot);
            assertEquals(Errno.EAGAIN.result(), reader.read(new byte[9], 0, 9));
            Ancillary again = receive(pair.writer()).with();
            assertEquals(2, write(again.files().getFirst(), "on"));
            again.release();
            assertEquals(2, read(reader, 9).length);
            assertEquals(0, reader.read(new byte[9], 0, 9));
        }
    }

    @Test
    void descriptorsThatNobodyReceivesAreClosedWithTheSocket() throws FileFailure {
        for (int type : new int[] {Sockets.SOCK_STREAM, Sockets.SOCK_DGRAM, Sockets.SOCK_SEQPACKET}) {
            Vfs.PipePair pair = network.pair(w.context, type, Ucred.NONE);
            OpenFile reader = pipeIn(pair, w.vfs.pipe(w.context, 0));
            pair.reader().release();
            assertEquals(Errno.EAGAIN.result(), reader.read(new byte[9], 0, 9));
            pair.writer().release();
            assertEquals(0, reader.read(new byte[9], 0, 9));
        }
    }

    @Test
    void snapshotHoldsOptionsAndABrokenConnection() throws FileFailure {
        OpenFile listener = listener(Internet.LOOPBACK, Sockets.AF_INET);
        OpenFile client = socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
        network.connect(w.here(), of(client), of(listener).local());
        of(client).options().set(SocketOption.TCP_KEEPIDLE, 5);
        listener.release();
        VfsSnapshot snapshot = w.vfs.capture(List.of());
        of(client).options().set(SocketOption.TCP_KEEPIDLE, 6);
        assertEquals(Optional.of(Errno.ECONNRESET), of(client).takeError());
        assertEquals(Optional.empty(), of(client).takeError());
        w.vfs.restore(snapshot);
        assertEquals(5, of(client).options().get(SocketOption.TCP_KEEPIDLE));
        assertEquals(Errno.ECONNRESET.result(), client.read(new byte[1], 0, 1));
        assertEquals(Errno.EPIPE.result(), write(client, "x"));
    }

    @Test
    void thereIsNoOtherProtocolThanTcpAndUdp() throws FileFailure {
        int mptcp = 262;
        assertEquals(
                Errno.EPROTONOSUPPORT,
                errno(() -> network.open(w.context, Sockets.AF_INET, Sockets.SOCK_STREAM, mptcp)));
        assertEquals(
                Errno.EPROTONOSUPPORT,
                errno(() -> network.open(w.context, Sockets.AF_INET, Sockets.SOCK_DGRAM, Sockets.IPPROTO_TCP)));
        network.open(w.context, Sockets.AF_INET6, Sockets.SOCK_DGRAM, Sockets.IPPROTO_UDP);
    }

    @Test
    void portsThatNobodyAskedForDiffer() throws FileFailure {
        Internet one =
                (Internet) of(listener(Internet.LOOPBACK, Sockets.AF_INET)).local();
        Internet two =
                (Internet) of(listener(Internet.LOOPBACK, Sockets.AF_INET)).local();
        assertNotEquals(one.port(), two.port());
    }

    @Test
    void addressesComeBackFromTheirBytes() {
        SocketAddress four = Internet.version4(0x7F000001, 8080);
        assertArrayEquals(
                new byte[] {2, 0, 0x1F, (byte) 0x90, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0},
                four.toBytes(Sockets.AF_INET));
        assertEquals(Optional.of(four), SocketAddress.of(four.toBytes(Sockets.AF_INET)));
        assertEquals(Optional.of(four), SocketAddress.of(four.toBytes(Sockets.AF_INET6)));
        assertEquals(Optional.of(new Local("/x")), SocketAddress.of(new Local("/x").toBytes(Sockets.AF_UNIX)));
        assertEquals(Optional.of(new Local("\0x")), SocketAddress.of(new Local("\0x").toBytes(Sockets.AF_UNIX)));
        assertEquals(Optional.of(Local.UNNAMED), SocketAddress.of(new byte[] {1, 0}));
        assertEquals(Optional.empty(), SocketAddress.of(new byte[] {99, 0, 1, 2}));
    }
}
