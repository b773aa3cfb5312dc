package dev.gostub.server.session;

import dev.gostub.server.handler.EndCause;

/** Told of the end of sessions. */
@FunctionalInterface
public interface SessionListener {
    /**
     * A client's session is over; the target stands as it was left. Called on the session thread before the next client is
     * served; may close the server. Clients that never said a word are not reported.
     * A server that ends by a failure says so here, too.
     */
    void sessionEnded(EndCause cause);
}
