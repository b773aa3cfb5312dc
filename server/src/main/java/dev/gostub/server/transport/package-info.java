/**
 * Sockets: binds, accepts, frames, and hands payloads to sessions. Start at
 * {@link dev.gostub.server.transport.DebugServer}.
 *
 * <p>One event loop serves all sockets; one session thread serves one client after the other. A second client waits a
 * moment for the first to go and is then refused, with a log line.
 */
@NullMarked
package dev.gostub.server.transport;

import org.jspecify.annotations.NullMarked;
