package dev.gostub.emulator.abi;

/** Families, types, levels, flags and address layouts of sockets ({@code linux/socket.h}, {@code linux/in.h}, {@code linux/un.h}). */
public final class Sockets {
    public static final int AF_UNSPEC = 0;
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;

    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_SEQPACKET = 5;
    public static final int SOCK_TYPE_MASK = 0xF;
    public static final int SOCK_NONBLOCK = OpenFlags.O_NONBLOCK;
    public static final int SOCK_CLOEXEC = OpenFlags.O_CLOEXEC;

    public static final int SOL_SOCKET = 1;
    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_TCP = 6;
    public static final int IPPROTO_UDP = 17;
    public static final int IPPROTO_IPV6 = 41;
    public static final int SOL_NETLINK = 270;

    public static final int MSG_OOB = 0x1;
    public static final int MSG_PEEK = 0x2;
    public static final int MSG_MORE = 0x8000;
    /** On the way back only: the control messages did not all fit. */
    public static final int MSG_CTRUNC = 0x8;

    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_ERRQUEUE = 0x2000;
    public static final int MSG_NOSIGNAL = 0x4000;
    /** Of {@code recvmmsg(2)}: only the first message is waited for. */
    public static final int MSG_WAITFORONE = 0x10000;

    /** The caller is a 32-bit one: never said by a program. */
    public static final int MSG_CMSG_COMPAT = 0x80000000;

    public static final int MSG_CMSG_CLOEXEC = 0x40000000;

    /** Control messages of {@code SOL_SOCKET}: descriptors, and who sends. */
    public static final int SCM_RIGHTS = 1;

    public static final int SCM_CREDENTIALS = 2;
    /** {@code SCM_MAX_FD}: so many descriptors go with one message. */
    public static final int MOST_DESCRIPTORS = 253;

    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    public static final int SOCKADDR_IN_BYTES = 16;
    public static final int SOCKADDR_IN6_BYTES = 28;
    public static final int SOCKADDR_UN_BYTES = 110;
    public static final int SOCKADDR_NL_BYTES = 12;

    private Sockets() {}
}
