package dev.gostub.server.codec;

import java.util.Arrays;

/** One unit of the wire, in either direction. */
public sealed interface Frame {
    /** <code>$PAYLOAD#CHECKSUM</code>, escapes still in place. */
    record Packet(byte[] payload) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Packet(byte[] theirs) && Arrays.equals(payload, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(payload);
        }
    }

    /** A packet whose checksum is wrong. */
    record Corrupt(byte[] payload) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Corrupt(byte[] theirs) && Arrays.equals(payload, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(payload);
        }
    }

    /** A packet longer than the limit; its payload was thrown away. */
    record Oversized() implements Frame {}

    /** Byte 0x03 outside a packet: stop, please. */
    record Interrupt() implements Frame {}

    /** {@code +}. */
    record Acknowledge() implements Frame {}

    /** {@code -}: send that again. */
    record Reject() implements Frame {}

    /** Never on the wire: from here on nothing is acknowledged ({@code QStartNoAckMode} was answered). */
    record StopAcknowledging() implements Frame {}
}
