package dev.gostub.server.transport;

import dev.gostub.server.codec.Frame;
import dev.gostub.server.session.Connection;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.SocketAddress;

/** A client's channel as its session sees it. Writes that fail reach the pipeline's end, which closes the channel. */
@SuppressWarnings("FutureReturnValueIgnored")
final class ChannelConnection implements Connection {
    private final Channel channel;

    ChannelConnection(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void send(byte[] payload) {
        channel.writeAndFlush(new Frame.Packet(payload), channel.voidPromise());
    }

    @Override
    public void sendLastAcknowledged(byte[] payload) {
        // One task: the client's next packet must already find acknowledgements switched off.
        channel.eventLoop().execute(() -> {
            channel.write(new Frame.Packet(payload), channel.voidPromise());
            channel.write(new Frame.StopAcknowledging());
            channel.flush();
        });
    }

    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public String peer() {
        SocketAddress address = channel.remoteAddress();
        String text = address == null ? "" : address.toString();
        return text.isEmpty() ? "a local client" : text;
    }
}
