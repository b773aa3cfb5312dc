package dev.gostub.server.codec;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Optional;

/**
 * The acknowledgement layer: answers each packet with {@code +} or {@code -}, sends the last reply again when the client
 * rejects it, and falls silent for good with {@link Frame.StopAcknowledging}. After that not one stray {@code +} may be
 * sent (dlv would read it as part of the next reply), and wrong checksums are no longer an error, as in gdbserver.
 */
// A write that fails reaches exceptionCaught through the void promise and closes the connection.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Acknowledgements extends ChannelDuplexHandler {
    // gdb gives up after three; more would only keep two broken ends busy.
    private static final int RETRANSMISSIONS = 4;

    private boolean acknowledging = true;
    private Optional<Frame.Packet> last = Optional.empty();
    private int retransmissions = RETRANSMISSIONS;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch ((Frame) message) {
            case Frame.Packet packet -> accept(context, packet);
            case Frame.Oversized oversized -> accept(context, oversized);
            case Frame.Corrupt(byte[] payload) -> {
                if (acknowledging) {
                    context.writeAndFlush(new Frame.Reject(), context.voidPromise());
                } else {
                    context.fireChannelRead(new Frame.Packet(payload));
                }
            }
            case Frame.Interrupt interrupt -> context.fireChannelRead(interrupt);
            case Frame.Reject() -> retransmit(context);
            case Frame.Acknowledge(), Frame.StopAcknowledging() -> {}
        }
    }

    private void accept(ChannelHandlerContext context, Frame frame) {
        if (acknowledging) {
            context.writeAndFlush(new Frame.Acknowledge(), context.voidPromise());
        }
        context.fireChannelRead(frame);
    }

    private void retransmit(ChannelHandlerContext context) {
        if (acknowledging && retransmissions > 0 && last.isPresent()) {
            retransmissions--;
            context.writeAndFlush(last.get(), context.voidPromise());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof Frame.StopAcknowledging) {
            acknowledging = false;
            promise.setSuccess();
            return;
        }
        if (acknowledging && message instanceof Frame.Packet packet) {
            last = Optional.of(packet);
            retransmissions = RETRANSMISSIONS;
        }
        context.write(message, promise);
    }
}
