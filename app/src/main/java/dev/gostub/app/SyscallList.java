package dev.gostub.app;

import dev.gostub.emulator.syscall.Amd64Syscalls;
import dev.gostub.emulator.syscall.SupportLevel;
import dev.gostub.emulator.syscall.Syscall;
import java.util.Optional;

/** {@code gostub syscalls}: the table that the machine itself uses, a line a call. */
final class SyscallList {
    private static final int NUMBERS = 512;

    private SyscallList() {}

    static String text() {
        Amd64Syscalls table = new Amd64Syscalls();
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < NUMBERS; number++) {
            Optional<Syscall> call = table.find(number);
            if (call.isPresent()) line(text, call.get());
        }
        return text.append("Every other call answers ENOSYS.\n").toString();
    }

    private static void line(StringBuilder text, Syscall call) {
        String level = switch (call.level()) {
            case SupportLevel.Full() -> "full";
            case SupportLevel.Partial(String sentence) -> "partial: " + sentence;
            case SupportLevel.Refused refused -> "refused with " + refused.errno() + ": " + refused.reason();
        };
        text.append(String.format("%4d  %-24s%s%n", call.number(), call.name(), level));
    }
}
