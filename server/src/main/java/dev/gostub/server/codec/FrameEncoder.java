package dev.gostub.server.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes frames as bytes. */
public final class FrameEncoder extends MessageToByteEncoder<Frame> {
    /** Makes an encoder that writes into heap buffers. */
    public FrameEncoder() {
        super(Frame.class, false);
    }

    @Override
    protected void encode(ChannelHandlerContext context, Frame frame, ByteBuf out) {
        switch (frame) {
            case Frame.Packet(byte[] payload) -> packet(payload, out);
            case Frame.Acknowledge() -> out.writeByte('+');
            case Frame.Reject() -> out.writeByte('-');
            case Frame.Interrupt() -> out.writeByte(3);
            case Frame.Corrupt _, Frame.Oversized _, Frame.StopAcknowledging _ ->
                throw new IllegalStateException("not for the wire: " + frame);
        }
    }

    private static void packet(byte[] payload, ByteBuf out) {
        int sum = 0;
        for (byte value : payload) {
            sum += value;
        }
        out.ensureWritable(payload.length + 4);
        out.writeByte('$').writeBytes(payload).writeByte('#');
        out.writeByte(Character.forDigit(sum >> 4 & 15, 16)).writeByte(Character.forDigit(sum & 15, 16));
    }
}
