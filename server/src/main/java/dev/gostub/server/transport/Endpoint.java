package dev.gostub.server.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** A bound socket, TCP or Unix: clients can connect, and wait in the system's queue until {@link Network} takes them in. */
final class Endpoint {
    /** As many as the system allows may wait. */
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel channel;
    private final ListenAddress address;

    private Endpoint(ServerSocketChannel channel, ListenAddress address) {
        this.channel = channel;
        this.address = address;
    }

    static Endpoint bind(ListenAddress address) throws ListenException {
        return switch (address) {
            case ListenAddress.Tcp tcp -> bindTcp(tcp);
            case ListenAddress.Unix unix -> bindUnix(unix);
        };
    }

    private static Endpoint bindTcp(ListenAddress.Tcp address) throws ListenException {
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw new ListenException("cannot listen on " + address + ": no such host");
        }
        try {
            ServerSocketChannel channel =
                    bind(ServerSocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true), socket);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new Endpoint(channel, new ListenAddress.Tcp(address.host(), port));
        } catch (IOException failure) {
            throw new ListenException("cannot listen on " + address + ": " + reason(failure));
        }
    }

    /**
     * Nobody but the owner may connect, at no moment: the socket is made in a folder of its own that only the owner can
     * enter, gets its mode there and is then moved into place.
     */
    private static Endpoint bindUnix(ListenAddress.Unix address) throws ListenException {
        Path path = address.path().toAbsolutePath();
        removeStale(path, address);
        try {
            Path folder = Files.createTempDirectory(
                    nursery(path),
                    ".gs",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Path made = folder.resolve("s");
                ServerSocketChannel channel =
                        bind(ServerSocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(made));
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
                Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
                return new Endpoint(channel, new ListenAddress.Unix(path, address.name()));
            } finally {
                Files.deleteIfExists(folder.resolve("s"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException failure) {
            throw new ListenException("cannot listen on " + address + ": " + reason(failure));
        }
    }

    /**
     * Where a socket is made. The JDK reads its address back and decodes it with the locale's encoding; of a folder that this cannot express it makes an exception. Then it is made
     * in the folder for temporary files, from which it can be moved inside one file system.
     */
    private static Path nursery(Path path) {
        Path folder = path.getParent();
        try {
            if (folder != null && folder.equals(Path.of(folder.toString()))) {
                return folder;
            }
        } catch (InvalidPathException _) {
            // As below.
        }
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /** A socket file on which nobody listens is left over from a process that was killed. */
    private static void removeStale(Path path, ListenAddress address) throws ListenException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException nobody) {
            deleteStale(path, address);
            return;
        } catch (IOException other) {
            throw new ListenException("cannot listen on " + address + ": the file exists and is no socket of ours");
        }
        throw new ListenException("cannot listen on " + address + ": another process listens there");
    }

    private static void deleteStale(Path path, ListenAddress address) throws ListenException {
        try {
            if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther()) {
                Files.delete(path);
                return;
            }
        } catch (IOException failure) {
            throw new ListenException("cannot listen on " + address + ": " + reason(failure));
        }
        throw new ListenException("cannot listen on " + address + ": the file exists and is no socket");
    }

    private static ServerSocketChannel bind(ServerSocketChannel channel, SocketAddress socket) throws IOException {
        try {
            return channel.bind(socket, BACKLOG);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such folder; make it or choose another path";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied; choose a folder that you may write to";
        }
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("already in use")) {
            return "the address is already in use; choose another port, or 0 for any free one";
        }
        if (lower.contains("permission denied")) {
            return "permission denied; choose a port above 1023";
        }
        return message.lines().findFirst().orElse(message);
    }

    ListenAddress address() {
        return address;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Stops listening. */
    void close() {
        try {
            channel.close();
            if (address instanceof ListenAddress.Unix(Path path, String _)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException ignored) {
            // The file is not ours any more; nothing depends on it.
            return;
        }
    }
}
