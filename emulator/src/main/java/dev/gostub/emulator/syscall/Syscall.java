package dev.gostub.emulator.syscall;

import java.util.List;

/**
 * One line of the table.
 *
 * @param number in RAX
 * @param name Linux's
 * @param nanos what it takes on Linux, without a wait
 * @param handler what makes the call
 * @param level how much of it there is
 * @param arguments their kinds
 */
public record Syscall(
        int number, String name, int nanos, SyscallHandler handler, SupportLevel level, List<ArgumentKind> arguments) {
    private static final SupportLevel FULL = new SupportLevel.Full();
    /** A call that looks something up, or moves a few bytes. */
    static final int USUAL_NANOS = 200;

    Syscall(int number, String name, int nanos, SyscallHandler handler, ArgumentKind... arguments) {
        this(number, name, nanos, handler, FULL, List.of(arguments));
    }

    /** The same line with something missing. */
    Syscall partial(String sentence) {
        return new Syscall(number, name, nanos, handler, new SupportLevel.Partial(sentence), arguments);
    }

    /** The same line for a call that always fails. */
    Syscall refused(SupportLevel.Refused refusal) {
        return new Syscall(number, name, nanos, handler, refusal, arguments);
    }
}
