package dev.gostub.server.handler;

/** How a session ended. */
public enum EndCause {
    /** The client let go of the process ({@code D}). */
    DETACHED,
    /** The client ended the process ({@code k}, {@code vKill}). */
    KILLED,
    /** The connection was closed or broke. */
    DISCONNECTED,
    /** We, or the target, had a defect; it has been logged. */
    FAILED,
    /** There was no session and will be none: the server cannot take clients in, which has been logged. */
    UNSERVED
}
