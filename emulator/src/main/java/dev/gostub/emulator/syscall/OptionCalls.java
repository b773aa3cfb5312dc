package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.StreamSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code setsockopt(2)} and {@code getsockopt(2)}: between the guest's structs and the values of {@link SocketOption}. */
final class OptionCalls {
    private static final int LINGER_BYTES = 8;
    private static final int NAME_BYTES = 16;
    /** Of the many versions of {@code struct tcp_info} the first: longer ones begin like it. */
    private static final int TCP_INFO_BYTES = 104;
    /** A jiffy of a kernel with {@code HZ=250}, in which time limits are held. */
    private static final long JIFFY_NANOS = 4_000_000;
    /** {@code TCP_RTO_MAX}. */
    private static final int LONGEST_RETRANSMISSION_SECONDS = 120;

    private static final List<String> CONGESTION_CONTROLS = List.of("cubic", "reno");

    private OptionCalls() {}

    /** setsockopt(2). */
    static SyscallResult setsockopt(SyscallContext call) throws FileFailure {
        SocketObject socket = SocketCalls.socket(call.file(0));
        int length = call.integer(4);
        if (length < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int level = call.integer(1);
        requireLevel(socket, level, socket.family() == Sockets.AF_UNIX ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT);
        SocketOption option = SocketOption.of(level, call.integer(2))
                .filter(known -> known.kind() != SocketOption.Kind.STATUS)
                .orElseThrow(() -> new SyscallException(Errno.ENOPROTOOPT));
        requireChangeable(socket, option);
        byte[] bytes = call.read(call.argument(3), Math.min(length, TimeLayouts.TIMEVAL_BYTES));
        if (option.kind() != SocketOption.Kind.IGNORED) {
            socket.options().set(option, value(option, bytes, socket.options().get(option)));
        }
        return SyscallResult.OK;
    }

    private static void requireLevel(SocketObject socket, int level, Errno otherwise) {
        boolean stream = socket.type() == Sockets.SOCK_STREAM;
        boolean known = level == Sockets.SOL_SOCKET
                || switch (socket.family()) {
                    case Sockets.AF_UNIX -> false;
                    case Sockets.AF_NETLINK -> level == Sockets.SOL_NETLINK;
                    default ->
                        level == Sockets.IPPROTO_IP
                                || level == (stream ? Sockets.IPPROTO_TCP : Sockets.IPPROTO_UDP)
                                || level == Sockets.IPPROTO_IPV6 && socket.family() == Sockets.AF_INET6;
                };
        if (!known) {
            throw new SyscallException(otherwise);
        }
    }

    private static void requireChangeable(SocketObject socket, SocketOption option) {
        boolean bound = socket.local() instanceof Internet own && own.port() != 0;
        if (option == SocketOption.IPV6_V6ONLY && bound) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    private static long value(SocketOption option, byte[] bytes, long before) {
        return switch (option.kind()) {
            case FLAG -> number(option, bytes) != 0 ? 1 : 0;
            case NUMBER, NUMBER_OR_USUAL -> ranged(option, number(option, bytes));
            case CLAMPED -> Math.clamp(number(option, bytes), option.least(), option.most());
            case BYTE -> number(option, bytes) & 0xFF;
            case BUFFER -> {
                int wanted = number(option, bytes);
                // A negative number is a very large one.
                yield Math.max(2 * (wanted < 0 ? option.most() : Math.min(wanted, option.most())), option.least());
            }
            case LOW_WATER -> {
                int wanted = number(option, bytes);
                yield wanted < 0 ? Integer.MAX_VALUE : Math.max(wanted, 1);
            }
            case RETRANSMISSIONS -> asRetransmissions(number(option, bytes));
            case LINGER -> linger(bytes, before);
            case TIME -> time(bytes);
            case NAME -> congestionControl(bytes);
            case STATUS, IGNORED -> throw new IllegalStateException(option + " is not held");
        };
    }

    /** The time counts only when it is switched on. */
    private static long linger(byte[] bytes, long before) {
        requireLength(bytes, LINGER_BYTES);
        boolean on = LittleEndian.get32(bytes, 0) != 0;
        long seconds = Integer.toUnsignedLong(on ? LittleEndian.get32(bytes, Integer.BYTES) : (int) before);
        return (on ? 1L << Integer.SIZE : 0) | seconds;
    }

    private static void requireLength(byte[] bytes, int least) {
        if (bytes.length < least) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    /** An int; for those of IP a byte will do. */
    private static int number(SocketOption option, byte[] bytes) {
        if (option.level() == Sockets.IPPROTO_IP && bytes.length < Integer.BYTES) {
            return bytes.length > 0 ? bytes[0] & 0xFF : 0;
        }
        requireLength(bytes, Integer.BYTES);
        return LittleEndian.get32(bytes, 0);
    }

    private static long ranged(SocketOption option, int wanted) {
        int unset = option.level() == Sockets.IPPROTO_TCP ? 0 : -1;
        if (option.kind() == SocketOption.Kind.NUMBER_OR_USUAL && wanted == unset) {
            return option.usual();
        }
        if (wanted < option.least() || wanted > option.most()) {
            throw new SyscallException(option.outside());
        }
        return wanted;
    }

    /** The time is doubled with each retransmission, up to a limit ({@code secs_to_retrans} of {@code net/ipv4/tcp.c}). */
    private static long asRetransmissions(int seconds) {
        long period = 0;
        int next = 1;
        for (int sent = 0; period < seconds && sent < 255; sent++) {
            period += next;
            next = Math.min(2 * next, LONGEST_RETRANSMISSION_SECONDS);
        }
        return period;
    }

    /** A time in the past is no wait at all, none is one without end. */
    private static long time(byte[] bytes) {
        requireLength(bytes, TimeLayouts.TIMEVAL_BYTES);
        long micros = LittleEndian.get64(bytes, Long.BYTES);
        if (micros < 0 || micros >= 1_000_000) {
            throw new SyscallException(Errno.EDOM);
        }
        if (LittleEndian.get64(bytes, 0) < 0) {
            return 0;
        }
        long nanos = TimeLayouts.timevalNanos(bytes, 0);
        boolean forever = nanos == 0 || nanos > SocketOption.FOREVER - JIFFY_NANOS;
        return forever ? SocketOption.FOREVER : Math.ceilDiv(nanos, JIFFY_NANOS) * JIFFY_NANOS;
    }

    private static long congestionControl(byte[] bytes) {
        requireLength(bytes, 1);
        String name = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = name.indexOf(0);
        int known = CONGESTION_CONTROLS.indexOf(end < 0 ? name : name.substring(0, end));
        if (known < 0) {
            throw new SyscallException(Errno.ENOENT);
        }
        return known;
    }

    /** getsockopt(2). */
    static SyscallResult getsockopt(SyscallContext call) throws FileFailure {
        SocketObject socket = SocketCalls.socket(call.file(0));
        int level = call.integer(1);
        requireLevel(socket, level, socket.family() == Sockets.AF_INET6 ? Errno.ENOPROTOOPT : Errno.EOPNOTSUPP);
        int room = call.read32(call.argument(4));
        if (room < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        SocketOption option =
                SocketOption.of(level, call.integer(2)).orElseThrow(() -> new SyscallException(Errno.ENOPROTOOPT));
        byte[] bytes = bytes(socket, option);
        int length = Math.min(room, bytes.length);
        if (level == Sockets.IPPROTO_IP && length < Integer.BYTES && LittleEndian.get32(bytes, 0) >>> 8 == 0) {
            length = Math.min(length, 1);
        }
        call.write(call.argument(3), bytes, length);
        call.write32(call.argument(4), length);
        return SyscallResult.OK;
    }

    private static byte[] bytes(SocketObject socket, SocketOption option) {
        long value = socket.options().get(option);
        return switch (option.kind()) {
            case FLAG, NUMBER, NUMBER_OR_USUAL, CLAMPED, BYTE, BUFFER, LOW_WATER, RETRANSMISSIONS ->
                LittleEndian.of32((int) value);
            case LINGER -> {
                byte[] linger = new byte[LINGER_BYTES];
                LittleEndian.put32(linger, 0, (int) (value >>> Integer.SIZE));
                LittleEndian.put32(linger, Integer.BYTES, (int) value);
                yield linger;
            }
            case TIME -> {
                byte[] time = new byte[TimeLayouts.TIMEVAL_BYTES];
                TimeLayouts.putTimeval(time, 0, value == SocketOption.FOREVER ? 0 : value);
                yield time;
            }
            case NAME -> {
                String name = CONGESTION_CONTROLS.get((int) value);
                yield Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), NAME_BYTES);
            }
            case STATUS -> status(socket, option);
            case IGNORED -> LittleEndian.of32(0);
        };
    }

    private static byte[] status(SocketObject socket, SocketOption option) {
        return switch (option) {
            case SO_TYPE -> LittleEndian.of32(socket.type());
            case SO_DOMAIN -> LittleEndian.of32(socket.family());
            case SO_PROTOCOL -> LittleEndian.of32(protocol(socket));
            case SO_ACCEPTCONN -> LittleEndian.of32(socket.isListening() ? 1 : 0);
            case SO_ERROR ->
                LittleEndian.of32(socket.takeError().map(Errno::number).orElse(0));
            case SO_SNDLOWAT -> LittleEndian.of32(1);
            case SO_PEERCRED -> socket.peerCredentials().toBytes();
            case TCP_INFO -> {
                byte[] information = new byte[TCP_INFO_BYTES];
                information[0] = (byte) (socket instanceof StreamSocket stream ? stream.connectionState() : 0);
                yield information;
            }
            default -> throw new IllegalStateException(option + " is no status");
        };
    }

    private static int protocol(SocketObject socket) {
        boolean internet = socket.family() == Sockets.AF_INET || socket.family() == Sockets.AF_INET6;
        return !internet ? 0 : socket.type() == Sockets.SOCK_STREAM ? Sockets.IPPROTO_TCP : Sockets.IPPROTO_UDP;
    }
}
