package dev.gostub.emulator.loader;

/** A file that cannot be run. The message is one line: what it is, why that does not work, what to do. */
public final class BadProgramException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        NO_SUCH_FILE,
        DIRECTORY,
        NOT_READABLE,
        NOT_ELF,
        SCRIPT,
        TOO_MANY_SCRIPTS,
        NOT_64_BIT,
        BIG_ENDIAN,
        OTHER_MACHINE,
        NOT_EXECUTABLE_TYPE,
        TRUNCATED,
        SEGMENT_PAST_END,
        SEGMENT_OUT_OF_RANGE,
        OVERLAPPING_SEGMENTS,
        NOTHING_TO_LOAD,
        NO_ENTRY,
        UNREADABLE_INTERPRETER,
        NEEDS_INTERPRETER,
        BAD_INTERPRETER,
        ARGUMENTS_TOO_LONG
    }

    private final Reason reason;

    public BadProgramException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
