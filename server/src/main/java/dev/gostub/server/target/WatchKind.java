package dev.gostub.server.target;

/** What kind of access a watchpoint waits for. */
public enum WatchKind {
    /** {@code Z2}. */
    WRITE,
    /** {@code Z3}. */
    READ,
    /** {@code Z4}. */
    ACCESS
}
