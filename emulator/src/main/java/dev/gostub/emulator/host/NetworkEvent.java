package dev.gostub.emulator.host;

/**
 * What happens on a link to the world outside. Links have numbers: the machine gives positive ones to those that it opens, the host negative ones to those that come in. Byte arrays are never
 * changed.
 */
public sealed interface NetworkEvent {
    /** Which link. */
    int link();

    /** Somebody has connected to a published port, {@code port} inside. */
    record Accepted(int link, int port, HostAddress peer) implements NetworkEvent {}

    /** {@link HostNetwork#connect} has succeeded; what this end is called outside. */
    record Connected(int link, HostAddress local) implements NetworkEvent {}

    /** {@link HostNetwork#connect}, or a datagram, has failed. */
    record Failed(int link, Reason reason) implements NetworkEvent {}

    /** Bytes of a connection, no more than were allowed. */
    record Received(int link, byte[] bytes) implements NetworkEvent {}

    /** The peer will send nothing more (FIN). */
    record Finished(int link) implements NetworkEvent {}

    /** The connection has broken (RST, or what the host makes of it). */
    record Broken(int link) implements NetworkEvent {}

    /** So many bytes more may be sent. */
    record Room(int link, int bytes) implements NetworkEvent {}

    /** A message of a datagram link. */
    record Datagram(int link, HostAddress from, byte[] bytes) implements NetworkEvent {}

    /** Why something outside did not work, in the words of {@code errno(3)}. */
    enum Reason {
        ECONNREFUSED,
        ECONNRESET,
        ETIMEDOUT,
        ENETUNREACH,
        EHOSTUNREACH,
        EACCES,
        ENOENT,
        EADDRNOTAVAIL
    }
}
