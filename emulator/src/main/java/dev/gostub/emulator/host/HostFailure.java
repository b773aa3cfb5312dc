package dev.gostub.emulator.host;

/** The host could not do what was asked; without a stack trace, because the guest can cause it at will. */
public final class HostFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, as far as a portable host can tell. */
    public enum Reason {
        NOT_FOUND,
        DENIED,
        NOT_A_DIRECTORY,
        NOT_A_LINK,
        TOO_MANY_OPEN,
        INPUT_OUTPUT,
        NOT_PERMITTED,
        EXISTS,
        IS_A_DIRECTORY,
        NOT_EMPTY,
        BUSY,
        CROSS_DEVICE,
        READ_ONLY,
        NO_SPACE,
        OVER_QUOTA,
        TOO_LARGE,
        NAME_TOO_LONG,
        LOOP,
        TOO_MANY_LINKS,
        EXECUTING,
        NO_ATTRIBUTE,
        NOT_SUPPORTED,
        INVALID,
        /** What was opened is no longer where it was. */
        STALE
    }

    private final Reason reason;

    public HostFailure(Reason reason, String path) {
        super(reason + ": " + path, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
