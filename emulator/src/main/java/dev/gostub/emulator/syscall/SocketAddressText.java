package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketAddress.Local;
import dev.gostub.emulator.abi.SocketAddress.Netlink;
import dev.gostub.emulator.abi.Sockets;
import java.util.Optional;

/** The addresses of sockets as strace(1) writes them. */
final class SocketAddressText {
    private SocketAddressText() {}

    /** A struct sockaddr of that family, as far as it is understood. */
    static String of(byte[] struct) {
        int family = struct.length < 2 ? 0 : LittleEndian.get16(struct, 0);
        Optional<SocketAddress> address = SocketAddress.of(struct);
        String rest = address.map(known -> text(known, family)).orElse("...");
        return "{sa_family=" + FlagNames.family(family) + ", " + rest + "}";
    }

    private static String text(SocketAddress address, int family) {
        return switch (address) {
            case Internet internet
            when family == Sockets.AF_INET ->
                "sin_port=htons(" + internet.port() + "), sin_addr=inet_addr(\"" + version4(internet) + "\")";
            case Internet internet ->
                "sin6_port=htons(" + internet.port() + "), inet_pton(AF_INET6, \"" + version6(internet)
                        + "\", &sin6_addr)";
            case Local local
            when local.isAbstract() ->
                "sun_path=@\"" + GuestText.shown(local.name().substring(1)) + "\"";
            case Local local -> "sun_path=\"" + GuestText.shown(local.name()) + "\"";
            case Netlink(int port, int groups) -> String.format("nl_pid=%d, nl_groups=%08x", port, groups);
        };
    }

    private static String version4(Internet address) {
        int bits = (int) address.low();
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /** With the longest run of zeros left out (RFC 5952). */
    private static String version6(Internet address) {
        if (address.isVersion4()) {
            return "::ffff:" + version4(address);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> 16 * (3 - i % 4) & 0xffff);
        }
        int start = 0;
        int longest = 0;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return longest < 2
                ? joined(groups, 0, 8)
                : joined(groups, 0, start) + "::" + joined(groups, start + longest, 8);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
