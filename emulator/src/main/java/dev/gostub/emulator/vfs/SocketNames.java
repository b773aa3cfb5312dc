package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.SocketAddress.Internet;
import dev.gostub.emulator.abi.SocketAddress.Local;
import dev.gostub.emulator.abi.SocketAddress.Netlink;
import dev.gostub.emulator.abi.SocketOption;
import java.util.Optional;
import java.util.TreeMap;

/** Which socket has which name, and names for those that want any. */
final class SocketNames implements Stateful {
    /** First port that is given to who asks for none, {@code ip_local_port_range}. */
    private static final int FIRST_EPHEMERAL = 32768;

    private static final int LAST_EPHEMERAL = 60999;
    /** Where {@code netlink_autobind} of Linux looks for numbers that are no process's. */
    private static final int FIRST_NETLINK_PORT = -4097;

    private static final String VERSION_4 = "v4/";
    private static final String VERSION_6 = "v6/";
    private static final String BOTH = "v4v6/";

    /** By protocol, versions, address and port, or by abstract name. */
    private TreeMap<String, SocketObject> bound = new TreeMap<>();

    private int lastEphemeral = FIRST_EPHEMERAL - 1;

    /** The socket takes a name that is still free. */
    void claim(SocketObject socket, SocketAddress name) throws FileFailure {
        if (taken(socket, name)) {
            throw new FileFailure(Errno.EADDRINUSE);
        }
        enter(socket, name);
    }

    /** The socket takes a name that was {@link #free}. */
    void enter(SocketObject socket, SocketAddress name) {
        bound.put(key(socket, name), socket);
        socket.named(name);
    }

    private boolean taken(SocketObject socket, SocketAddress name) {
        if (!(name instanceof Internet address)) {
            return bound.containsKey(key(socket, name));
        }
        if (address.isAny()) {
            String port = ":" + address.port();
            String versions = versions(socket, address);
            return bound.keySet().stream()
                    .filter(key -> key.startsWith(protocol(socket)) && key.endsWith(port))
                    .anyMatch(key -> versions.equals(BOTH) || key.contains(BOTH) || key.contains(versions));
        }
        return bound.containsKey(key(socket, address)) || atAny(socket, address).isPresent();
    }

    /** Who has the port at any address, this one among them. */
    private Optional<SocketObject> atAny(SocketObject like, Internet address) {
        String port = "*:" + address.port();
        SocketObject one = bound.get(protocol(like) + (address.isVersion4() ? VERSION_4 : VERSION_6) + port);
        return Optional.ofNullable(one == null ? bound.get(protocol(like) + BOTH + port) : one);
    }

    /** The same address with a port that is free. */
    Internet free(SocketObject socket, Internet address) throws FileFailure {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            lastEphemeral = lastEphemeral >= LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastEphemeral + 1;
            if (!taken(socket, address.withPort(lastEphemeral))) {
                return address.withPort(lastEphemeral);
            }
        }
        throw new FileFailure(Errno.EADDRINUSE);
    }

    /** An abstract name. */
    Local free() {
        return new Local("\0" + lastEphemeral++);
    }

    /** The same groups with a port that is free. */
    Netlink free(SocketObject socket, Netlink wanted) {
        Netlink name = new Netlink(FIRST_NETLINK_PORT, wanted.groups());
        while (taken(socket, name)) {
            name = new Netlink(name.port() - 1, wanted.groups());
        }
        return name;
    }

    /** The names of a closed socket are free again. */
    void release(SocketObject socket) {
        bound.values().removeIf(other -> other == socket);
    }

    /** Who has a name that a socket of this kind sends or connects to. */
    Optional<SocketObject> find(SocketObject from, SocketAddress target) {
        Optional<SocketObject> exact = Optional.ofNullable(bound.get(key(from, target)));
        return exact.isEmpty() && target instanceof Internet address ? atAny(from, address) : exact;
    }

    private static String protocol(SocketObject socket) {
        return socket instanceof StreamSocket ? "stream/" : "datagram/";
    }

    /** For which addresses a name stands: {@code ::} is also that of version 4 unless the socket has {@code IPV6_V6ONLY}. */
    private static String versions(SocketObject socket, Internet address) {
        if (address.isVersion4()) {
            return VERSION_4;
        }
        return address.isAny() && !socket.options().isSet(SocketOption.IPV6_V6ONLY) ? BOTH : VERSION_6;
    }

    private static String key(SocketObject socket, SocketAddress name) {
        return protocol(socket)
                + switch (name) {
                    case Internet address when address.isAny() -> versions(socket, address) + "*:" + address.port();
                    case Internet address ->
                        versions(socket, address) + Long.toHexString(address.high()) + "/"
                                + Long.toHexString(address.low()) + ":" + address.port();
                    case Local local -> local.name();
                    case Netlink address -> "netlink/" + address.port();
                };
    }

    @Override
    public Saved capture() {
        TreeMap<String, SocketObject> names = new TreeMap<>(bound);
        int port = lastEphemeral;
        return () -> {
            bound = new TreeMap<>(names);
            lastEphemeral = port;
        };
    }
}
