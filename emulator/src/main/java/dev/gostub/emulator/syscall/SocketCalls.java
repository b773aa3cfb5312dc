package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Ucred;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Network;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.StreamSocket;
import dev.gostub.emulator.vfs.Vfs.PipePair;
import java.util.Arrays;

/** Makes, names and connects sockets. Their data moves in {@link MessageCalls}. */
final class SocketCalls {
    private static final int LARGEST_ADDRESS = 128;

    private static final int IPPROTO_MAX = 263;

    private SocketCalls() {}

    static SocketObject socket(OpenFile file) {
        if (file.object() instanceof SocketObject socket) {
            return socket;
        }
        throw new SyscallException(Errno.ENOTSOCK);
    }

    /** The caller as {@code SO_PEERCRED} and {@code SCM_CREDENTIALS} show it. */
    static Ucred caller(SyscallContext call) {
        Credentials own = call.process().credentials();
        return new Ucred(call.process().id(), own.effectiveUser(), own.effectiveGroup());
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
        requireProtocol(call);
        OpenFile file = network(call).open(Paths.context(call), call.integer(0), type, call.integer(2));
        return SyscallResult.value(call.files().add(file, descriptorFlags));
    }

    /** {@code inet_create}: raw sockets are of a protocol, and this is looked at before who asks. */
    private static void requireProtocol(SyscallContext call) {
        int family = call.integer(0);
        int protocol = call.integer(2);
        if (family != Sockets.AF_INET && family != Sockets.AF_INET6) {
            return;
        }
        if (protocol < 0 || protocol >= IPPROTO_MAX) {
            throw new SyscallException(Errno.EINVAL);
        }
        if ((call.integer(1) & Sockets.SOCK_TYPE_MASK) == Sockets.SOCK_RAW && protocol == 0) {
            throw new SyscallException(Errno.EPROTONOSUPPORT);
        }
    }

    /** socketpair(2): local ones only. */
    static SyscallResult socketpair(SyscallContext call) throws FileFailure {
        int type = call.integer(1);
        int descriptorFlags = flags(type);
        requireProtocol(call);
        network(call).requireKind(Paths.context(call), call.integer(0), type, call.integer(2));
        if (call.integer(0) != Sockets.AF_UNIX) {
            return SyscallResult.failure(Errno.EOPNOTSUPP);
        }
        PipePair pair = network(call).pair(Paths.context(call), type, caller(call));
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
        SocketObject socket = socket(call.file(0));
        network(call).listen(Paths.here(call), socket, call.integer(1));
        socket.ownedBy(caller(call));
        return SyscallResult.OK;
    }

    /** connect(2). */
    static SyscallResult connect(SyscallContext call) throws FileFailure {
        SocketObject socket = socket(call.file(0));
        if (socket instanceof StreamSocket) {
            socket.ownedBy(caller(call));
        }
        try {
            network(call).connect(Paths.here(call), socket, addressFor(call, socket));
            return SyscallResult.OK;
        } catch (FileFailure failure) {
            boolean begun = failure.errno() == Errno.EINPROGRESS || failure.errno() == Errno.EALREADY;
            if (begun && !call.file(0).isNonBlocking()) {
                return SocketWait.toConnect(call);
            }
            throw failure;
        }
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
                return SocketWait.toRead(call, listener);
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

    /** The bytes of an address for a message that came from it; TCP does not tell. */
    static byte[] sender(SocketObject socket, SocketAddress from) {
        byte[] bytes = from.toBytes(socket.family());
        boolean tcp = socket instanceof StreamSocket && socket.family() != Sockets.AF_UNIX;
        boolean nameless = tcp || from.equals(SocketAddress.Local.UNNAMED);
        return nameless ? Arrays.copyOf(bytes, 0) : bytes;
    }
}
