package dev.gostub.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new FrameDecoder(64), new FrameEncoder(), new Acknowledgements());

    @AfterEach
    void nothingIsLeftOver() {
        assertNull(channel.readInbound());
        assertEquals("", sent());
        channel.finishAndReleaseAll();
    }

    private void receive(String wire) {
        channel.writeInbound(Unpooled.copiedBuffer(wire, StandardCharsets.ISO_8859_1));
    }

    private String sent() {
        StringBuilder wire = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            wire.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return wire.toString();
    }

    private void reply(String payload) {
        channel.writeOutbound(new Frame.Packet(payload.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void delivered(String payload) {
        assertEquals(new Frame.Packet(payload.getBytes(StandardCharsets.ISO_8859_1)), channel.readInbound());
    }

    @Test
    void goodPacketIsAcknowledgedAndDelivered() {
        receive("$?#3f");
        assertEquals("+", sent());
        delivered("?");
    }

    @Test
    void badPacketIsRejectedAndNotDelivered() {
        receive("$?#00");
        assertEquals("-", sent());
    }

    @Test
    void rejectedReplyIsSentAgainAFewTimes() {
        reply("OK");
        assertEquals("$OK#9a", sent());
        for (int i = 0; i < 4; i++) {
            receive("-");
            assertEquals("$OK#9a", sent());
        }
        receive("-");
        assertEquals("", sent());
    }

    @Test
    void rejectionBeforeAnyReplyIsIgnored() {
        receive("-");
    }

    @Test
    void oversizedPacketIsAcknowledgedSoThatItIsNotSentAgain() {
        receive("$" + "0".repeat(65) + "#30");
        assertEquals("+", sent());
        assertEquals(new Frame.Oversized(), channel.readInbound());
    }

    @Test
    void afterTheLastAcknowledgementNotOnePlusIsSent() {
        receive("$QStartNoAckMode#b0");
        delivered("QStartNoAckMode");
        reply("OK");
        channel.writeOutbound(new Frame.StopAcknowledging());
        assertEquals("+$OK#9a", sent());
        receive("+$?#3f-");
        delivered("?");
        assertEquals("", sent());
    }

    @Test
    void wrongChecksumIsBelievedOnceNothingIsAcknowledged() {
        channel.writeOutbound(new Frame.StopAcknowledging());
        receive("$?#00");
        delivered("?");
    }

    @Test
    void interruptIsDeliveredWithoutAcknowledgement() {
        receive("\003");
        assertEquals(new Frame.Interrupt(), channel.readInbound());
    }
}
