package dev.gostub.server.session;

import dev.gostub.server.handler.EndCause;

/** Where a session is. Written by the session thread, read by network threads. */
sealed interface SessionState {
    /** Waiting for a command, or answering one that is over at once. */
    record Listening() implements SessionState {}

    /** The target runs; a stop reply is owed. */
    record Running() implements SessionState {}

    /** Over. */
    record Ended(EndCause cause) implements SessionState {}
}
