package dev.gostub.server.transport;

import dev.gostub.server.codec.Frame;
import dev.gostub.server.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a client's pipeline: frames become calls of its session. */
final class SessionChannel extends SimpleChannelInboundHandler<Frame> {
    private static final Logger LOG = LoggerFactory.getLogger(SessionChannel.class);

    private final Session session;
    private final Reception reception;
    private final LingeringSelect lingering;

    SessionChannel(Session session, Reception reception, LingeringSelect lingering) {
        super(Frame.class);
        this.session = session;
        this.reception = reception;
        this.lingering = lingering;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        reception.arrived(session, context.channel().eventLoop());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) {
        switch (frame) {
            case Frame.Packet(byte[] payload) -> {
                session.receive(payload);
                lingering.begin();
            }
            case Frame.Oversized() -> session.receiveOversized();
            case Frame.Interrupt() -> session.interrupt();
            case Frame.Corrupt _, Frame.Acknowledge _, Frame.Reject _, Frame.StopAcknowledging _ -> {}
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.hangUp();
        reception.left(session);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection of {} broke: {}", session.peer(), cause.toString());
        var _ = context.close();
    }
}
