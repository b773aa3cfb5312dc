package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.SocketAddress;

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

    /** What {@code recvfrom(2)} gives: the length of the message may be more than was copied. */
    record Received(long count, SocketAddress from) {}

    /** {@code recvfrom(2)}; {@code peek} leaves what is read. */
    Received receive(byte[] into, int at, int length, Peek peek);

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
