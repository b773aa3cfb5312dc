package dev.gostub.server.transport;

import dev.gostub.server.session.Rehearsal;
import dev.gostub.server.session.Session;
import dev.gostub.server.session.SessionSettings;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The debug server: listens, and lets one client after the other work on a target.
 *
 * <pre>
 * DebugServer ── Endpoint              the bound socket, from the first moment on
 *       └──── session thread           opens the Network, rehearses, serves one Session after the other
 *                ├── Network           event loop (1 thread), pipelines
 *                └── Reception         between the two threads
 * </pre>
 *
 * A client can connect as soon as the socket is bound; loading Netty and what answers the first packets, which takes longer
 * than all else at a start, goes on while the user's debugger starts too.
 */
public final class DebugServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DebugServer.class);

    private final SessionSettings settings;
    private final Reception reception = new Reception();
    private final Endpoint endpoint;
    private final Thread sessionThread;
    private volatile Optional<Network> network = Optional.empty(); // written by the session thread

    private DebugServer(Endpoint endpoint, SessionSettings settings) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.sessionThread = new Thread(this::serve, "session");
    }

    /**
     * Binds and begins to serve.
     *
     * @throws ListenException the address is taken, not ours, not allowed
     */
    public static DebugServer start(ListenAddress address, SessionSettings settings) throws ListenException {
        return start(Endpoint.bind(address), settings);
    }

    static DebugServer start(Endpoint endpoint, SessionSettings settings) {
        DebugServer server = new DebugServer(endpoint, settings);
        server.sessionThread.start();
        return server;
    }

    /**
     * Loads and initialises what a server needs, so that clients are taken in sooner after {@link #start}. To be called on another thread while the
     * caller has something else to do; nothing depends on it.
     */
    public static void warmUp() {
        Network.warmUp();
    }

    /** Where it listens, with the port that was found for port 0. */
    public ListenAddress address() {
        return endpoint.address();
    }

    private void serve() {
        try (Network opened = new Network(endpoint, settings, reception)) {
            network = Optional.of(opened);
            opened.rehearse();
            opened.requireListening();
            Rehearsal.perform(settings, reception::hasVisitors);
            Optional<Session> next = reception.next();
            while (next.isPresent()) {
                LOG.info("{} connected", next.get().peer());
                next.get().run();
                reception.finished();
                next = reception.next();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("session thread was interrupted");
        } catch (RuntimeException | Error defect) {
            LOG.error("the debug server has failed, no client can be served at {}", endpoint.address(), defect);
            settings.unserved();
        } finally {
            endpoint.close();
        }
    }

    /** Any thread: no more clients are taken in, and the file of a unix socket is gone; whoever is served notices nothing. */
    public void stopListening() {
        endpoint.close();
        network.ifPresent(Network::leave);
    }

    /** Stops listening, interrupts and ends a session that is going on, and waits for it to be over. */
    @Override
    public void close() {
        reception.close();
        if (Thread.currentThread() == sessionThread) {
            network.ifPresent(Network::stopListening);
        } else {
            joinSessionThread();
        }
    }

    private void joinSessionThread() {
        try {
            sessionThread.join(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
