/**
 * The protocol's vocabulary: payload bytes to a typed {@link dev.gostub.server.packet.Command}, and a typed
 * {@link dev.gostub.server.packet.Reply} to payload bytes. One file per family of packets, named like the handler that
 * answers it; the table of all packets is {@link dev.gostub.server.packet.PacketTable}.
 *
 * <p>Pure functions: no Netty, no calls to a target, no state. What the table does not list is answered with an empty
 * packet, as the protocol says.
 */
@NullMarked
package dev.gostub.server.packet;

import org.jspecify.annotations.NullMarked;
