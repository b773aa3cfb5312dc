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
    SOCKET_FAMILY,
    /** With flags. */
    SOCKET_TYPE,
    SOCKET_FLAGS,
    /** The next argument is its length. */
    SOCKET_ADDRESS,
    /** One that the call writes; the next argument is a LENGTH_OUT. */
    SOCKET_ADDRESS_OUT,
    /** Where the call writes a length of 32 bits. */
    LENGTH_OUT,
    SIGNAL,
    SIGNAL_SET,
    FUTEX_OPERATION,
    CLONE_FLAGS,
    CLOCK,
    TIMESPEC
}
