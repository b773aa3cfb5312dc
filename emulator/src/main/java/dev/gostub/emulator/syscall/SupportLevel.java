package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;

/** How much of a system call there is. */
public sealed interface SupportLevel {
    /** What programs use of it. */
    record Full() implements SupportLevel {}

    /** Something is missing: {@code sentence} says what. */
    record Partial(String sentence) implements SupportLevel {}

    /** It always fails like this; {@code reason} says why that is an answer. */
    record Refused(Errno errno, String reason) implements SupportLevel {}
}
