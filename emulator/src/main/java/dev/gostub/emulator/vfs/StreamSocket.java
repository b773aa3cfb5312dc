package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Sockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A socket with connections: two pipes each, one for each direction. Connecting is over at once, since both sides are in this machine.
 * What {@code SOCK_SEQPACKET} adds to a stream, the limits of messages, is not kept.
 */
public final class StreamSocket implements SocketObject {
    private final Network network;
    private final Node node;
    private final int family;
    private final int type;
    private final Activity activity;
    private State state;

    /**
     * All that changes but the bytes under way.
     *
     * @param backlog how many connections may wait to be accepted; negative unless listening
     * @param in what comes from the peer; there is one exactly if the socket is connected
     */
    private record State(
            SocketAddress local,
            Optional<SocketAddress> peer,
            int backlog,
            List<StreamSocket> waiting,
            Optional<Pipe> in,
            Optional<Pipe> out,
            boolean readShut,
            boolean writeShut) {
        State withLocal(SocketAddress name) {
            return new State(name, peer, backlog, waiting, in, out, readShut, writeShut);
        }

        State listening(int most, List<StreamSocket> queue) {
            return new State(local, peer, most, List.copyOf(queue), in, out, readShut, writeShut);
        }

        State connected(SocketAddress name, SocketAddress other, Pipe from, Pipe to) {
            return new State(
                    name, Optional.of(other), backlog, waiting, Optional.of(from), Optional.of(to), false, false);
        }

        State shut(boolean read, boolean write) {
            return new State(local, peer, backlog, waiting, in, out, readShut || read, writeShut || write);
        }
    }

    StreamSocket(Network network, Node node, int family, int type, Activity activity) {
        this.network = network;
        this.node = node;
        this.family = family;
        this.type = type;
        this.activity = activity;
        SocketAddress none = SocketAddress.none(family);
        state = new State(none, Optional.empty(), -1, List.of(), Optional.empty(), Optional.empty(), false, false);
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
        return state.peer.orElseThrow(() -> new FileFailure(Errno.ENOTCONN));
    }

    @Override
    public void named(SocketAddress name) {
        state = state.withLocal(name);
    }

    @Override
    public boolean isListening() {
        return state.backlog >= 0;
    }

    boolean isConnected() {
        return state.in.isPresent();
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
        join(this, name, accepted, target);
        List<StreamSocket> queue = new ArrayList<>(listener.state.waiting);
        queue.add(accepted);
        listener.state = listener.state.listening(listener.state.backlog, queue);
        listener.activity.noteReadable();
    }

    /** Makes two sockets the ends of one connection. */
    static void join(StreamSocket one, SocketAddress nameOfOne, StreamSocket other, SocketAddress nameOfOther) {
        Pipe there = one.network.direction();
        Pipe back = one.network.direction();
        one.state = one.state.connected(nameOfOne, nameOfOther, back, there);
        other.state = other.state.connected(nameOfOther, nameOfOne, there, back);
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
    public long read(byte[] into, int at, int length) {
        if (state.in.isEmpty()) {
            return notConnected();
        }
        return state.readShut ? 0 : state.in.get().read(into, at, length);
    }

    @Override
    public Received receive(byte[] into, int at, int length, Peek peek) {
        boolean take = peek == Peek.TAKE || state.in.isEmpty() || state.readShut;
        long count = take ? read(into, at, length) : state.in.get().peek(into, at, length);
        return new Received(count, state.peer.orElse(state.local));
    }

    @Override
    public boolean takesBytesInPortions() {
        return true;
    }

    @Override
    public long write(byte[] from, int at, int length) {
        if (state.out.isEmpty()) {
            return notConnected();
        }
        return state.writeShut ? Errno.EPIPE.result() : state.out.get().write(from, at, length);
    }

    private long notConnected() {
        return state.peer.isEmpty() ? Errno.ENOTCONN.result() : Errno.EPIPE.result();
    }

    @Override
    public long shutdown(int how) {
        if (state.in.isEmpty() || state.out.isEmpty()) {
            return Errno.ENOTCONN.result();
        }
        if (how < Sockets.SHUT_RD || how > Sockets.SHUT_RDWR) {
            return Errno.EINVAL.result();
        }
        boolean write = how != Sockets.SHUT_RD && !state.writeShut;
        if (write) {
            state.out.get().removeWriter();
        }
        state = state.shut(how != Sockets.SHUT_WR, write);
        activity.noteBoth();
        return 0;
    }

    @Override
    public int readiness() {
        if (isListening()) {
            return state.waiting.isEmpty() ? 0 : Poll.READABLE;
        }
        if (state.in.isEmpty() || state.out.isEmpty()) {
            return Poll.POLLHUP | Poll.WRITABLE;
        }
        int inward = state.in.get().readerReadiness();
        int outward = state.out.get().writerReadiness();
        boolean noMoreIn = (inward & Poll.POLLHUP) != 0 || state.readShut;
        boolean noMoreOut = (outward & Poll.POLLERR) != 0 || state.writeShut;
        return (inward & Poll.READABLE)
                | (noMoreIn ? Poll.READABLE | Poll.POLLRDHUP : 0)
                | (noMoreOut ? Poll.WRITABLE : outward & Poll.WRITABLE)
                | (noMoreIn && noMoreOut ? Poll.POLLHUP : 0);
    }

    @Override
    public long activity(int interest) {
        long own = activity.count(interest);
        long in = state.in
                .map(pipe -> pipe.activity().count(interest & ~Poll.WRITABLE))
                .orElse(0L);
        long out = state.out
                .map(pipe -> pipe.activity().count(interest & ~(Poll.READABLE | Poll.POLLRDHUP)))
                .orElse(0L);
        return own + in + out;
    }

    @Override
    public long available() {
        return state.in.map(Pipe::usedBytes).orElse(0);
    }

    @Override
    public void released() {
        network.unbind(this);
        state.waiting.forEach(StreamSocket::released);
        // Its name in the file system may still lead here: nobody listens any more.
        state = state.listening(-1, List.of());
        state.in.ifPresent(Pipe::removeReader);
        if (!state.writeShut) {
            state.out.ifPresent(Pipe::removeWriter);
        }
    }

    @Override
    public Saved capture() {
        State now = state;
        Saved events = activity.capture();
        return () -> {
            state = now;
            events.restore();
        };
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        state.waiting.forEach(visit);
        state.in.ifPresent(visit);
        state.out.ifPresent(visit);
    }
}
