package dev.gostub.server.target;

/**
 * The debugger asked for something that cannot be done: no such thread, unreadable address, no such file. The session
 * answers with an error and goes on. A defect of ours is not one of these but an {@link IllegalStateException}.
 */
public final class TargetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * @param errno what kind of failure
     * @param message one sentence for the user, shown by clients that take text errors
     */
    public TargetException(Errno errno, String message) {
        // No stack trace: this is an answer, it is made often (gdb probes addresses) and never logged as a defect.
        super(message, null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    /** The message; never absent. */
    public String text() {
        String message = getMessage();
        return message == null ? errno.name() : message;
    }
}
