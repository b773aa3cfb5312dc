package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Netlink;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Network;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.Vfs.PipePair;
import java.util.Arrays;

/** Makes, names and connects sockets. Their data moves in {@link MessageCalls}. */
final class SocketCalls {
    private static final int LARGEST_ADDRESS = 128;
    private static final int LARGEST_OPTION = 256;
    private static final int BUFFER_BYTES = 212_992;
    private static final int CREDENTIALS_BYTES = 12;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;

    private SocketCalls() {}

    static SocketObject socket(OpenFile file) {
        if (file.object() instanceof SocketObject socket) {
            return socket;
        }
        throw new SyscallException(Errno.ENOTSOCK);
    }

    private static Network network(SyscallContext call) {
        return call.vfs().network();
    }

    /** SOCK_CLOEXEC and SOCK_NONBLOCK are the flags of open. */
    private static int flags(int type) {
        int flags = type & ~Sockets.SOCK_TYPE_MASK;
        if ((flags & ~(Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK)) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return flags & OpenFlags.O_CLOEXEC;
    }

    /** socket(2). */
    static SyscallResult socket(SyscallContext call) throws FileFailure {
        int type = call.integer(1);
        int descriptorFlags = flags(type);
        if (call.integer(0) == Sockets.AF_NETLINK && call.integer(2) != Netlink.NETLINK_ROUTE) {
            return SyscallResult.failure(Errno.EPROTONOSUPPORT);
        }
        OpenFile file = network(call).open(Paths.context(call), call.integer(0), type);
        return SyscallResult.value(call.files().add(file, descriptorFlags));
    }

    /** socketpair(2): local ones only. */
    static SyscallResult socketpair(SyscallContext call) throws FileFailure {
        if (call.integer(0) != Sockets.AF_UNIX) {
            return SyscallResult.failure(Errno.EOPNOTSUPP);
        }
        int type = call.integer(1);
        int descriptorFlags = flags(type);
        PipePair pair = network(call).pair(Paths.context(call), type);
        return EventCalls.givePair(call, pair, descriptorFlags, call.argument(3));
    }

    /** The address that lies at an argument, its length in the next. */
    static SocketAddress address(SyscallContext call, int index) {
        return address(call, call.argument(index), call.integer(index + 1));
    }

    static SocketAddress address(SyscallContext call, long at, int length) {
        if (length < 0 || length > LARGEST_ADDRESS) {
            throw new SyscallException(Errno.EINVAL);
        }
        byte[] bytes = call.read(at, length);
        boolean known = length >= 2 && isKnown(LittleEndian.get16(bytes, 0));
        return SocketAddress.of(bytes)
                .orElseThrow(() -> new SyscallException(known || length < 2 ? Errno.EINVAL : Errno.EAFNOSUPPORT));
    }

    private static boolean isKnown(int family) {
        return family == Sockets.AF_INET
                || family == Sockets.AF_INET6
                || family == Sockets.AF_UNIX
                || family == Sockets.AF_NETLINK;
    }

    /** An address whose kind is that of the socket. */
    private static SocketAddress addressFor(SyscallContext call, SocketObject socket) {
        SocketAddress address = address(call, 1);
        if (!address.isFor(socket.family())) {
            throw new SyscallException(Errno.EINVAL);
        }
        return address;
    }

    /** bind(2). */
    static SyscallResult bind(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        network(call).bind(Paths.here(call), socket, addressFor(call, socket));
        return SyscallResult.OK;
    }

    /** listen(2). */
    static SyscallResult listen(SyscallContext call) throws FileFailure {
        network(call).listen(Paths.here(call), socket(call.file(0)), call.integer(1));
        return SyscallResult.OK;
    }

    /** connect(2). */
    static SyscallResult connect(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        network(call).connect(Paths.here(call), socket, addressFor(call, socket));
        return SyscallResult.OK;
    }

    /** accept(2). */
    static SyscallResult accept(SyscallContext call) throws FileFailure {
        return accept(call, 0);
    }

    /** accept4(2). */
    static SyscallResult accept4(SyscallContext call) throws FileFailure {
        return accept(call, call.integer(3));
    }

    private static SyscallResult accept(SyscallContext call, int type) throws FileFailure {
        int descriptorFlags = flags(type);
        OpenFile listener = call.file(0);
        OpenFile accepted;
        try {
            accepted = network(call).accept(socket(listener), type);
        } catch (FileFailure failure) {
            if (failure.errno() == Errno.EAGAIN && !listener.isNonBlocking()) {
                return SyscallResult.wait(Block.onFile(call.integer(0), Poll.READABLE | Poll.ALWAYS));
            }
            throw failure;
        }
        SocketObject socket = socket(accepted);
        giveAddress(call, socket.peer().toBytes(socket.family()), call.argument(1), call.argument(2));
        return SyscallResult.value(call.files().add(accepted, descriptorFlags));
    }

    /** Writes as much of an address as there is room for, and its whole length; the room is told by the length before. */
    static void giveAddress(SyscallContext call, byte[] address, long at, long lengthAt) {
        if (at != 0 && lengthAt != 0) {
            int room = call.read32(lengthAt);
            if (room < 0) {
                throw new SyscallException(Errno.EINVAL);
            }
            call.write(at, address, Math.min(room, address.length));
            call.write32(lengthAt, address.length);
        }
    }

    /** getsockname(2). */
    static SyscallResult getsockname(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        giveAddress(call, socket.local().toBytes(socket.family()), call.argument(1), call.argument(2));
        return SyscallResult.OK;
    }

    /** getpeername(2). */
    static SyscallResult getpeername(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        giveAddress(call, socket.peer().toBytes(socket.family()), call.argument(1), call.argument(2));
        return SyscallResult.OK;
    }

    /** shutdown(2). */
    static SyscallResult shutdown(SyscallContext call) throws FileFailure {
        return SyscallResult.of(socket(call.file(0)).shutdown(call.integer(1)));
    }

    /** setsockopt(2): on a loopback without delay or loss no option makes a difference. */
    static SyscallResult setsockopt(SyscallContext call) throws FileFailure {
        socket(call.file(0));
        int length = call.integer(4);
        if (length < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.read(call.argument(3), Math.min(length, LARGEST_OPTION));
        return SyscallResult.OK;
    }

    /** getsockopt(2). */
    static SyscallResult getsockopt(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        int room = call.read32(call.argument(4));
        if (room < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] value = option(call, socket, call.integer(1), call.integer(2));
        int length = Math.min(room, value.length);
        call.write(call.argument(3), value, length);
        call.write32(call.argument(4), length);
        return SyscallResult.OK;
    }

    private static byte[] option(SyscallContext call, SocketObject socket, int level, int name) {
        if (level == IPPROTO_TCP && name == TCP_INFO) {
            throw new SyscallException(Errno.ENOPROTOOPT);
        }
        if (level != Sockets.SOL_SOCKET) {
            return number(0);
        }
        return switch (name) {
            case Sockets.SO_TYPE -> number(socket.type());
            case Sockets.SO_DOMAIN -> number(socket.family());
            case Sockets.SO_ACCEPTCONN -> number(socket.isListening() ? 1 : 0);
            case Sockets.SO_SNDBUF, Sockets.SO_RCVBUF -> number(BUFFER_BYTES);
            case Sockets.SO_PROTOCOL -> number(protocol(socket));
            case Sockets.SO_LINGER -> new byte[Long.BYTES];
            case Sockets.SO_PEERCRED -> peerCredentials(call);
            default -> number(0);
        };
    }

    private static int protocol(SocketObject socket) {
        boolean internet = socket.family() == Sockets.AF_INET || socket.family() == Sockets.AF_INET6;
        return !internet ? 0 : socket.type() == Sockets.SOCK_STREAM ? IPPROTO_TCP : 17;
    }

    private static byte[] peerCredentials(SyscallContext call) {
        byte[] b = new byte[CREDENTIALS_BYTES];
        LittleEndian.put32(b, 0, call.process().id());
        LittleEndian.put32(b, 4, call.process().credentials().effectiveUser());
        LittleEndian.put32(b, 8, call.process().credentials().effectiveGroup());
        return b;
    }

    private static byte[] number(int value) {
        byte[] b = new byte[Integer.BYTES];
        LittleEndian.put32(b, 0, value);
        return b;
    }

    /** The bytes of an address for a message that came from it. */
    static byte[] sender(SocketObject socket, SocketAddress from) {
        byte[] bytes = from.toBytes(socket.family());
        boolean nameless = from.equals(SocketAddress.Local.UNNAMED);
        return nameless ? Arrays.copyOf(bytes, 0) : bytes;
    }
}
