package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Sockets;

/** Which kinds of sockets there are, and how they and their connections are made. */
record SocketFamilies(OpenFiles openFiles, Inodes inodes, Changes changes) {
    /** Numbers from here on are of no type ({@code linux/net.h}). */
    private static final int SOCK_MAX = 11;

    SocketObject make(Network network, Credentials owner, int family, int kind) throws FileFailure {
        return switch (family) {
            case Sockets.AF_UNIX ->
                switch (kind) {
                    case Sockets.SOCK_STREAM, Sockets.SOCK_SEQPACKET -> stream(network, owner, family, kind);
                    case Sockets.SOCK_DGRAM, Sockets.SOCK_RAW -> datagrams(network, owner, family, Sockets.SOCK_DGRAM);
                    default -> throw unknown(kind);
                };
            case Sockets.AF_INET, Sockets.AF_INET6 ->
                switch (kind) {
                    case Sockets.SOCK_STREAM -> stream(network, owner, family, kind);
                    case Sockets.SOCK_DGRAM -> datagrams(network, owner, family, kind);
                    case Sockets.SOCK_RAW -> throw new FileFailure(Errno.EPERM);
                    default -> throw unknown(kind);
                };
            case Sockets.AF_NETLINK -> {
                if (kind != Sockets.SOCK_RAW && kind != Sockets.SOCK_DGRAM) {
                    throw new FileFailure(Errno.ESOCKTNOSUPPORT);
                }
                yield datagrams(network, owner, family, kind);
            }
            default -> throw new FileFailure(Errno.EAFNOSUPPORT);
        };
    }

    private static FileFailure unknown(int kind) {
        return new FileFailure(kind >= SOCK_MAX ? Errno.EINVAL : Errno.ESOCKTNOSUPPORT);
    }

    /** There is one protocol for each kind of socket: no MPTCP, SCTP or ICMP, no family of netlink but that of routes. */
    static void requireProtocol(SocketObject socket, int protocol) throws FileFailure {
        int one = switch (socket.family()) {
            case Sockets.AF_UNIX -> Sockets.AF_UNIX;
            case Sockets.AF_NETLINK -> 0;
            default -> socket.type() == Sockets.SOCK_STREAM ? Sockets.IPPROTO_TCP : Sockets.IPPROTO_UDP;
        };
        if (protocol != 0 && protocol != one) {
            throw new FileFailure(Errno.EPROTONOSUPPORT);
        }
    }

    private StreamSocket stream(Network network, Credentials owner, int family, int kind) {
        return new StreamSocket(network, node(owner), family, kind, new Activity(changes));
    }

    private DatagramSocket datagrams(Network network, Credentials owner, int family, int kind) {
        return new DatagramSocket(network, node(owner), family, kind, new Activity(changes));
    }

    StreamSocket twin(Network network, StreamSocket listener) {
        Attributes a = listener.node().attributes();
        return stream(network, new Credentials(a.user(), a.group()), listener.family(), listener.type());
    }

    StreamSocket outerEnd(Network network) {
        return stream(network, new Credentials(0, 0), Sockets.AF_INET, Sockets.SOCK_STREAM);
    }

    private Node node(Credentials owner) {
        Attributes attributes = inodes.anonymous(FileMode.S_IFSOCK | 0777, owner);
        return new AnonymousNode(attributes, "socket:[" + attributes.inode() + "]");
    }

    OpenFile open(SocketObject socket, int type) {
        String label = "socket:[" + socket.node().attributes().inode() + "]";
        return openFiles.create(socket, OpenFlags.O_RDWR | type & OpenFlags.O_NONBLOCK, label);
    }

    Direction direction(StreamSocket writer, StreamSocket reader) {
        StreamBuffer buffer = new StreamBuffer(new Activity(changes));
        buffer.addReader();
        buffer.addWriter();
        boolean packets = writer.type() == Sockets.SOCK_SEQPACKET;
        return new Direction(buffer, packets, writer.options(), reader.options());
    }
}
