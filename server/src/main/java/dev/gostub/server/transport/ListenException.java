package dev.gostub.server.transport;

/** The server cannot listen there. The message is one line for the user: what, why, what to do. */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1L;

    ListenException(String message) {
        super(message, null, false, false);
    }
}
