package dev.gostub.emulator.syscall;

/** What an argument is, for {@code --strace}. */
public enum ArgumentKind {
    /** A signed number of 32 bits. */
    INT,
    /** A signed number of 64 bits. */
    LONG,
    /** A number of bytes. */
    SIZE,
    /** Flags without names here. */
    HEX,
    ADDRESS,
    /** File permissions. */
    MODE,
    DESCRIPTOR,
    /** A descriptor that a relative path starts from. */
    DIRECTORY,
    PATH,
    /** Bytes the call reads; the next argument is their number. */
    BYTES,
    /** Bytes the call writes; the result is their number. */
    BYTES_OUT,
    OPEN_FLAGS,
    PROTECTION,
    MAP_FLAGS,
    SIGNAL,
    SIGNAL_SET,
    FUTEX_OPERATION,
    CLONE_FLAGS,
    CLOCK,
    TIMESPEC
}
