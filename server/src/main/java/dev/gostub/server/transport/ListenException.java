package dev.gostub.server.transport;

/** The server cannot listen there. The message is one line for the user: what, why, what to do. */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    ListenException(String line) {
        super(line, null, false, false);
        this.line = line;
    }

    /** The message. */
    public String line() {
        return line;
    }
}
