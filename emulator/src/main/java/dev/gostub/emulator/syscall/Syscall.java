package dev.gostub.emulator.syscall;

import java.util.List;

/**
 * One line of the table.
 *
 * @param number in RAX
 * @param name Linux's
 * @param handler what makes the call
 * @param level how much of it there is
 * @param arguments their kinds
 */
public record Syscall(
        int number, String name, SyscallHandler handler, SupportLevel level, List<ArgumentKind> arguments) {
    private static final SupportLevel FULL = new SupportLevel.Full();

    Syscall(int number, String name, SyscallHandler handler, ArgumentKind... arguments) {
        this(number, name, handler, FULL, List.of(arguments));
    }

    /** The same line with something missing. */
    Syscall partial(String sentence) {
        return new Syscall(number, name, handler, new SupportLevel.Partial(sentence), arguments);
    }

    /** The same line for a call that always fails. */
    Syscall refused(SupportLevel.Refused refusal) {
        return new Syscall(number, name, handler, refusal, arguments);
    }
}
