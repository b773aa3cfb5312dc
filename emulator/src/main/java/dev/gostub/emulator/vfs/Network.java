package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketAddress.Local;
import dev.gostub.emulator.abi.SocketAddress.Netlink;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.host.HostNetwork;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sockets inside the machine and their names. There is one interface, the loopback; everything beyond it is unreachable, as on a
 * computer without a network, but for what the {@link Gateway} leads to.
 */
public final class Network implements Stateful {
    private final Inodes inodes;
    private final Namespace namespace;
    private final SocketFamilies families;
    private final SocketNames names = new SocketNames();
    private final Gateway gateway;

    Network(OpenFiles openFiles, Inodes inodes, Namespace namespace, Changes changes, HostNetwork outside) {
        this.inodes = inodes;
        this.namespace = namespace;
        families = new SocketFamilies(openFiles, inodes, changes);
        gateway = new Gateway(outside, this);
    }

    /** {@code socket(2)}: the type may carry {@code SOCK_NONBLOCK}. */
    public OpenFile open(FileSystemContext context, int family, int type, int protocol) throws FileFailure {
        int kind = type & Sockets.SOCK_TYPE_MASK;
        SocketObject socket = families.make(this, context.credentials(), family, kind);
        SocketFamilies.requireProtocol(socket, protocol);
        return families.open(socket, type);
    }

    /** Fails as {@code socket(2)} does for a kind of sockets that there is not. */
    public void requireKind(FileSystemContext context, int family, int type, int protocol) throws FileFailure {
        int kind = type & Sockets.SOCK_TYPE_MASK;
        SocketFamilies.requireProtocol(families.make(this, context.credentials(), family, kind), protocol);
    }

    /** {@code socketpair(2)}: two ends, each with one reference. */
    public Vfs.PipePair pair(FileSystemContext context, int type, Ucred owner) throws FileFailure {
        int kind = type & Sockets.SOCK_TYPE_MASK;
        SocketObject one = families.make(this, context.credentials(), Sockets.AF_UNIX, kind);
        SocketObject other = families.make(this, context.credentials(), Sockets.AF_UNIX, kind);
        one.ownedBy(owner);
        other.ownedBy(owner);
        if (one instanceof StreamSocket first && other instanceof StreamSocket second) {
            StreamSocket.join(first, Local.UNNAMED, second, Local.UNNAMED);
        } else if (one instanceof DatagramSocket first && other instanceof DatagramSocket second) {
            DatagramSocket.join(first, second);
        }
        return new Vfs.PipePair(families.open(one, type), families.open(other, type));
    }

    /** The socket of the other side of a connection that waits at a listener. */
    StreamSocket twin(StreamSocket listener) {
        return families.twin(this, listener);
    }

    /** The outer end of a connection that comes from outside. */
    StreamSocket outerEnd() {
        return families.outerEnd(this);
    }

    /** Who listens on a port of this computer's own address, for a socket that would connect to it. */
    Optional<StreamSocket> listenerAt(int port, StreamSocket from) {
        return names.find(from, Internet.LOOPBACK.withPort(port))
                .or(() -> names.find(from, new Internet(0, 1, port)))
                .filter(StreamSocket.class::isInstance)
                .map(StreamSocket.class::cast)
                .filter(StreamSocket::isListening);
    }

    /** The way to the world outside. */
    Gateway gateway() {
        return gateway;
    }

    /** The socket is closed while it is being connected. */
    void abandon(StreamSocket socket) {
        gateway.abandon(socket);
    }

    /** The socket is closed. */
    void close(DatagramSocket socket) {
        gateway.close(socket);
    }

    /** One half of a connection between two such sockets. */
    Direction direction(StreamSocket writer, StreamSocket reader) {
        return families.direction(writer, reader);
    }

    /** {@code bind(2)}. */
    public void bind(At at, SocketObject socket, SocketAddress wanted) throws FileFailure {
        boolean named = !(socket.local() instanceof Internet own
                ? own.port() == 0
                : socket.local().equals(SocketAddress.none(socket.family())));
        if (named
                && wanted instanceof Netlink again
                && socket.local() instanceof Netlink first
                && again.port() == first.port()) {
            return;
        }
        if (named) {
            // Linux makes the name in the file system before it looks whether the socket has one.
            boolean path = wanted instanceof Local name && !name.name().isEmpty() && !name.isAbstract();
            boolean exists = path && socket.local().equals(wanted);
            throw new FileFailure(exists ? Errno.EADDRINUSE : Errno.EINVAL);
        }
        switch (wanted) {
            case Internet address -> {
                requireHere(address, Errno.EADDRNOTAVAIL);
                names.claim(socket, address.port() == 0 ? names.free(socket, address) : address);
            }
            case Local name
            when name.name().isEmpty() || name.isAbstract() ->
                names.claim(socket, name.name().isEmpty() ? names.free() : name);
            case Local name -> bindPath(at, socket, name);
            case Netlink address -> names.claim(socket, address.port() == 0 ? names.free(socket, address) : address);
        }
    }

    private void bindPath(At at, SocketObject socket, Local name) throws FileFailure {
        int mode = FileMode.S_IFSOCK | 0777 & ~at.context().umask();
        Attributes attributes = inodes.fresh(mode, at.context().credentials());
        SpecialFile node = SpecialFile.backed(attributes, socket, _ -> {
            throw new FileFailure(Errno.ENXIO);
        });
        try {
            namespace.bind(at, name.name(), node);
        } catch (FileFailure failure) {
            throw failure.errno() == Errno.EEXIST ? new FileFailure(Errno.EADDRINUSE) : failure;
        }
        socket.named(name);
    }

    private static void requireHere(Internet address, Errno otherwise) throws FileFailure {
        if (!address.isAny() && !address.isLoopback()) {
            throw new FileFailure(otherwise);
        }
    }

    /** A socket is closed: its name is free again. The name in the file system stays, as on Linux. */
    void unbind(SocketObject socket) {
        names.release(socket);
    }

    /** {@code listen(2)}. */
    public void listen(At at, SocketObject socket, int backlog) throws FileFailure {
        if (!(socket instanceof StreamSocket stream)) {
            throw new FileFailure(Errno.EOPNOTSUPP);
        }
        if (stream.local() instanceof Internet address && address.port() == 0) {
            bind(at, stream, address);
        } else if (stream.local().equals(Local.UNNAMED)) {
            throw new FileFailure(Errno.EINVAL);
        }
        stream.listen(backlog);
    }

    /** {@code accept(2)}: the connection as an open file with one reference. */
    public OpenFile accept(SocketObject socket, int flags) throws FileFailure {
        if (!(socket instanceof StreamSocket stream)) {
            throw new FileFailure(Errno.EOPNOTSUPP);
        }
        return families.open(stream.accept(), flags);
    }

    /** {@code connect(2)}: over at once, also for non-blocking sockets, unless it goes outside: {@code EINPROGRESS}, and {@code EALREADY} at the next call. */
    public void connect(At at, SocketObject socket, SocketAddress target) throws FileFailure {
        switch (socket) {
            case StreamSocket stream -> {
                if (stream.isAttempting()) {
                    stream.endAttempt();
                    return;
                }
                if (stream.isConnected() || stream.isListening()) {
                    throw new FileFailure(Errno.EISCONN);
                }
                if (target instanceof Internet address && isOutside(stream, address)) {
                    gateway.connect(stream, effective(address));
                    throw new FileFailure(Errno.EINPROGRESS);
                }
                if (find(at, stream, target) instanceof StreamSocket listener && listener.isListening()) {
                    stream.connectTo(listener, ownName(at, stream, target), effective(target));
                } else {
                    throw new FileFailure(Errno.ECONNREFUSED);
                }
            }
            case DatagramSocket datagram -> {
                if (target instanceof Local) {
                    if (!(find(at, datagram, target) instanceof DatagramSocket receiver)) {
                        throw new FileFailure(Errno.EPROTOTYPE);
                    }
                    datagram.connectTo(target, receiver);
                    return;
                }
                if (target instanceof Internet address) {
                    requireReachable(datagram, address);
                    ownName(at, datagram, target);
                }
                datagram.connectTo(effective(target));
            }
        }
    }

    /** Does the way to an address lead outside: who is here comes first. */
    private boolean isOutside(SocketObject from, Internet address) {
        boolean here = address.isAny() || address.isLoopback();
        return gateway.leadsTo(effective(address))
                && !(here && names.find(from, effective(address)).isPresent());
    }

    private void requireReachable(SocketObject from, Internet address) throws FileFailure {
        if (!isOutside(from, address)) {
            requireHere(address, Errno.ENETUNREACH);
        }
    }

    /** Sending to "any address" means this computer. */
    private static SocketAddress effective(SocketAddress target) {
        return target instanceof Internet address ? effective(address) : target;
    }

    private static Internet effective(Internet address) {
        if (!address.isAny()) {
            return address;
        }
        return address.isVersion4() ? Internet.LOOPBACK.withPort(address.port()) : new Internet(0, 1, address.port());
    }

    /** Who connects without a name gets the address of the target's side and a free port. */
    private SocketAddress ownName(At at, SocketObject socket, SocketAddress target) throws FileFailure {
        if (target instanceof Internet wanted && socket.local() instanceof Internet own) {
            Internet side = effective(wanted);
            if (own.port() == 0) {
                bind(at, socket, isOutside(socket, wanted) ? own : side.withPort(0));
            } else if (own.isAny()) {
                socket.named(side.withPort(own.port()));
            }
        }
        return socket.local();
    }

    private SocketObject find(At at, SocketObject from, SocketAddress target) throws FileFailure {
        if (target instanceof Local local && !local.isAbstract()) {
            Node node = PathWalker.walk(at, local.name(), LastLink.FOLLOW).require();
            at.context().credentials().require(node, FileMode.W_OK);
            if (node instanceof SpecialFile special && special.behind().orElse(null) instanceof SocketObject socket) {
                return socket;
            }
            throw new FileFailure(Errno.ECONNREFUSED);
        }
        if (target instanceof Internet address) {
            requireHere(address, Errno.ENETUNREACH);
        }
        return names.find(from, effective(target)).orElseThrow(() -> new FileFailure(Errno.ECONNREFUSED));
    }

    /** {@code sendto(2)} with an address: a count or a negative errno. */
    public long send(At at, SocketObject socket, Message message, SocketAddress target) throws FileFailure {
        byte[] bytes = message.bytes();
        if (!(socket instanceof DatagramSocket datagram)) {
            return Errno.EOPNOTSUPP.result();
        }
        if (datagram.isTooLong(bytes.length)) {
            return Errno.EMSGSIZE.result();
        }
        if (target instanceof Netlink) {
            return send(datagram, bytes, target);
        }
        if (target instanceof Internet address) {
            requireReachable(datagram, address);
            ownName(at, datagram, target);
            if (isOutside(datagram, address)) {
                gateway.send(datagram, effective(address), bytes);
                return bytes.length;
            }
            if (names.find(datagram, effective(target)).isEmpty()) {
                return bytes.length; // lost
            }
        }
        if (find(at, datagram, target) instanceof DatagramSocket receiver) {
            long result = receiver.deliver(bytes, datagram, message.with());
            return result < 0 ? result : bytes.length;
        }
        return Errno.EPROTOTYPE.result();
    }

    /** To the Internet address, or the kernel, that the socket is connected to. */
    long send(DatagramSocket socket, byte[] bytes, SocketAddress target) {
        if (target.equals(Netlink.KERNEL)) {
            return ask(socket, bytes);
        }
        Optional<SocketObject> found = names.find(socket, target);
        if (found.isPresent() && found.get() instanceof DatagramSocket receiver) {
            long result = receiver.deliver(bytes, socket, Ancillary.NONE);
            return result < 0 ? result : bytes.length;
        }
        if (target instanceof Internet address && isOutside(socket, address)) {
            gateway.send(socket, address, bytes);
        } else {
            socket.refuse();
        }
        return bytes.length;
    }

    private long ask(DatagramSocket socket, byte[] request) {
        if (socket.local().equals(Netlink.KERNEL)) {
            names.enter(socket, names.free(socket, Netlink.KERNEL));
        }
        if (socket.local() instanceof Netlink own) {
            for (byte[] answer : RouteMessages.answer(request, own.port())) {
                long result = socket.deliver(answer, Netlink.KERNEL);
                if (result < 0) {
                    return Errno.ENOBUFS.result();
                }
            }
        }
        return request.length;
    }

    @Override
    public Saved capture() {
        return names.capture();
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(gateway);
    }
}
