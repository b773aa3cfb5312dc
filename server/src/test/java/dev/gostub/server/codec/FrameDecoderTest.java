package dev.gostub.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int LIMIT = 64;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Frame packet(String payload) {
        return new Frame.Packet(bytes(payload));
    }

    /** What comes out when the bytes arrive in the given pieces. */
    private static List<Frame> decode(byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMIT));
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.copiedBuffer(piece));
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    /** The frames must not depend on where the stream is cut. */
    private static void decodesTo(String wire, Frame... expected) {
        byte[] whole = bytes(wire);
        assertEquals(List.of(expected), decode(whole));
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] head = Arrays.copyOfRange(whole, 0, cut);
            byte[] tail = Arrays.copyOfRange(whole, cut, whole.length);
            assertEquals(List.of(expected), decode(head, tail), "cut at " + cut);
        }
        byte[][] single = new byte[whole.length][];
        for (int i = 0; i < whole.length; i++) {
            single[i] = new byte[] {whole[i]};
        }
        assertEquals(List.of(expected), decode(single), "byte by byte");
    }

    @Test
    void packetIsItsPayload() {
        decodesTo("$m464840,40#37", packet("m464840,40"));
        decodesTo("$?#3f", packet("?"));
        decodesTo("$#00", packet(""));
    }

    @Test
    void checksumIsReadInEitherCase() {
        decodesTo("$vMustReplyEmpty#3a$vMustReplyEmpty#3A", packet("vMustReplyEmpty"), packet("vMustReplyEmpty"));
    }

    @Test
    void wrongChecksumIsCorrupt() {
        decodesTo("$?#3e", new Frame.Corrupt(bytes("?")));
        decodesTo("$?#zf", new Frame.Corrupt(bytes("?")));
        decodesTo("$?#3z", new Frame.Corrupt(bytes("?")));
    }

    @Test
    void acknowledgementsAndInterruptsStandBetweenPackets() {
        decodesTo(
                "+$?#3f-\003$g#67+",
                new Frame.Acknowledge(),
                packet("?"),
                new Frame.Reject(),
                new Frame.Interrupt(),
                packet("g"),
                new Frame.Acknowledge());
    }

    @Test
    void interruptByteInsideAPacketIsData() {
        decodesTo("$X1,2:}\003\003#a4", packet("X1,2:}\003\003"));
    }

    @Test
    void plusAndMinusInsideAPacketAreData() {
        decodesTo("$Hc-1#09", packet("Hc-1"));
    }

    @Test
    void dollarInsideAPacketBeginsANewOne() {
        decodesTo("$m1234$?#3f", packet("?"));
    }

    @Test
    void noiseBetweenPacketsIsDropped() {
        decodesTo("GET / HTTP/1.1\r\n\r\n$?#3f\n", packet("?"));
    }

    @Test
    void unfinishedPacketIsNothing() {
        decodesTo("$m1234");
        decodesTo("$?#3");
    }

    @Test
    void packetOfTheLimitIsTakenAndALongerOneIsReportedOnce() {
        // 64 times 0x30 is 0xc00, so the checksum is 00.
        String longest = "0".repeat(LIMIT);
        decodesTo("$" + longest + "#00", packet(longest));
        decodesTo("$" + longest + "0#00$?#3f", new Frame.Oversized(), packet("?"));
    }

    @Test
    void whatTheEncoderWritesTheDecoderReads() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] payload = new byte[random.nextInt(LIMIT)];
            for (int i = 0; i < payload.length; i++) {
                int value = random.nextInt(256);
                payload[i] = (byte) (value == '#' || value == '$' ? 'x' : value);
            }
            EmbeddedChannel encoder = new EmbeddedChannel(new FrameEncoder());
            encoder.writeOutbound(new Frame.Packet(payload));
            ByteBuf wire = encoder.readOutbound();
            byte[] sent = new byte[wire.readableBytes()];
            wire.readBytes(sent).release();
            assertEquals(List.of(new Frame.Packet(payload)), decode(sent), "seed " + seed);
            encoder.finishAndReleaseAll();
        }
    }
}
