package dev.gostub.emulator.host;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of this computer, as far as a user has opened it. One thread looks after all links: it waits in a selector, so a machine that stands still costs nothing; what the machine asks for comes to it as tasks.
 */
public final class LiveNetwork implements HostNetwork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveNetwork.class);
    private static final int BACKLOG = 1024;
    private static final int MOST_LINKS = 10_000;
    /** How long clients wait before somebody looks again whether they can be taken in. */
    private static final long PAUSE_MILLIS = 200;
    /** How long what was sent may take to go when everything ends. */
    private static final long DRAIN_MILLIS = 2000;

    private final NetworkOpening opening;
    private final NetworkQueue events;
    private final Selector selector;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final Map<Integer, LiveLink> links = new HashMap<>();
    private final List<Published> published = new ArrayList<>();
    private final List<HostAddress> nameServers;
    private final NameService names;
    private final LiveConnection.Shared shared;
    /** Ports at which nobody is taken in for the moment. */
    private final List<SelectionKey> paused = new ArrayList<>();

    private long resumeAt;
    private int lastAccepted;
    private boolean ending;
    private final Thread thread = new Thread(this::serve, "gostub-network");

    /** Work for the network's thread. */
    private interface Task {
        void run() throws IOException;
    }

    /**
     * A port that is open outside.
     *
     * @param at where, with the port that was found for 0
     * @param port inside
     */
    public record Published(InetSocketAddress at, int port) {}

    private LiveNetwork(NetworkOpening opening, Doorbell doorbell) throws IOException {
        this.opening = opening;
        this.events = new NetworkQueue(doorbell);
        this.selector = Selector.open();
        this.names = new NameService(events);
        this.shared = new LiveConnection.Shared(events);
        this.nameServers = opening.isOutward() ? NameServers.ofThisComputer() : List.of();
        thread.setDaemon(true);
    }

    /**
     * Opens what a user has asked for.
     *
     * @throws IOException a port cannot be had; the message says which and why
     */
    public static LiveNetwork open(NetworkOpening opening, Doorbell doorbell) throws IOException {
        LiveNetwork network = new LiveNetwork(opening, doorbell);
        for (NetworkOpening.Publication publication : opening.publications()) {
            network.publish(publication);
        }
        network.thread.start();
        return network;
    }

    private void publish(NetworkOpening.Publication publication) throws IOException {
        InetSocketAddress at = address(publication.at());
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(at, BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT, (Ready) key -> accept(key, server, publication.port()));
        } catch (IOException failure) {
            server.close();
            throw new IOException(
                    "cannot publish " + at.getAddress().getHostAddress() + ":" + at.getPort() + ": "
                            + failure.getMessage(),
                    failure);
        }
        if (server.getLocalAddress() instanceof InetSocketAddress bound) {
            published.add(new Published(bound, publication.port()));
        }
    }

    /** What is published. */
    public List<Published> published() {
        return List.copyOf(published);
    }

    // ---- the machine's side

    @Override
    public List<NetworkEvent> take() {
        return events.take();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean permits(HostAddress address) {
        return opening.permits(address) || isNameServer(address);
    }

    @Override
    public boolean isNameServer(HostAddress address) {
        return nameServers.contains(address);
    }

    @Override
    public void connect(int link, HostAddress to) {
        perform(link, () -> {
            SocketChannel channel = SocketChannel.open();
            LiveConnection connection = new LiveConnection(link, channel, register(link, channel), shared);
            links.put(link, connection);
            connection.connect(address(to));
        });
    }

    @Override
    public void openDatagrams(int link, Optional<HostAddress> peer) {
        perform(link, () -> {
            DatagramChannel channel = DatagramChannel.open();
            LiveDatagrams datagrams = new LiveDatagrams(link, channel, register(link, channel), this::heard);
            links.put(link, datagrams);
            datagrams.connect(peer);
        });
    }

    @Override
    public void allow(int link, int bytes) {
        perform(link, () -> link(link).allow(bytes));
    }

    @Override
    public void send(int link, byte[] bytes) {
        perform(link, () -> link(link).send(bytes));
    }

    @Override
    public void sendTo(int link, HostAddress to, byte[] bytes) {
        if (isNameServer(to)) {
            names.asked(link, to, bytes);
        }
        perform(link, () -> link(link).sendTo(to, bytes));
    }

    @Override
    public void finish(int link) {
        perform(link, () -> link(link).finish());
    }

    @Override
    public void close(int link, boolean aborted) {
        perform(link, () -> link(link).close(aborted));
    }

    private void perform(int link, Task task) {
        tasks.add(() -> {
            try {
                task.run();
            } catch (IOException failure) {
                broken(link, failure);
            }
        });
        selector.wakeup();
    }

    /** Another machine begins: of what belonged to the one before nothing is left. To be called while neither runs. */
    public void renew() {
        tasks.add(() -> {
            for (LiveLink link : links.values()) {
                link.close(true);
            }
            links.clear();
            events.take();
        });
        selector.wakeup();
    }

    /** Any thread: lets what was sent go, for a while, and ends everything. */
    @Override
    public void close() {
        tasks.add(() -> ending = true);
        selector.wakeup();
        try {
            thread.join(DRAIN_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the network's thread

    /** What a key is registered for. */
    private interface Ready {
        void on(SelectionKey key) throws IOException;
    }

    private SelectionKey register(int link, SelectableChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, (Ready) key -> {
            try {
                link(link).ready(key);
            } catch (IOException failure) {
                broken(link, failure);
            }
        });
    }

    private LiveLink link(int link) throws IOException {
        LiveLink found = links.get(link);
        if (found == null) {
            throw new IOException("link " + link + " is closed");
        }
        return found;
    }

    private void broken(int link, IOException failure) {
        LOG.debug("link {} broke: {}", link, failure.getMessage());
        LiveLink ended = links.remove(link);
        if (ended != null) {
            events.add(new NetworkEvent.Broken(link));
            try {
                ended.close(true);
            } catch (IOException gone) {
                LOG.debug("link {}: {}", link, gone.getMessage());
            }
        }
    }

    private void heard(NetworkEvent event) {
        if (event instanceof NetworkEvent.Datagram(int link, HostAddress from, byte[] bytes) && isNameServer(from)) {
            names.answered(link, bytes);
        }
        // That a name server is not there is told by its answer from elsewhere.
        boolean hidden = event instanceof NetworkEvent.Failed(int link, var _) && names.waits(link);
        if (!hidden) {
            events.add(event);
        }
    }

    /** Where nobody can be taken in any more (this process has all the files it may have, or very many links), clients wait in the system's queue for a while. */
    private void accept(SelectionKey key, ServerSocketChannel server, int port) throws IOException {
        SocketChannel channel;
        try {
            channel = links.size() < MOST_LINKS ? server.accept() : null;
        } catch (IOException exhausted) {
            LOG.warn("no client can be taken in for a while: {}", exhausted.getMessage());
            channel = null;
        }
        if (channel == null) {
            key.interestOps(0);
            paused.add(key);
            resumeAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
            return;
        }
        int link = --lastAccepted;
        LiveConnection connection = new LiveConnection(link, channel, register(link, channel), shared);
        links.put(link, connection);
        if (channel.getRemoteAddress() instanceof InetSocketAddress peer) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            events.add(new NetworkEvent.Accepted(link, port, address(peer)));
            connection.begin();
        } else {
            connection.close(true);
        }
    }

    private void resume() {
        if (!paused.isEmpty() && System.nanoTime() - resumeAt >= 0) {
            paused.stream().filter(SelectionKey::isValid).forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
            paused.clear();
        }
    }

    private void serve() {
        try {
            while (!ending || links.values().stream().anyMatch(link -> !link.isIdle())) {
                selector.select(LiveNetwork::ready, paused.isEmpty() ? 0 : PAUSE_MILLIS);
                for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                links.values().removeIf(LiveLink::isClosed);
                resume();
            }
        } catch (IOException | RuntimeException | Error defect) {
            LOG.error("the network has failed; nothing comes in or goes out any more", defect);
        } finally {
            selector.keys().forEach(key -> closeQuietly(key.channel()));
            closeQuietly(selector);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Ready ready) {
                ready.on(key);
            }
        } catch (IOException failure) {
            LOG.warn("a connection could not be taken in: {}", failure.getMessage());
        }
    }

    static void closeQuietly(Closeable thing) {
        try {
            thing.close();
        } catch (IOException gone) {
            LOG.debug("closing: {}", gone.getMessage());
        }
    }

    // ---- addresses

    static InetSocketAddress address(HostAddress address) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.bytes()), address.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        }
    }

    static HostAddress address(InetSocketAddress address) {
        return HostAddress.of(address.getAddress().getAddress(), address.getPort());
    }
}
