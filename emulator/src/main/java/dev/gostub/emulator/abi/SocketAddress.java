package dev.gostub.emulator.abi;

import java.util.Arrays;
import java.util.Optional;

/** An address of a socket: {@code sockaddr_in}, {@code sockaddr_in6}, {@code sockaddr_un} or {@code sockaddr_nl}. */
public sealed interface SocketAddress {
    /** The struct as a socket of this family shows it. */
    byte[] toBytes(int family);

    /** Is it one for sockets of this family. */
    boolean isFor(int family);

    /** Names no socket: what a socket of this family is called before it is bound. */
    static SocketAddress none(int family) {
        return switch (family) {
            case Sockets.AF_UNIX -> Local.UNNAMED;
            case Sockets.AF_INET -> Internet.version4(0, 0);
            case Sockets.AF_INET6 -> new Internet(0, 0, 0);
            case Sockets.AF_NETLINK -> Netlink.KERNEL;
            default -> throw new IllegalArgumentException("family " + family);
        };
    }

    /**
     * An Internet address; one of version 4 is held as the version 6 address that stands for it ({@code ::ffff:a.b.c.d}).
     *
     * @param high first eight bytes of the address
     * @param low last eight bytes
     */
    record Internet(long high, long low, int port) implements SocketAddress {
        private static final long MAPPED = 0xFFFF_0000_0000L;

        /** The loopback address of version 4. */
        public static final Internet LOOPBACK = version4(0x7F00_0001, 0);

        public static Internet version4(int address, int port) {
            return new Internet(0, MAPPED | Integer.toUnsignedLong(address), port);
        }

        public boolean isVersion4() {
            return high == 0 && low >>> 32 == MAPPED >>> 32;
        }

        /** {@code 0.0.0.0} or {@code ::}. */
        public boolean isAny() {
            return high == 0 && (low == 0 || low == MAPPED);
        }

        /** {@code 127.0.0.0/8} or {@code ::1}. */
        public boolean isLoopback() {
            return isVersion4() ? (low >>> 24 & 0xFF) == 0x7F : high == 0 && low == 1;
        }

        public Internet withPort(int other) {
            return new Internet(high, low, other);
        }

        @Override
        public boolean isFor(int family) {
            return family == Sockets.AF_INET || family == Sockets.AF_INET6;
        }

        @Override
        public byte[] toBytes(int family) {
            byte[] b = new byte[family == Sockets.AF_INET ? Sockets.SOCKADDR_IN_BYTES : Sockets.SOCKADDR_IN6_BYTES];
            LittleEndian.put16(b, 0, family);
            b[2] = (byte) (port >>> 8);
            b[3] = (byte) port;
            if (family == Sockets.AF_INET) {
                LittleEndian.put32(b, 4, Integer.reverseBytes((int) low));
            } else {
                LittleEndian.put64(b, 8, Long.reverseBytes(high));
                LittleEndian.put64(b, 16, Long.reverseBytes(low));
            }
            return b;
        }
    }

    /**
     * A name in the file system, or an abstract one that starts with a zero, or empty for a socket without a name.
     */
    record Local(String name) implements SocketAddress {
        public static final Local UNNAMED = new Local("");

        public boolean isAbstract() {
            return name.startsWith("\0");
        }

        @Override
        public boolean isFor(int family) {
            return family == Sockets.AF_UNIX;
        }

        @Override
        public byte[] toBytes(int family) {
            byte[] text = GuestText.bytes(name);
            int end = name.isEmpty() || isAbstract() ? 0 : 1;
            byte[] b = new byte[2 + text.length + end];
            LittleEndian.put16(b, 0, Sockets.AF_UNIX);
            System.arraycopy(text, 0, b, 2, text.length);
            return b;
        }
    }

    /**
     * A socket of {@code netlink(7)}.
     *
     * @param port number of the socket, 0 for the kernel
     * @param groups multicast groups, a bit each
     */
    record Netlink(int port, int groups) implements SocketAddress {
        public static final Netlink KERNEL = new Netlink(0, 0);

        @Override
        public boolean isFor(int family) {
            return family == Sockets.AF_NETLINK;
        }

        @Override
        public byte[] toBytes(int family) {
            byte[] b = new byte[Sockets.SOCKADDR_NL_BYTES];
            LittleEndian.put16(b, 0, Sockets.AF_NETLINK);
            LittleEndian.put32(b, 4, port);
            LittleEndian.put32(b, 8, groups);
            return b;
        }
    }

    /** What the bytes say; nothing if they are too short or of a family that is not known here. */
    static Optional<SocketAddress> of(byte[] b) {
        if (b.length < 2) {
            return Optional.empty();
        }
        int port = b.length < 4 ? 0 : (b[2] & 0xFF) << 8 | b[3] & 0xFF;
        return switch (LittleEndian.get16(b, 0)) {
            case Sockets.AF_INET ->
                b.length < Sockets.SOCKADDR_IN_BYTES
                        ? Optional.empty()
                        : Optional.of(Internet.version4(Integer.reverseBytes(LittleEndian.get32(b, 4)), port));
            case Sockets.AF_INET6 ->
                b.length < 24
                        ? Optional.empty()
                        : Optional.of(new Internet(
                                Long.reverseBytes(LittleEndian.get64(b, 8)),
                                Long.reverseBytes(LittleEndian.get64(b, 16)),
                                port));
            case Sockets.AF_UNIX -> Optional.of(new Local(localName(b)));
            case Sockets.AF_NETLINK ->
                b.length < Sockets.SOCKADDR_NL_BYTES
                        ? Optional.empty()
                        : Optional.of(new Netlink(LittleEndian.get32(b, 4), LittleEndian.get32(b, 8)));
            default -> Optional.empty();
        };
    }

    private static String localName(byte[] b) {
        int end = b.length;
        if (b.length > 2 && b[2] != 0) {
            end = 2;
            while (end < b.length && b[end] != 0) {
                end++;
            }
        }
        return GuestText.of(Arrays.copyOfRange(b, Math.min(2, end), end));
    }
}
