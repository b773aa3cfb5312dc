package dev.gostub.emulator.abi;

import static dev.gostub.emulator.abi.SocketOption.Kind.*;
import static dev.gostub.emulator.abi.Sockets.*;

import java.util.Optional;

/**
 * Options of sockets: {@code socket(7)}, {@code tcp(7)}, {@code ip(7)}, {@code ipv6(7)}, {@code netlink(7)}. Numbers of {@code asm-generic/socket.h},
 * {@code linux/tcp.h}, {@code linux/in.h}, {@code linux/in6.h}; ranges and usual values of {@code net/core/sock.c}, {@code net/ipv4} and {@code net/ipv6}.
 */
public enum SocketOption {
    // spotless:off
    SO_DEBUG                 (SOL_SOCKET,    1, FLAG),
    SO_REUSEADDR             (SOL_SOCKET,    2, FLAG),
    SO_TYPE                  (SOL_SOCKET,    3, STATUS),
    SO_ERROR                 (SOL_SOCKET,    4, STATUS),
    SO_DONTROUTE             (SOL_SOCKET,    5, FLAG),
    SO_BROADCAST             (SOL_SOCKET,    6, FLAG),
    SO_SNDBUF                (SOL_SOCKET,    7, BUFFER, 212_992, 4608, 212_992),
    SO_RCVBUF                (SOL_SOCKET,    8, BUFFER, 212_992, 2304, 212_992),
    SO_KEEPALIVE             (SOL_SOCKET,    9, FLAG),
    SO_OOBINLINE             (SOL_SOCKET,   10, FLAG),
    SO_NO_CHECK              (SOL_SOCKET,   11, FLAG),
    SO_PRIORITY              (SOL_SOCKET,   12, NUMBER, 0, 0, 6, Errno.EPERM),
    SO_LINGER                (SOL_SOCKET,   13, LINGER),
    SO_BSDCOMPAT             (SOL_SOCKET,   14, IGNORED),
    SO_REUSEPORT             (SOL_SOCKET,   15, FLAG),
    SO_PASSCRED              (SOL_SOCKET,   16, FLAG),
    SO_PEERCRED              (SOL_SOCKET,   17, STATUS),
    SO_RCVLOWAT              (SOL_SOCKET,   18, LOW_WATER),
    SO_SNDLOWAT              (SOL_SOCKET,   19, STATUS),
    SO_RCVTIMEO              (SOL_SOCKET,   20, TIME),
    SO_SNDTIMEO              (SOL_SOCKET,   21, TIME),
    SO_BINDTODEVICE          (SOL_SOCKET,   25, IGNORED),
    SO_ATTACH_FILTER         (SOL_SOCKET,   26, IGNORED),
    SO_DETACH_FILTER         (SOL_SOCKET,   27, IGNORED),
    SO_TIMESTAMP             (SOL_SOCKET,   29, FLAG),
    SO_ACCEPTCONN            (SOL_SOCKET,   30, STATUS),
    SO_PASSSEC               (SOL_SOCKET,   34, FLAG),
    SO_TIMESTAMPNS           (SOL_SOCKET,   35, FLAG),
    SO_MARK                  (SOL_SOCKET,   36, NUMBER, 0, 0, 0, Errno.EPERM),
    SO_PROTOCOL              (SOL_SOCKET,   38, STATUS),
    SO_DOMAIN                (SOL_SOCKET,   39, STATUS),
    SO_RXQ_OVFL              (SOL_SOCKET,   40, FLAG),

    TCP_NODELAY              (IPPROTO_TCP,   1, FLAG),
    TCP_MAXSEG               (IPPROTO_TCP,   2, NUMBER_OR_USUAL, 536, 88, 32767),
    TCP_CORK                 (IPPROTO_TCP,   3, FLAG),
    TCP_KEEPIDLE             (IPPROTO_TCP,   4, NUMBER, 7200, 1, 32767),
    TCP_KEEPINTVL            (IPPROTO_TCP,   5, NUMBER, 75, 1, 32767),
    TCP_KEEPCNT              (IPPROTO_TCP,   6, NUMBER, 9, 1, 127),
    TCP_SYNCNT               (IPPROTO_TCP,   7, NUMBER, 6, 1, 127),
    TCP_LINGER2              (IPPROTO_TCP,   8, CLAMPED, 60, -1, 120),
    TCP_DEFER_ACCEPT         (IPPROTO_TCP,   9, RETRANSMISSIONS),
    TCP_INFO                 (IPPROTO_TCP,  11, STATUS),
    TCP_QUICKACK             (IPPROTO_TCP,  12, FLAG, 1),
    TCP_CONGESTION           (IPPROTO_TCP,  13, NAME),
    TCP_USER_TIMEOUT         (IPPROTO_TCP,  18, NUMBER, 0, 0, Integer.MAX_VALUE),
    TCP_FASTOPEN             (IPPROTO_TCP,  23, NUMBER, 0, 0, Integer.MAX_VALUE),
    TCP_NOTSENT_LOWAT        (IPPROTO_TCP,  25, NUMBER, 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
    TCP_SAVE_SYN             (IPPROTO_TCP,  27, NUMBER, 0, 0, 2),
    TCP_FASTOPEN_CONNECT     (IPPROTO_TCP,  30, NUMBER, 0, 0, 1),
    TCP_INQ                  (IPPROTO_TCP,  36, NUMBER, 0, 0, 1),

    UDP_CORK                 (IPPROTO_UDP,   1, FLAG),

    IP_TOS                   (IPPROTO_IP,    1, BYTE),
    IP_TTL                   (IPPROTO_IP,    2, NUMBER_OR_USUAL, 64, 1, 255),
    IP_RECVOPTS              (IPPROTO_IP,    6, FLAG),
    IP_RETOPTS               (IPPROTO_IP,    7, FLAG),
    IP_PKTINFO               (IPPROTO_IP,    8, FLAG),
    IP_MTU_DISCOVER          (IPPROTO_IP,   10, NUMBER, 1, 0, 5),
    IP_RECVERR               (IPPROTO_IP,   11, FLAG),
    IP_RECVTTL               (IPPROTO_IP,   12, FLAG),
    IP_RECVTOS               (IPPROTO_IP,   13, FLAG),
    IP_FREEBIND              (IPPROTO_IP,   15, FLAG),
    IP_RECVORIGDSTADDR       (IPPROTO_IP,   20, FLAG),
    IP_MINTTL                (IPPROTO_IP,   21, NUMBER, 0, 0, 255),
    IP_BIND_ADDRESS_NO_PORT  (IPPROTO_IP,   24, FLAG),
    IP_MULTICAST_IF          (IPPROTO_IP,   32, IGNORED),
    IP_MULTICAST_TTL         (IPPROTO_IP,   33, NUMBER_OR_USUAL, 1, 0, 255),
    IP_MULTICAST_LOOP        (IPPROTO_IP,   34, FLAG, 1),
    IP_ADD_MEMBERSHIP        (IPPROTO_IP,   35, IGNORED),
    IP_DROP_MEMBERSHIP       (IPPROTO_IP,   36, IGNORED),
    IP_MULTICAST_ALL         (IPPROTO_IP,   49, NUMBER, 1, 0, 1),

    IPV6_UNICAST_HOPS        (IPPROTO_IPV6, 16, NUMBER_OR_USUAL, 64, 0, 255),
    IPV6_MULTICAST_IF        (IPPROTO_IPV6, 17, IGNORED),
    IPV6_MULTICAST_HOPS      (IPPROTO_IPV6, 18, NUMBER_OR_USUAL, 1, 0, 255),
    IPV6_MULTICAST_LOOP      (IPPROTO_IPV6, 19, NUMBER, 1, 0, 1),
    IPV6_ADD_MEMBERSHIP      (IPPROTO_IPV6, 20, IGNORED),
    IPV6_DROP_MEMBERSHIP     (IPPROTO_IPV6, 21, IGNORED),
    IPV6_MTU_DISCOVER        (IPPROTO_IPV6, 23, NUMBER, 1, 0, 5),
    IPV6_RECVERR             (IPPROTO_IPV6, 25, FLAG),
    IPV6_V6ONLY              (IPPROTO_IPV6, 26, FLAG),
    IPV6_RECVPKTINFO         (IPPROTO_IPV6, 49, FLAG),
    IPV6_RECVHOPLIMIT        (IPPROTO_IPV6, 51, FLAG),
    IPV6_DONTFRAG            (IPPROTO_IPV6, 62, FLAG),
    IPV6_RECVTCLASS          (IPPROTO_IPV6, 66, FLAG),
    IPV6_TCLASS              (IPPROTO_IPV6, 67, NUMBER_OR_USUAL, 0, 0, 255),

    NETLINK_ADD_MEMBERSHIP   (SOL_NETLINK,   1, IGNORED),
    NETLINK_DROP_MEMBERSHIP  (SOL_NETLINK,   2, IGNORED),
    NETLINK_BROADCAST_ERROR  (SOL_NETLINK,   4, FLAG),
    NETLINK_NO_ENOBUFS       (SOL_NETLINK,   5, FLAG),
    NETLINK_CAP_ACK          (SOL_NETLINK,  10, FLAG),
    NETLINK_EXT_ACK          (SOL_NETLINK,  11, FLAG),
    NETLINK_GET_STRICT_CHK   (SOL_NETLINK,  12, FLAG);
    // spotless:on

    /** A wait without end; what {@code SO_RCVTIMEO} and {@code SO_SNDTIMEO} are at first. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** How the value is given, and what becomes of it. */
    public enum Kind {
        /** An int; anything but 0 becomes 1. */
        FLAG,
        /** An int within a range. */
        NUMBER,
        /** The same; the number below the range that Linux takes for "unset", 0 or -1, brings the usual value back. */
        NUMBER_OR_USUAL,
        /** An int that is brought into the range. */
        CLAMPED,
        /** An int of which the low eight bits count. */
        BYTE,
        /** A number of bytes that Linux doubles for what it needs itself; the range is that of the doubled number below and the plain one above. */
        BUFFER,
        /** A number of bytes to wait for; at least one. */
        LOW_WATER,
        /** Seconds, held as the number of retransmissions that take as long. */
        RETRANSMISSIONS,
        /** {@code struct linger}: held as the time in the low half and the switch in the high one. */
        LINGER,
        /** {@code struct timeval}: held in nanoseconds. */
        TIME,
        /** The name of a way to control congestion. */
        NAME,
        /** What the socket tells about itself; cannot be set. */
        STATUS,
        /** Taken, without effect, since there is no network. */
        IGNORED
    }

    private final int level;
    private final int number;
    private final Kind kind;
    private final long usual;
    private final int least;
    private final int most;
    private final Errno outside;

    SocketOption(int level, int number, Kind kind) {
        this(level, number, kind, kind == TIME ? Long.MAX_VALUE : kind == LOW_WATER ? 1 : 0);
    }

    SocketOption(int level, int number, Kind kind, long usual) {
        this(level, number, kind, usual, 0, 0);
    }

    SocketOption(int level, int number, Kind kind, long usual, int least, int most) {
        this(level, number, kind, usual, least, most, Errno.EINVAL);
    }

    SocketOption(int level, int number, Kind kind, long usual, int least, int most, Errno outside) {
        this.level = level;
        this.number = number;
        this.kind = kind;
        this.usual = usual;
        this.least = least;
        this.most = most;
        this.outside = outside;
    }

    public static Optional<SocketOption> of(int level, int number) {
        for (SocketOption option : values()) {
            if (option.level == level && option.number == number) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** {@code SOL_SOCKET} or the protocol. */
    public int level() {
        return level;
    }

    public Kind kind() {
        return kind;
    }

    /** What it is until it is set. */
    public long usual() {
        return usual;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** What setting a number outside the range fails with. */
    public Errno outside() {
        return outside;
    }
}
