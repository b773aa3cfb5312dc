package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Netlink;

/** The one interface of the machine, {@code lo}, with the values that Linux gives it. */
public final class Loopback {
    public static final String NAME = "lo";
    public static final int INDEX = 1;
    public static final int MTU = 65536;
    public static final int QUEUE = 1000;
    public static final int FLAGS = Netlink.IFF_UP | Netlink.IFF_LOOPBACK | Netlink.IFF_RUNNING;
    /** {@code 127.0.0.1}. */
    public static final int ADDRESS = 0x7F00_0001;

    public static final int MASK = 0xFF00_0000;

    private Loopback() {}
}
