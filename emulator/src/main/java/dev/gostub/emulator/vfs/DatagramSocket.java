package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Sockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A socket of messages, each whole or not at all: UDP on the loopback, a local one, or one to the kernel ({@code netlink(7)}). */
public final class DatagramSocket implements SocketObject {
    /** {@code /proc/sys/net/unix/max_dgram_qlen} is smaller; UDP goes by bytes. */
    private static final int MOST_WAITING = 256;

    private static final int LARGEST_BYTES = 65507;

    private final Network network;
    private final Node node;
    private final int family;
    private final int type;
    private final Activity activity;
    private SocketAddress local;
    private Optional<SocketAddress> peer = Optional.empty();
    /** The other end of a socket pair, or the local socket that this one is connected to. */
    private Optional<DatagramSocket> partner = Optional.empty();
    /** A message to {@link #peer} found nobody: the next call is told. */
    private boolean refused;

    private boolean released;

    private List<Message> waiting = List.of();

    /** The bytes are never changed. */
    private record Message(byte[] bytes, SocketAddress from) {}

    DatagramSocket(Network network, Node node, int family, int type, Activity activity) {
        this.network = network;
        this.node = node;
        this.family = family;
        this.type = type;
        this.activity = activity;
        this.local = SocketAddress.none(family);
        if (family == Sockets.AF_NETLINK) {
            peer = Optional.of(SocketAddress.Netlink.KERNEL);
        }
    }

    static void join(DatagramSocket one, DatagramSocket other) {
        one.partner = Optional.of(other);
        other.partner = Optional.of(one);
    }

    @Override
    public int family() {
        return family;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public SocketAddress peer() throws FileFailure {
        return peer.or(() -> partner.map(DatagramSocket::local)).orElseThrow(() -> new FileFailure(Errno.ENOTCONN));
    }

    @Override
    public void named(SocketAddress name) {
        local = name;
    }

    /** {@code connect(2)}: whom to send to when nobody is named. */
    void connectTo(SocketAddress target) {
        peer = Optional.of(target);
        partner = Optional.empty();
    }

    /** The same for local ones, which stay connected to the socket that had the name then. */
    void connectTo(SocketAddress target, DatagramSocket receiver) {
        peer = Optional.of(target);
        partner = Optional.of(receiver);
    }

    /** Nobody is there: an ICMP message would have come back at once. */
    void refuse() {
        refused = true;
        activity.noteReadable();
    }

    boolean isConnected() {
        return peer.isPresent() || partner.isPresent();
    }

    /** Takes a message in; 0, or {@code -EAGAIN} while too many wait. */
    long deliver(byte[] bytes, SocketAddress from) {
        if (waiting.size() >= MOST_WAITING) {
            return Errno.EAGAIN.result();
        }
        List<Message> more = new ArrayList<>(waiting);
        more.add(new Message(bytes, from));
        waiting = List.copyOf(more);
        activity.noteReadable();
        return 0;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long read(byte[] into, int at, int length) {
        return Math.min(receive(into, at, length, Peek.TAKE).count(), length);
    }

    @Override
    public Received receive(byte[] into, int at, int length, Peek peek) {
        if (refused) {
            refused = false;
            return new Received(Errno.ECONNREFUSED.result(), local);
        }
        if (waiting.isEmpty()) {
            return new Received(Errno.EAGAIN.result(), local);
        }
        Message next = waiting.getFirst();
        System.arraycopy(next.bytes, 0, into, at, Math.min(length, next.bytes.length));
        if (peek == Peek.TAKE) {
            waiting = List.copyOf(waiting.subList(1, waiting.size()));
            activity.noteWritable();
        }
        return new Received(next.bytes.length, next.from);
    }

    @Override
    public long write(byte[] from, int at, int length) {
        if (length > LARGEST_BYTES) {
            return Errno.EMSGSIZE.result();
        }
        if (refused) {
            refused = false;
            return Errno.ECONNREFUSED.result();
        }
        byte[] bytes = new byte[length];
        System.arraycopy(from, at, bytes, 0, length);
        if (partner.isPresent()) {
            if (partner.get().released) {
                return Errno.ECONNREFUSED.result();
            }
            long result = partner.get().deliver(bytes, local);
            return result < 0 ? result : length;
        }
        if (peer.isEmpty()) {
            return Errno.EDESTADDRREQ.result();
        }
        return network.send(this, bytes, peer.get());
    }

    @Override
    public long shutdown(int how) {
        return isConnected() ? 0 : Errno.ENOTCONN.result();
    }

    @Override
    public int readiness() {
        return (waiting.isEmpty() ? 0 : Poll.READABLE) | (refused ? Poll.POLLERR : 0) | Poll.WRITABLE;
    }

    @Override
    public long activity(int interest) {
        return activity.count(interest);
    }

    @Override
    public long available() {
        return waiting.isEmpty() ? 0 : waiting.getFirst().bytes.length;
    }

    @Override
    public void released() {
        network.unbind(this);
        released = true;
    }

    @Override
    public Saved capture() {
        SocketAddress name = local;
        Optional<SocketAddress> target = peer;
        Optional<DatagramSocket> other = partner;
        List<Message> messages = waiting;
        boolean error = refused;
        boolean gone = released;
        Saved events = activity.capture();
        return () -> {
            local = name;
            peer = target;
            partner = other;
            waiting = messages;
            refused = error;
            released = gone;
            events.restore();
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        partner.ifPresent(visit);
    }
}
