/**
 * Bytes on the wire to {@link dev.gostub.server.codec.Frame} and back: packet limits, checksums, acknowledgement and
 * retransmission, {@code ^C}. Netty is visible here and in {@code transport} only; what a payload means is not known here.
 *
 * <p>Replies are sent without run-length coding (dlv and lldb would have to be asked first, and on a loopback connection it
 * saves nothing); clients never use it.
 */
@NullMarked
package dev.gostub.server.codec;

import org.jspecify.annotations.NullMarked;
