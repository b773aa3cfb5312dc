/**
 * What the debug server asks of the thing it debugs: {@link dev.gostub.server.target.Target} and the values that travel
 * with it. A target is an all-stop machine with at most one process; it is used by one thread only, the session's.
 *
 * <p>Everything here is in Linux's own numbers (signals, file modes, errnos); the protocol's numbering stays in the
 * server. What a target can do beyond the necessary it hands over as objects ({@code Optional} methods of
 * {@code Target}), and what the server tells its client is derived from that. Start reading at {@code Target}.
 */
@NullMarked
package dev.gostub.server.target;

import org.jspecify.annotations.NullMarked;
