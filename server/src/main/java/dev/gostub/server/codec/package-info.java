/**
 * Bytes on the wire to {@link dev.gostub.server.codec.Frame} and back: packet limits, checksums, acknowledgement and
 * retransmission, {@code ^C}. Netty is visible here and in {@code transport} only; what a payload means is not known here.
 *
 * <p>Run-length coding is not done here: whether a client expands it is known to the session (clients never use it).
 */
@NullMarked
package dev.gostub.server.codec;

import org.jspecify.annotations.NullMarked;
