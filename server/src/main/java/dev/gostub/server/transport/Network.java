package dev.gostub.server.transport;

import dev.gostub.server.codec.Acknowledgements;
import dev.gostub.server.codec.Frame;
import dev.gostub.server.codec.FrameDecoder;
import dev.gostub.server.codec.FrameEncoder;
import dev.gostub.server.session.Session;
import dev.gostub.server.session.SessionSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Netty's part of the server: one event loop that takes clients in at an {@link Endpoint} and puts a pipeline behind each. */
final class Network implements AutoCloseable {
    private final LingeringSelect lingering = new LingeringSelect();
    private final EventLoopGroup eventLoop = eventLoop(lingering);
    private final SessionSettings settings;
    private final Reception reception;
    private final ChannelFuture registered;
    private final Channel listening;

    /** Takes clients in from now on, those that wait already first. */
    Network(Endpoint endpoint, SessionSettings settings, Reception reception) {
        this.settings = settings;
        this.reception = reception;
        registered = new ServerBootstrap()
                .group(eventLoop)
                .channelFactory(() -> channel(endpoint))
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connected(channel);
                    }
                })
                .register();
        listening = registered.channel();
    }

    /** Loads and initialises what a network needs. */
    static void warmUp() {
        var _ = eventLoop(new LingeringSelect()).shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    }

    /** One loop, heap buffers: pools, native transports and leak records cost start-up time and bring nothing here. */
    private static EventLoopGroup eventLoop(LingeringSelect lingering) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        return new MultiThreadIoEventLoopGroup(
                1, NioIoHandler.newFactory(SelectorProvider.provider(), () -> lingering));
    }

    private static ServerChannel channel(Endpoint endpoint) {
        ServerSocketChannel bound = endpoint.channel();
        return endpoint.address() instanceof ListenAddress.Unix
                ? new NioServerDomainSocketChannel(bound)
                : new NioServerSocketChannel(bound);
    }

    /** Lets a packet come in and one go out of a pipeline that leads nowhere, so that a client's are not the first. */
    void rehearse() {
        Reception nobody = new Reception();
        EmbeddedChannel channel = new EmbeddedChannel();
        addPipeline(channel, settings.unnoticed(), nobody);
        channel.writeInbound(Unpooled.copiedBuffer("+$qSupported#37", StandardCharsets.ISO_8859_1));
        channel.writeOutbound(new Frame.Packet(new byte[] {'O', 'K'}));
        channel.finishAndReleaseAll();
        nobody.close();
    }

    private void connected(Channel channel) {
        if (channel instanceof io.netty.channel.socket.SocketChannel tcp) {
            tcp.config().setTcpNoDelay(true).setKeepAlive(true);
        }
        addPipeline(channel, settings, reception);
    }

    private void addPipeline(Channel channel, SessionSettings settings, Reception reception) {
        Session session = settings.open(new ChannelConnection(channel));
        channel.pipeline()
                .addLast(
                        new FrameDecoder(Session.LIMIT_BYTES),
                        new FrameEncoder(),
                        new Acknowledgements(),
                        new SessionChannel(session, reception, lingering));
    }

    /** Netty reports a failure to its future only; without this nobody would know why no client is taken in. */
    void requireListening() {
        registered.awaitUninterruptibly();
        if (!registered.isSuccess()) {
            throw new IllegalStateException("cannot take clients in", registered.cause());
        }
    }

    void stopListening() {
        listening.close().awaitUninterruptibly(1000);
    }

    /** Ends the loop without waiting for long: this process ends. */
    void leave() {
        eventLoop.shutdownGracefully(0, 50, TimeUnit.MILLISECONDS).awaitUninterruptibly(50);
    }

    @Override
    public void close() {
        stopListening();
        // System.exit waits 300 ms for a thread that sits in native code, so the loop must really be gone.
        eventLoop.shutdownGracefully(0, 1000, TimeUnit.MILLISECONDS).awaitUninterruptibly(1000);
    }
}
