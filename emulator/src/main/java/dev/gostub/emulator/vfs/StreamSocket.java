package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.vfs.Direction.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A socket with connections: of bytes, or of packets where it is {@code SOCK_SEQPACKET}. Connecting is over at once where both sides are in this machine.
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
            Optional<Attempt> attempt,
            Ucred owner) {
        State withLocal(SocketAddress name) {
            return new State(name, backlog, waiting, connection, attempt, owner);
        }

        State listening(int most, List<StreamSocket> queue) {
            return new State(local, most, List.copyOf(queue), connection, attempt, owner);
        }

        State connected(SocketAddress name, Connection to) {
            return new State(name, backlog, waiting, Optional.of(to), attempt, owner);
        }

        State ownedBy(Ucred who) {
            return new State(local, backlog, waiting, connection, attempt, who);
        }

        State attempting(Optional<Attempt> progress) {
            return new State(local, backlog, waiting, connection, progress, owner);
        }
    }

    /**
     * A {@code connect(2)} to somebody outside, until a call of {@code connect} has told how it ended.
     *
     * @param over has it ended
     * @param error why it failed, unless that was told otherwise
     */
    private record Attempt(Internet target, boolean over, Optional<Errno> error) {}

    StreamSocket(Network network, Node node, int family, int type, Activity activity) {
        this.network = network;
        this.node = node;
        this.family = family;
        this.type = type;
        this.activity = activity;
        state = new State(SocketAddress.none(family), -1, List.of(), Optional.empty(), Optional.empty(), Ucred.NONE);
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
        Optional<Errno> failed = state.attempt.flatMap(Attempt::error);
        if (failed.isPresent()) {
            Attempt attempt = state.attempt.get();
            state = state.attempting(Optional.of(new Attempt(attempt.target, true, Optional.empty())));
            return failed;
        }
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

    /** The same for the outer end of a connection from outside; false if there is no room in the queue yet. */
    boolean joinQueue(StreamSocket listener, SocketAddress name, SocketAddress target) {
        try {
            connectTo(listener, name, target);
            return true;
        } catch (FileFailure full) {
            return false;
        }
    }

    // ---- to somebody outside, which takes time

    /** {@code connect(2)} has begun. */
    void attempt(Internet target) {
        state = state.attempting(Optional.of(new Attempt(target, false, Optional.empty())));
    }

    /** Has {@code connect(2)} begun and not told yet how it ended. */
    boolean isAttempting() {
        return state.attempt.isPresent();
    }

    private boolean isUnderWay() {
        return state.attempt.isPresent() && !state.attempt.get().over;
    }

    /** It has succeeded: the other end is {@code outer}. */
    void reached(StreamSocket outer, Internet local) {
        Attempt attempt = state.attempt.orElseThrow();
        boolean bound = state.local instanceof Internet own && own.port() != 0;
        join(this, bound ? state.local : local, outer, attempt.target);
        state = state.attempting(Optional.of(new Attempt(attempt.target, true, Optional.empty())));
    }

    /** It has failed. */
    void missed(Errno errno) {
        Attempt attempt = state.attempt.orElseThrow();
        state = state.attempting(Optional.of(new Attempt(attempt.target, true, Optional.of(errno))));
        activity.noteBoth();
    }

    /** {@code connect(2)} once more ({@code __inet_stream_connect}): how the attempt ended, or that it has not. */
    void endAttempt() throws FileFailure {
        if (isUnderWay()) {
            throw new FileFailure(Errno.EALREADY);
        }
        Optional<Errno> error = takeError();
        state = state.attempting(Optional.empty());
        if (!isConnected()) {
            throw new FileFailure(error.orElse(Errno.ECONNABORTED));
        }
    }

    /** Would bytes that are sent find somebody to read them. */
    boolean hasPeerReading() {
        return state.connection.isPresent() && state.connection.get().hasPeerReading();
    }

    /** Lets so many bytes be under way in each direction. */
    void widen(int bytes) {
        state.connection.ifPresent(to -> to.widen(bytes));
    }

    /** So many bytes can be sent at once. */
    int roomBytes() {
        return state.connection.map(Connection::roomBytes).orElse(0);
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
        if (isUnderWay()) {
            return Errno.EAGAIN.result();
        }
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
        if (state.attempt.isPresent() && state.connection.isEmpty()) {
            Attempt attempt = state.attempt.get();
            int failed = Poll.POLLHUP | Poll.POLLRDHUP | Poll.READABLE | Poll.WRITABLE;
            return !attempt.over ? 0 : failed | (attempt.error.isPresent() ? Poll.POLLERR : 0);
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
        if (isUnderWay()) {
            network.abandon(this);
        }
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
