package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Ucred;
import java.util.Optional;

/** A socket. Counts and errors are those of {@link FileObject}; addresses are of the socket's own family. */
public sealed interface SocketObject extends FileObject permits StreamSocket, DatagramSocket {
    /** {@code AF_UNIX}, {@code AF_INET}, {@code AF_INET6} or {@code AF_NETLINK}. */
    int family();

    /** {@code SOCK_STREAM}, {@code SOCK_DGRAM}, {@code SOCK_RAW} or {@code SOCK_SEQPACKET}. */
    int type();

    /** {@code getsockname(2)}. */
    SocketAddress local();

    /** {@code getpeername(2)}: fails with {@code ENOTCONN}. */
    SocketAddress peer() throws FileFailure;

    /** What was set by {@code setsockopt(2)}. */
    SocketOptions options();

    /** {@code SO_ERROR}: what went wrong since it was last asked. */
    Optional<Errno> takeError();

    /** Something went wrong of which the next call is told ({@code sk_err}). */
    void fail(Errno errno);

    /** {@code SO_PEERCRED}. */
    Ucred peerCredentials();

    /** Who connects by it or listens, for the peer's {@code SO_PEERCRED}. */
    void ownedBy(Ucred owner);

    /** {@code SIOCOUTQ}: bytes that have not arrived. */
    long unsentBytes();

    /**
     * What {@code recvmsg(2)} gives.
     *
     * @param count the length of the message, which may be more than was copied, or a negative errno
     * @param with the references to its files are the caller's
     */
    record Received(long count, SocketAddress from, Ancillary with) {}

    /** {@code recvmsg(2)}; {@code peek} leaves what is read. */
    Received receive(byte[] into, int at, int length, Peek peek);

    /** {@code sendmsg(2)} to the peer: a count or a negative errno. Keeps references of its own to files. */
    long send(byte[] from, int at, int length, Ancillary with);

    @Override
    default long write(byte[] from, int at, int length) {
        return send(from, at, length, Ancillary.NONE);
    }

    /** Files that come along are closed. Reading nothing does not take a message ({@code sock_read_iter}). */
    @Override
    default long read(byte[] into, int at, int length) {
        if (length == 0) {
            return 0;
        }
        Received received = receive(into, at, length, Peek.TAKE);
        received.with().release();
        return Math.min(received.count(), length);
    }

    @Override
    default boolean splicesOut() {
        return true;
    }

    @Override
    default boolean splicesIn() {
        return true;
    }

    /** Does a read take what it gives. */
    enum Peek {
        TAKE,
        LEAVE
    }

    /** {@code shutdown(2)}: 0 or a negative errno. */
    long shutdown(int how);

    /** Is it listening. */
    default boolean isListening() {
        return false;
    }

    /** The socket takes this name; {@link Network} has checked that it is free. */
    void named(SocketAddress name);
}
