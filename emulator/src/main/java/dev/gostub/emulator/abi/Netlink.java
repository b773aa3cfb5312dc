package dev.gostub.emulator.abi;

/**
 * Messages of {@code netlink(7)} and {@code rtnetlink(7)}: numbers of {@code linux/netlink.h}, {@code linux/rtnetlink.h}, {@code linux/if_link.h},
 * {@code linux/if_addr.h} and {@code linux/if.h}. Every message starts with a header of length, type, flags, sequence number and port, and is padded to four bytes.
 */
public final class Netlink {
    public static final int NETLINK_ROUTE = 0;

    public static final int HEADER_BYTES = 16;
    public static final int ATTRIBUTE_HEADER_BYTES = 4;

    public static final int NLM_F_MULTI = 0x2;
    public static final int NLM_F_ACK = 0x4;
    public static final int NLM_F_DUMP = 0x300;
    /** In an answer: only the header of what it is about is there. */
    public static final int NLM_F_CAPPED = 0x100;

    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    /** Smaller types are for netlink itself. */
    public static final int NLMSG_MIN_TYPE = 16;

    public static final int RTM_NEWLINK = 16;
    public static final int RTM_GETLINK = 18;
    public static final int RTM_NEWADDR = 20;
    public static final int RTM_GETADDR = 22;
    /** The types come in groups of four: new, delete, get, set. */
    public static final int RTM_GET = 2;

    /** {@code struct ifinfomsg}. */
    public static final int IFINFO_BYTES = 16;

    public static final int IFINFO_INDEX = 4;
    public static final int ARPHRD_LOOPBACK = 772;
    public static final int IFF_UP = 0x1;
    public static final int IFF_LOOPBACK = 0x8;
    public static final int IFF_RUNNING = 0x40;
    public static final int IFF_LOWER_UP = 0x10000;

    public static final int IFLA_ADDRESS = 1;
    public static final int IFLA_BROADCAST = 2;
    public static final int IFLA_IFNAME = 3;
    public static final int IFLA_MTU = 4;
    public static final int IFLA_TXQLEN = 13;

    public static final int IFA_F_PERMANENT = 0x80;
    public static final int RT_SCOPE_HOST = 254;
    public static final int IFA_ADDRESS = 1;
    public static final int IFA_LOCAL = 2;
    public static final int IFA_LABEL = 3;
    public static final int IFA_FLAGS = 8;

    private Netlink() {}
}
