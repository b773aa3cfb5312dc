package dev.gostub.server.target;

/** The two kinds of breakpoint of the protocol. In an emulator they are the same thing; only the report differs. */
public enum BreakpointKind {
    /** {@code Z0}: on a real machine an {@code int3} in the code. */
    SOFTWARE,
    /** {@code Z1}: on a real machine a debug register. */
    HARDWARE
}
