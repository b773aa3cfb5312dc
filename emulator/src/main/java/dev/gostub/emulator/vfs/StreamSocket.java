package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.vfs.Direction.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A socket with connections: of bytes, or of packets where it is {@code SOCK_SEQPACKET}. Connecting is over at once, since both sides
 * are in this machine.
 */
public final class StreamSocket implements SocketObject {
    /** {@code /proc/sys/net/ipv4/tcp_rmem} and {@code tcp_wmem}: what a socket begins with. */
    private static final int TCP_RECEIVE_BYTES = 131_072;

    private static final int TCP_SEND_BYTES = 16_384;
    /** {@code TCP_LISTEN} and {@code TCP_CLOSE} of {@code net/tcp_states.h}. */
    private static final int LISTEN = 10;

    private static final int CLOSE = 7;

    private final Network network;
    private final Node node;
    private final int family;
    private final int type;
    private final Activity activity;
    private State state;

    private final SocketOptions options = new SocketOptions();

    /**
     * All that changes but the options and what belongs to the connection.
     *
     * @param backlog how many connections may wait to be accepted; negative unless listening
     * @param owner who connected or listens
     */
    private record State(
            SocketAddress local,
            int backlog,
            List<StreamSocket> waiting,
            Optional<Connection> connection,
            Ucred owner) {
        State withLocal(SocketAddress name) {
            return new State(name, backlog, waiting, connection, owner);
        }

        State listening(int most, List<StreamSocket> queue) {
            return new State(local, most, List.copyOf(queue), connection, owner);
        }

        State connected(SocketAddress name, Connection to) {
            return new State(name, backlog, waiting, Optional.of(to), owner);
        }

        State ownedBy(Ucred who) {
            return new State(local, backlog, waiting, connection, who);
        }
    }

    StreamSocket(Network network, Node node, int family, int type, Activity activity) {
        this.network = network;
        this.node = node;
        this.family = family;
        this.type = type;
        this.activity = activity;
        state = new State(SocketAddress.none(family), -1, List.of(), Optional.empty(), Ucred.NONE);
        if (family != Sockets.AF_UNIX) {
            options.set(SocketOption.SO_RCVBUF, TCP_RECEIVE_BYTES);
            options.set(SocketOption.SO_SNDBUF, TCP_SEND_BYTES);
        }
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
        return state.local;
    }

    @Override
    public SocketAddress peer() throws FileFailure {
        return state.connection
                .orElseThrow(() -> new FileFailure(Errno.ENOTCONN))
                .peer();
    }

    @Override
    public void named(SocketAddress name) {
        state = state.withLocal(name);
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Optional<Errno> takeError() {
        return state.connection.flatMap(Connection::takeError);
    }

    @Override
    public void fail(Errno errno) {
        state.connection.ifPresent(to -> to.fail(errno));
    }

    @Override
    public Ucred peerCredentials() {
        return state.connection.map(Connection::peerCredentials).orElse(Ucred.NONE);
    }

    @Override
    public void ownedBy(Ucred owner) {
        state = state.ownedBy(owner);
    }

    Ucred owner() {
        return state.owner;
    }

    /** {@code tcpi_state} of {@code TCP_INFO}. */
    public int connectionState() {
        return isListening() ? LISTEN : state.connection.map(Connection::state).orElse(CLOSE);
    }

    @Override
    public boolean isListening() {
        return state.backlog >= 0;
    }

    public boolean isConnected() {
        return state.connection.isPresent();
    }

    /** {@code listen(2)}. */
    void listen(int backlog) throws FileFailure {
        if (isConnected()) {
            throw new FileFailure(Errno.EINVAL);
        }
        state = state.listening(Math.clamp(backlog, 1, 4096), state.waiting);
        activity.noteBoth();
    }

    /** Connects this socket to a listening one; the other end waits there to be accepted. */
    void connectTo(StreamSocket listener, SocketAddress name, SocketAddress target) throws FileFailure {
        if (listener.state.waiting.size() > listener.state.backlog) {
            throw new FileFailure(family == Sockets.AF_UNIX ? Errno.EAGAIN : Errno.ECONNREFUSED);
        }
        StreamSocket accepted = network.twin(listener);
        accepted.inherit(listener);
        join(this, name, accepted, target);
        List<StreamSocket> queue = new ArrayList<>(listener.state.waiting);
        queue.add(accepted);
        listener.state = listener.state.listening(listener.state.backlog, queue);
        listener.activity.noteReadable();
    }

    /** TCP makes a copy of the listening socket ({@code sk_clone_lock}), local ones make a new one. */
    private void inherit(StreamSocket listener) {
        state = state.ownedBy(listener.state.owner);
        if (family == Sockets.AF_UNIX) {
            options.inherit(SocketOption.SO_PASSCRED, listener.options);
        } else {
            options.inherit(listener.options);
        }
    }

    /** Makes two sockets the ends of one connection. */
    static void join(StreamSocket one, SocketAddress nameOfOne, StreamSocket other, SocketAddress nameOfOther) {
        Direction there = one.network.direction(one, other);
        Direction back = one.network.direction(other, one);
        one.state = one.state.connected(nameOfOne, new Connection(other, nameOfOther, back, there));
        other.state = other.state.connected(nameOfOther, new Connection(one, nameOfOne, there, back));
        one.activity.noteBoth();
        other.activity.noteBoth();
    }

    /** {@code accept(2)}: the next connection, or {@code EAGAIN}. */
    StreamSocket accept() throws FileFailure {
        if (!isListening()) {
            throw new FileFailure(Errno.EINVAL);
        }
        if (state.waiting.isEmpty()) {
            throw new FileFailure(Errno.EAGAIN);
        }
        StreamSocket next = state.waiting.getFirst();
        state = state.listening(state.backlog, state.waiting.subList(1, state.waiting.size()));
        return next;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Received receive(byte[] into, int at, int length, Peek peek) {
        if (state.connection.isEmpty()) {
            Errno errno = family == Sockets.AF_UNIX && !hasPackets() ? Errno.EINVAL : Errno.ENOTCONN;
            return new Received(errno.result(), state.local, Ancillary.NONE);
        }
        Connection connection = state.connection.get();
        Taken taken = connection.read(into, at, length, peek);
        return new Received(taken.count(), connection.peer(), taken.ancillary());
    }

    @Override
    public boolean takesBytesInPortions() {
        return !hasPackets();
    }

    private boolean hasPackets() {
        return type == Sockets.SOCK_SEQPACKET;
    }

    @Override
    public long send(byte[] from, int at, int length, Ancillary with) {
        if (state.connection.isEmpty()) {
            return (family == Sockets.AF_UNIX ? Errno.ENOTCONN : Errno.EPIPE).result();
        }
        return state.connection.get().write(from, at, length, with);
    }

    /** {@code MSG_OOB}: 0 or a negative errno. */
    public long sendUrgent(byte value) {
        if (hasPackets()) {
            return Errno.EOPNOTSUPP.result();
        }
        if (state.connection.isEmpty()) {
            return (family == Sockets.AF_UNIX ? Errno.ENOTCONN : Errno.EPIPE).result();
        }
        return state.connection.get().writeUrgent(value);
    }

    /** {@code MSG_OOB}: the one byte that was sent so last, unless it has been read or passed by. */
    public Received receiveUrgent(byte[] into, Peek peek) {
        Errno refusal = hasPackets() ? Errno.EOPNOTSUPP : family == Sockets.AF_UNIX ? Errno.EINVAL : Errno.ENOTCONN;
        long count = hasPackets() || state.connection.isEmpty()
                ? refusal.result()
                : state.connection.get().readUrgent(into, peek);
        return new Received(count, state.local, Ancillary.NONE);
    }

    @Override
    public long shutdown(int how) {
        if (how < Sockets.SHUT_RD || how > Sockets.SHUT_RDWR) {
            return Errno.EINVAL.result();
        }
        if (state.connection.isEmpty()) {
            return family == Sockets.AF_UNIX ? 0 : Errno.ENOTCONN.result();
        }
        long result = state.connection.get().shutdown(how);
        activity.noteBoth();
        return result;
    }

    @Override
    public int readiness() {
        if (isListening()) {
            return state.waiting.isEmpty() ? 0 : Poll.READABLE;
        }
        return state.connection.map(Connection::readiness).orElse(Poll.POLLHUP | Poll.WRITABLE);
    }

    @Override
    public long activity(int interest) {
        return activity.count(interest)
                + state.connection.map(to -> to.activity(interest)).orElse(0L);
    }

    @Override
    public long available() {
        return isListening()
                ? Errno.EINVAL.result()
                : state.connection.map(Connection::unreadBytes).orElse(0L);
    }

    @Override
    public long unsentBytes() {
        return isListening()
                ? Errno.EINVAL.result()
                : state.connection.map(Connection::unsentBytes).orElse(0L);
    }

    @Override
    public void released() {
        network.unbind(this);
        state.waiting.forEach(socket -> socket.close(true));
        // Its name in the file system may still lead here: nobody listens any more.
        state = state.listening(-1, List.of());
        close(false);
    }

    private void close(boolean unaccepted) {
        state.connection.ifPresent(to -> to.close(unaccepted, options));
    }

    @Override
    public Saved capture() {
        State now = state;
        Saved events = activity.capture();
        Saved chosen = options.capture();
        return () -> {
            state = now;
            chosen.restore();
            events.restore();
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        state.waiting.forEach(visit);
        state.connection.ifPresent(visit);
    }
}
