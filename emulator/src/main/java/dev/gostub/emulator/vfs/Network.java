package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketAddress.Local;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sockets inside the machine and their names. There is one interface, the loopback; everything beyond it is unreachable, as on a
 * computer without a network.
 */
public final class Network implements Stateful {
    /** First port that is given to who asks for none, {@code ip_local_port_range}. */
    private static final int FIRST_EPHEMERAL = 32768;

    private static final int LAST_EPHEMERAL = 60999;

    private final OpenFiles openFiles;
    private final Inodes inodes;
    private final Namespace namespace;
    private final Changes changes;
    /** Sockets by protocol, address and port, or by abstract name. */
    private TreeMap<String, SocketObject> bound = new TreeMap<>();

    private int lastEphemeral = FIRST_EPHEMERAL - 1;

    Network(OpenFiles openFiles, Inodes inodes, Namespace namespace, Changes changes) {
        this.openFiles = openFiles;
        this.inodes = inodes;
        this.namespace = namespace;
        this.changes = changes;
    }

    static Internet any(int family) {
        return family == Sockets.AF_INET ? Internet.version4(0, 0) : new Internet(0, 0, 0);
    }

    /** {@code socket(2)}: the type may carry {@code SOCK_NONBLOCK}. */
    public OpenFile open(FileSystemContext context, int family, int type) throws FileFailure {
        return openFile(make(context.credentials(), family, type & Sockets.SOCK_TYPE_MASK), type);
    }

    /** {@code socketpair(2)}: two ends, each with one reference. */
    public Vfs.PipePair pair(FileSystemContext context, int type) throws FileFailure {
        int kind = type & Sockets.SOCK_TYPE_MASK;
        SocketObject one = make(context.credentials(), Sockets.AF_UNIX, kind);
        SocketObject other = make(context.credentials(), Sockets.AF_UNIX, kind);
        if (one instanceof StreamSocket first && other instanceof StreamSocket second) {
            StreamSocket.join(first, Local.UNNAMED, second, Local.UNNAMED);
        } else if (one instanceof DatagramSocket first && other instanceof DatagramSocket second) {
            DatagramSocket.join(first, second);
        }
        return new Vfs.PipePair(openFile(one, type), openFile(other, type));
    }

    private SocketObject make(Credentials owner, int family, int kind) throws FileFailure {
        if (family != Sockets.AF_UNIX && family != Sockets.AF_INET && family != Sockets.AF_INET6) {
            throw new FileFailure(Errno.EAFNOSUPPORT);
        }
        return switch (kind) {
            case Sockets.SOCK_STREAM -> new StreamSocket(this, node(owner), family, kind, new Activity(changes));
            case Sockets.SOCK_DGRAM -> new DatagramSocket(this, node(owner), family, new Activity(changes));
            case Sockets.SOCK_SEQPACKET -> {
                if (family != Sockets.AF_UNIX) {
                    throw new FileFailure(Errno.ESOCKTNOSUPPORT);
                }
                yield new StreamSocket(this, node(owner), family, kind, new Activity(changes));
            }
            case Sockets.SOCK_RAW -> throw new FileFailure(Errno.EPERM);
            default -> throw new FileFailure(Errno.EINVAL);
        };
    }

    private Node node(Credentials owner) {
        Attributes attributes = inodes.anonymous(FileMode.S_IFSOCK | 0777, owner);
        return new AnonymousNode(attributes, "socket:[" + attributes.inode() + "]");
    }

    private OpenFile openFile(SocketObject socket, int type) {
        String label = "socket:[" + socket.node().attributes().inode() + "]";
        return openFiles.create(socket, OpenFlags.O_RDWR | type & OpenFlags.O_NONBLOCK, label);
    }

    /** The socket of the other side of a connection that waits at a listener. */
    StreamSocket twin(StreamSocket listener) {
        Attributes a = listener.node().attributes();
        return new StreamSocket(
                this,
                node(new Credentials(a.user(), a.group())),
                listener.family(),
                listener.type(),
                new Activity(changes));
    }

    Pipe direction() {
        Pipe pipe = new Pipe(new Activity(changes));
        pipe.addReader();
        pipe.addWriter();
        return pipe;
    }

    /** {@code bind(2)}. */
    public void bind(At at, SocketObject socket, SocketAddress wanted) throws FileFailure {
        boolean unnamed = socket.local() instanceof Internet i
                ? i.port() == 0
                : socket.local().equals(Local.UNNAMED);
        if (!unnamed) {
            // Linux makes the name in the file system before it looks whether the socket has one.
            boolean path = wanted instanceof Local name && !name.name().isEmpty() && !name.isAbstract();
            boolean exists = path && socket.local().equals(wanted);
            throw new FileFailure(exists ? Errno.EADDRINUSE : Errno.EINVAL);
        }
        switch (wanted) {
            case Internet address -> {
                requireHere(address, Errno.EADDRNOTAVAIL);
                claim(socket, address.port() == 0 ? address.withPort(freePort(socket, address)) : address);
            }
            case Local name
            when name.name().isEmpty() || name.isAbstract() ->
                claim(socket, name.name().isEmpty() ? new Local("\0" + lastEphemeral++) : name);
            case Local name -> bindPath(at, socket, name);
        }
    }

    private void claim(SocketObject socket, SocketAddress name) throws FileFailure {
        if (taken(socket, name)) {
            throw new FileFailure(Errno.EADDRINUSE);
        }
        bound.put(key(socket, name), socket);
        socket.named(name);
    }

    private boolean taken(SocketObject socket, SocketAddress name) {
        if (!(name instanceof Internet address)) {
            return bound.containsKey(key(socket, name));
        }
        String port = ":" + address.port();
        if (address.isAny()) {
            return bound.keySet().stream().anyMatch(key -> key.startsWith(protocol(socket)) && key.endsWith(port));
        }
        return bound.containsKey(key(socket, address)) || bound.containsKey(protocol(socket) + "*" + port);
    }

    private int freePort(SocketObject socket, Internet address) throws FileFailure {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            lastEphemeral = lastEphemeral >= LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastEphemeral + 1;
            if (!taken(socket, address.withPort(lastEphemeral))) {
                return lastEphemeral;
            }
        }
        throw new FileFailure(Errno.EADDRINUSE);
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

    private static String protocol(SocketObject socket) {
        return socket instanceof StreamSocket ? "stream/" : "datagram/";
    }

    private static String key(SocketObject socket, SocketAddress name) {
        return protocol(socket)
                + switch (name) {
                    case Internet address when address.isAny() -> "*:" + address.port();
                    case Internet address ->
                        Long.toHexString(address.high()) + "/" + Long.toHexString(address.low()) + ":" + address.port();
                    case Local local -> local.name();
                };
    }

    private static void requireHere(Internet address, Errno otherwise) throws FileFailure {
        if (!address.isAny() && !address.isLoopback()) {
            throw new FileFailure(otherwise);
        }
    }

    /** A socket is closed: its name is free again. The name in the file system stays, as on Linux. */
    void unbind(SocketObject socket) {
        bound.values().removeIf(other -> other == socket);
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
        return openFile(stream.accept(), flags);
    }

    /** {@code connect(2)}: over at once, also for non-blocking sockets. */
    public void connect(At at, SocketObject socket, SocketAddress target) throws FileFailure {
        switch (socket) {
            case StreamSocket stream -> {
                if (stream.isConnected() || stream.isListening()) {
                    throw new FileFailure(Errno.EISCONN);
                }
                if (find(at, stream, target) instanceof StreamSocket listener && listener.isListening()) {
                    stream.connectTo(listener, ownName(at, stream, target), effective(target));
                } else {
                    throw new FileFailure(Errno.ECONNREFUSED);
                }
            }
            case DatagramSocket datagram -> {
                if (target instanceof Internet address) {
                    requireHere(address, Errno.ENETUNREACH);
                    ownName(at, datagram, target);
                }
                datagram.connectTo(effective(target));
            }
        }
    }

    /** Sending to "any address" means this computer. */
    private static SocketAddress effective(SocketAddress target) {
        if (target instanceof Internet address && address.isAny()) {
            return address.isVersion4()
                    ? Internet.LOOPBACK.withPort(address.port())
                    : new Internet(0, 1, address.port());
        }
        return target;
    }

    /** Who connects without a name gets the address of the target's side and a free port. */
    private SocketAddress ownName(At at, SocketObject socket, SocketAddress target) throws FileFailure {
        if (target instanceof Internet && socket.local() instanceof Internet own) {
            if (own.port() == 0 && effective(target) instanceof Internet side) {
                bind(at, socket, side.withPort(0));
            } else if (own.isAny() && effective(target) instanceof Internet side) {
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
        return lookup(from, effective(target)).orElseThrow(() -> new FileFailure(Errno.ECONNREFUSED));
    }

    private Optional<SocketObject> lookup(SocketObject from, SocketAddress target) {
        SocketObject exact = bound.get(key(from, target));
        if (exact == null && target instanceof Internet address) {
            exact = bound.get(protocol(from) + "*:" + address.port());
        }
        return Optional.ofNullable(exact);
    }

    /** {@code sendto(2)} with an address: a count or a negative errno. */
    public long send(At at, SocketObject socket, byte[] bytes, SocketAddress target) throws FileFailure {
        if (!(socket instanceof DatagramSocket datagram)) {
            return socket.write(bytes, 0, bytes.length);
        }
        if (target instanceof Internet) {
            ownName(at, datagram, target);
        }
        if (find(at, datagram, target) instanceof DatagramSocket receiver) {
            long result = receiver.deliver(bytes.clone(), datagram.local());
            return result < 0 ? result : bytes.length;
        }
        return Errno.EPROTOTYPE.result();
    }

    /** To a receiver with a number or abstract name; a message to nobody is lost, or refused if it is local. */
    long send(DatagramSocket socket, byte[] bytes, SocketAddress target) {
        Optional<SocketObject> found = lookup(socket, target);
        if (found.isPresent() && found.get() instanceof DatagramSocket receiver) {
            long result = receiver.deliver(bytes, socket.local());
            return result < 0 ? result : bytes.length;
        }
        return Errno.ECONNREFUSED.result();
    }

    @Override
    public Saved capture() {
        TreeMap<String, SocketObject> names = new TreeMap<>(bound);
        int port = lastEphemeral;
        return () -> {
            bound = new TreeMap<>(names);
            lastEphemeral = port;
        };
    }
}
