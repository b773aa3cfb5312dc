package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A socket of messages, each whole or not at all: UDP on the loopback, a local one, or one to the kernel ({@code netlink(7)}). */
public final class DatagramSocket implements SocketObject {
    /** {@code /proc/sys/net/unix/max_dgram_qlen} is smaller; UDP goes by bytes. */
    private static final int MOST_WAITING = 256;

    private static final int LARGEST_BYTES = 65507;
    /** {@code sk_sndbuf} without what {@code unix_dgram_sendmsg} keeps back. */
    private static final int LARGEST_LOCAL_BYTES = 212_992 - 32;

    private final Network network;
    private final Node node;
    private final int family;
    private final int type;
    private final Activity activity;
    private final SocketOptions options = new SocketOptions();
    private SocketAddress local;
    private Optional<SocketAddress> peer = Optional.empty();
    /** The other end of a socket pair, or the local socket that this one is connected to. */
    private Optional<DatagramSocket> partner = Optional.empty();
    /** The next call is told. */
    private Optional<Errno> error = Optional.empty();

    private boolean released;
    /** Number of the link over which it speaks to others outside, 0 for none. */
    private int link;
    /** Who made this end of a socket pair. */
    private Ucred owner = Ucred.NONE;

    private List<Message> waiting = List.of();
    /** What was sent with {@code MSG_MORE} and goes with the next message. */
    private Optional<Corked> corked = Optional.empty();

    /**
     * The beginning of a message; the bytes are never changed.
     *
     * @param to empty for who the socket is connected to
     */
    public record Corked(byte[] bytes, Optional<SocketAddress> to) {}

    /** The bytes are never changed. */
    private record Message(byte[] bytes, SocketAddress from, Ancillary with) {}

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

    /** The Internet address that it is connected to. */
    Optional<SocketAddress.Internet> internetPeer() {
        return peer.filter(SocketAddress.Internet.class::isInstance).map(SocketAddress.Internet.class::cast);
    }

    int link() {
        return link;
    }

    void linked(int number) {
        link = number;
    }

    /** Nobody is there: an ICMP message would have come back at once. */
    void refuse() {
        fail(Errno.ECONNREFUSED);
    }

    @Override
    public void fail(Errno errno) {
        error = Optional.of(errno);
        activity.noteReadable();
    }

    boolean isTooLong(int length) {
        return length > (family == Sockets.AF_UNIX ? LARGEST_LOCAL_BYTES : LARGEST_BYTES);
    }

    /** The message as it is with these bytes at its end; it is with the caller from now on. {@code EMSGSIZE} if it is too long. */
    public Corked uncork(byte[] bytes, Optional<SocketAddress> target) throws FileFailure {
        byte[] before = corked.map(Corked::bytes).orElse(new byte[0]);
        Optional<SocketAddress> to = corked.isPresent() ? corked.get().to() : target;
        corked = Optional.empty();
        if (isTooLong(before.length + bytes.length)) {
            throw new FileFailure(Errno.EMSGSIZE);
        }
        if (to.isEmpty() && !isConnected()) {
            throw new FileFailure(Errno.EDESTADDRREQ);
        }
        byte[] all = new byte[before.length + bytes.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(bytes, 0, all, before.length, bytes.length);
        return new Corked(all, to);
    }

    /** Keeps the beginning of a message. */
    public void cork(Corked beginning) {
        corked = Optional.of(beginning);
    }

    public boolean isCorked() {
        return corked.isPresent();
    }

    boolean isConnected() {
        return peer.isPresent() || partner.isPresent();
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Optional<Errno> takeError() {
        Optional<Errno> last = error;
        error = Optional.empty();
        return last;
    }

    @Override
    public Ucred peerCredentials() {
        return partner.filter(_ -> peer.isEmpty()).map(other -> other.owner).orElse(Ucred.NONE);
    }

    @Override
    public void ownedBy(Ucred who) {
        owner = who;
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    /** Takes a message in from another socket; 0, or {@code -EAGAIN} while too many wait. */
    long deliver(byte[] bytes, DatagramSocket from, Ancillary with) {
        boolean passes = options.isSet(SocketOption.SO_PASSCRED) || from.options.isSet(SocketOption.SO_PASSCRED);
        return deliver(bytes, from.local, family == Sockets.AF_UNIX ? with.between(passes) : Ancillary.NONE);
    }

    /** Takes an answer of the kernel in. */
    long deliver(byte[] bytes, SocketAddress from) {
        return deliver(bytes, from, Ancillary.NONE);
    }

    private long deliver(byte[] bytes, SocketAddress from, Ancillary with) {
        if (waiting.size() >= MOST_WAITING) {
            return Errno.EAGAIN.result();
        }
        List<Message> more = new ArrayList<>(waiting);
        more.add(new Message(bytes, from, with.retain()));
        waiting = List.copyOf(more);
        activity.noteReadable();
        return 0;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Received receive(byte[] into, int at, int length, Peek peek) {
        Optional<Errno> failure = takeError();
        if (failure.isPresent()) {
            return new Received(failure.get().result(), local, Ancillary.NONE);
        }
        if (waiting.isEmpty()) {
            return new Received(Errno.EAGAIN.result(), local, Ancillary.NONE);
        }
        Message next = waiting.getFirst();
        System.arraycopy(next.bytes, 0, into, at, Math.min(length, next.bytes.length));
        if (peek == Peek.TAKE) {
            waiting = List.copyOf(waiting.subList(1, waiting.size()));
            activity.noteWritable();
        } else {
            next.with.retain();
        }
        return new Received(next.bytes.length, next.from, next.with);
    }

    @Override
    public long send(byte[] from, int at, int length, Ancillary with) {
        if (isTooLong(length)) {
            return Errno.EMSGSIZE.result();
        }
        Optional<Errno> failure = takeError();
        if (failure.isPresent()) {
            return failure.get().result();
        }
        byte[] bytes = new byte[length];
        System.arraycopy(from, at, bytes, 0, length);
        if (partner.isPresent()) {
            if (partner.get().released) {
                return Errno.ECONNREFUSED.result();
            }
            long result = partner.get().deliver(bytes, this, with);
            return result < 0 ? result : length;
        }
        if (peer.isEmpty()) {
            return (family == Sockets.AF_UNIX ? Errno.ENOTCONN : Errno.EDESTADDRREQ).result();
        }
        return network.send(this, bytes, peer.get());
    }

    @Override
    public long shutdown(int how) {
        if (how < Sockets.SHUT_RD || how > Sockets.SHUT_RDWR) {
            return Errno.EINVAL.result();
        }
        return isConnected() || family == Sockets.AF_UNIX ? 0 : Errno.ENOTCONN.result();
    }

    @Override
    public int readiness() {
        return (waiting.isEmpty() ? 0 : Poll.READABLE) | (error.isPresent() ? Poll.POLLERR : 0) | Poll.WRITABLE;
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
        network.close(this);
        released = true;
        waiting.forEach(message -> message.with.release());
        waiting = List.of();
    }

    @Override
    public Saved capture() {
        SocketAddress name = local;
        Optional<SocketAddress> target = peer;
        Optional<DatagramSocket> other = partner;
        List<Message> messages = waiting;
        Optional<Errno> failure = error;
        boolean gone = released;
        int number = link;
        Optional<Corked> begun = corked;
        Ucred maker = owner;
        Saved events = activity.capture();
        Saved chosen = options.capture();
        return () -> {
            owner = maker;
            corked = begun;
            chosen.restore();
            local = name;
            peer = target;
            partner = other;
            waiting = messages;
            error = failure;
            released = gone;
            link = number;
            events.restore();
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        partner.ifPresent(visit);
        waiting.forEach(message -> message.with.files().forEach(visit));
    }
}
