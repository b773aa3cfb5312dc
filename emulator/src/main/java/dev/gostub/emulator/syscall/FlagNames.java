package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Sockets;
import java.util.ArrayList;
import java.util.List;

/** Flags and numbers by their names in C, in the manner of strace(1); what has no name in hexadecimal. */
final class FlagNames {
    /** A group of bits that has a name; of two that share bits the wider one comes first. */
    private record Flag(int bits, String name) {}

    // spotless:off
    private static final List<Flag> OPEN = List.of(
        new Flag(OpenFlags.O_CREAT,     "O_CREAT"),
        new Flag(OpenFlags.O_EXCL,      "O_EXCL"),
        new Flag(OpenFlags.O_NOCTTY,    "O_NOCTTY"),
        new Flag(OpenFlags.O_TRUNC,     "O_TRUNC"),
        new Flag(OpenFlags.O_APPEND,    "O_APPEND"),
        new Flag(OpenFlags.O_NONBLOCK,  "O_NONBLOCK"),
        new Flag(OpenFlags.O_SYNC,      "O_SYNC"),
        new Flag(OpenFlags.O_DSYNC,     "O_DSYNC"),
        new Flag(OpenFlags.FASYNC,      "FASYNC"),
        new Flag(OpenFlags.O_DIRECT,    "O_DIRECT"),
        new Flag(OpenFlags.O_LARGEFILE, "O_LARGEFILE"),
        new Flag(OpenFlags.O_NOFOLLOW,  "O_NOFOLLOW"),
        new Flag(OpenFlags.O_NOATIME,   "O_NOATIME"),
        new Flag(OpenFlags.O_CLOEXEC,   "O_CLOEXEC"),
        new Flag(OpenFlags.O_PATH,      "O_PATH"),
        new Flag(OpenFlags.O_TMPFILE,   "O_TMPFILE"),
        new Flag(OpenFlags.O_DIRECTORY, "O_DIRECTORY"));
    private static final List<Flag> PROTECTION = List.of(
        new Flag(1, "PROT_READ"),
        new Flag(2, "PROT_WRITE"),
        new Flag(4, "PROT_EXEC"));
    private static final List<Flag> MAP = List.of(
        new Flag(0x10, "MAP_FIXED"),
        new Flag(0x20, "MAP_ANONYMOUS"),
        new Flag(0x40, "MAP_32BIT"));
    private static final List<Flag> SOCKET = List.of(
        new Flag(Sockets.SOCK_CLOEXEC,  "SOCK_CLOEXEC"),
        new Flag(Sockets.SOCK_NONBLOCK, "SOCK_NONBLOCK"));
    // spotless:on
    private static final List<String> CLOCKS = List.of(
            "CLOCK_REALTIME",
            "CLOCK_MONOTONIC",
            "CLOCK_PROCESS_CPUTIME_ID",
            "CLOCK_THREAD_CPUTIME_ID",
            "CLOCK_MONOTONIC_RAW",
            "CLOCK_REALTIME_COARSE",
            "CLOCK_MONOTONIC_COARSE",
            "CLOCK_BOOTTIME");

    private FlagNames() {}

    static String open(int bits) {
        String access = switch (bits & OpenFlags.O_ACCMODE) {
            case OpenFlags.O_RDONLY -> "O_RDONLY";
            case OpenFlags.O_WRONLY -> "O_WRONLY";
            case OpenFlags.O_RDWR -> "O_RDWR";
            default -> "O_ACCMODE";
        };
        return flags(access, bits & ~OpenFlags.O_ACCMODE, OPEN);
    }

    static String protection(int bits) {
        return bits == 0 ? "PROT_NONE" : flags("", bits, PROTECTION);
    }

    static String map(int bits) {
        int type = bits & 3;
        String first = type == 2 ? "MAP_PRIVATE" : type == 1 ? "MAP_SHARED" : "MAP_SHARED_VALIDATE";
        return flags(first, bits & ~3, MAP);
    }

    static String clock(int number) {
        return number >= 0 && number < CLOCKS.size() ? CLOCKS.get(number) : Integer.toString(number);
    }

    static String family(int number) {
        return switch (number) {
            case Sockets.AF_UNIX -> "AF_UNIX";
            case Sockets.AF_INET -> "AF_INET";
            case Sockets.AF_INET6 -> "AF_INET6";
            case Sockets.AF_NETLINK -> "AF_NETLINK";
            default -> Integer.toString(number);
        };
    }

    /** The type of a socket with its flags. */
    static String socket(int type) {
        String kind = switch (type & Sockets.SOCK_TYPE_MASK) {
            case Sockets.SOCK_STREAM -> "SOCK_STREAM";
            case Sockets.SOCK_DGRAM -> "SOCK_DGRAM";
            case Sockets.SOCK_RAW -> "SOCK_RAW";
            case Sockets.SOCK_SEQPACKET -> "SOCK_SEQPACKET";
            default -> Integer.toString(type & Sockets.SOCK_TYPE_MASK);
        };
        return flags(kind, type & ~Sockets.SOCK_TYPE_MASK, SOCKET);
    }

    /** The flags of {@code accept4(2)}. */
    static String socketFlags(int bits) {
        return bits == 0 ? "0" : flags("", bits, SOCKET);
    }

    private static String flags(String first, int bits, List<Flag> names) {
        List<String> parts = new ArrayList<>();
        if (!first.isEmpty()) {
            parts.add(first);
        }
        int rest = bits;
        for (Flag flag : names) {
            if ((rest & flag.bits) == flag.bits) {
                parts.add(flag.name);
                rest &= ~flag.bits;
            }
        }
        if (rest != 0) {
            parts.add("0x" + Integer.toHexString(rest));
        }
        return String.join("|", parts);
    }
}
