package dev.gostub.server.transport;

import dev.gostub.server.codec.Acknowledgements;
import dev.gostub.server.codec.FrameDecoder;
import dev.gostub.server.codec.FrameEncoder;
import dev.gostub.server.session.Session;
import dev.gostub.server.session.SessionSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The debug server: listens, and lets one client after the other work on a target.
 *
 * <pre>
 * DebugServer ── event loop (1 thread)     Endpoint, pipelines
 *       │        session thread            one Session after the other
 *       └─────── Reception                 between the two
 * </pre>
 */
public final class DebugServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DebugServer.class);

    private final SessionSettings settings;
    private final Reception reception = new Reception();
    private final EventLoopGroup eventLoop;
    private final Endpoint endpoint;
    private final Thread sessionThread;

    private DebugServer(ListenAddress address, SessionSettings settings) throws ListenException {
        this.settings = settings;
        this.eventLoop = eventLoop();
        try {
            this.endpoint = Endpoint.bind(address, bootstrap());
        } catch (ListenException failure) {
            var _ = eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw failure;
        }
        this.sessionThread = new Thread(this::serve, "session");
    }

    /**
     * Binds and begins to serve.
     *
     * @throws ListenException the address is taken, not ours, not allowed
     */
    public static DebugServer start(ListenAddress address, SessionSettings settings) throws ListenException {
        DebugServer server = new DebugServer(address, settings);
        server.sessionThread.start();
        return server;
    }

    /**
     * Loads and initialises what a server needs, so that {@link #start} is quick: a third of the way to a bound port. To be called on another thread while the
     * caller has something else to do; nothing depends on it.
     */
    public static void warmUp() {
        var _ = eventLoop().shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }

    /** One loop, heap buffers: pools, native transports and leak records cost start-up time and bring nothing here. */
    private static EventLoopGroup eventLoop() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    /** Where it listens, with the port that was found for port 0. */
    public ListenAddress address() {
        return endpoint.address();
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(eventLoop)
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connected(channel);
                    }
                });
    }

    private void connected(Channel channel) {
        Session session = settings.open(new ChannelConnection(channel));
        channel.pipeline()
                .addLast(
                        new FrameDecoder(Session.LIMIT_BYTES),
                        new FrameEncoder(),
                        new Acknowledgements(),
                        new SessionChannel(session, reception));
    }

    private void serve() {
        try {
            Optional<Session> next = reception.next();
            while (next.isPresent()) {
                next.get().run();
                reception.finished();
                next = reception.next();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("session thread was interrupted");
        }
    }

    /** Stops listening, interrupts and ends a session that is going on, and waits for it to be over. */
    @Override
    public void close() {
        endpoint.close();
        reception.close();
        if (Thread.currentThread() != sessionThread) {
            joinSessionThread();
        }
        // System.exit waits 300 ms for a thread that sits in native code, so the loop must really be gone.
        eventLoop.shutdownGracefully(0, 1000, TimeUnit.MILLISECONDS).awaitUninterruptibly(1000);
    }

    private void joinSessionThread() {
        try {
            sessionThread.join(10_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
