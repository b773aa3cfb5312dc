package dev.gostub.server.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the byte stream into frames. A packet that the stream leaves unfinished produces nothing; an unescaped <code>$</code>
 * inside a packet begins a new one, as in gdbserver. Bytes between packets that mean nothing are dropped.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
    private static final int INTERRUPT = 3;
    private static final int INITIAL_BYTES = 1024;

    private enum State {
        BETWEEN,
        PAYLOAD,
        CHECKSUM_HIGH,
        CHECKSUM_LOW
    }

    private final int limitBytes;
    private State state = State.BETWEEN;
    private byte[] payload = new byte[INITIAL_BYTES];
    // Runs past limitBytes by one at most: then the packet is oversized.
    private int length;
    private int sum;
    private int announced;

    /**
     * Makes a decoder.
     *
     * @param limitBytes longest payload that is taken, escapes included
     */
    public FrameDecoder(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.isReadable()) {
            int value = in.readUnsignedByte();
            switch (state) {
                case BETWEEN -> between(value, out);
                case PAYLOAD -> payload(value);
                case CHECKSUM_HIGH -> {
                    announced = digit(value) << 4;
                    state = State.CHECKSUM_LOW;
                }
                case CHECKSUM_LOW -> {
                    announced |= digit(value);
                    state = State.BETWEEN;
                    out.add(complete());
                }
            }
        }
    }

    private void between(int value, List<Object> out) {
        switch (value) {
            case '$' -> begin();
            case '+' -> out.add(new Frame.Acknowledge());
            case '-' -> out.add(new Frame.Reject());
            case INTERRUPT -> out.add(new Frame.Interrupt());
            default -> {}
        }
    }

    private void begin() {
        state = State.PAYLOAD;
        length = 0;
        sum = 0;
    }

    private void payload(int value) {
        if (value == '$') {
            begin();
        } else if (value == '#') {
            state = State.CHECKSUM_HIGH;
        } else if (length <= limitBytes) {
            if (length == payload.length) {
                payload = Arrays.copyOf(payload, Math.min(2 * payload.length, limitBytes + 1));
            }
            payload[length++] = (byte) value;
            sum += value;
        }
    }

    private Frame complete() {
        if (length > limitBytes) {
            return new Frame.Oversized();
        }
        byte[] whole = Arrays.copyOf(payload, length);
        return announced == (sum & 0xff) ? new Frame.Packet(whole) : new Frame.Corrupt(whole);
    }

    /** Value of a hex digit; what is none makes the checksum wrong, whatever the other digit is. */
    private static int digit(int value) {
        int digit = Character.digit(value, 16);
        return digit < 0 ? 0x100 : digit;
    }
}
