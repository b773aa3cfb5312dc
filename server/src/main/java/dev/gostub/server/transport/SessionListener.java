package dev.gostub.server.transport;

import dev.gostub.server.handler.EndCause;

/** Told of sessions; called on the session thread, between sessions, when the target is nobody's. */
public interface SessionListener {
    /** A client's session begins. */
    default void sessionStarted(String peer) {}

    /** A client's session is over; the target stands as it was left. May close the server. */
    void sessionEnded(EndCause cause);
}
