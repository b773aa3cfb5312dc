package dev.gostub.app;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.ThreadId;

/**
 * {@code siginfo_t} of a stop. On Linux every stop is a signal's, and debuggers show it as {@code $_siginfo}; here only some are, so
 * that the others get what ptrace reports on amd64 (arch/x86/kernel/traps.c; seen with gdbserver 18.1).
 */
final class StopInformation {
    /** What tells a stop at a system call from others, in {@code si_code} (ptrace(2)). */
    private static final int PTRACE_O_TRACESYSGOOD_BIT = 0x80;

    private StopInformation() {}

    static SignalInformation of(StopReason.OfThread stop, Task task) {
        return switch (stop) {
            // execve(2) under ptrace: the process sends SIGTRAP to itself.
            case StopReason.Started _, StopReason.Executed _ ->
                SignalInformation.from(Signals.SIGTRAP, Signals.SI_USER, task.process());
            // int3 comes without an address.
            case StopReason.Breakpoint(ThreadId _, BreakpointKind kind) ->
                kind == BreakpointKind.SOFTWARE
                        ? SignalInformation.kernel(Signals.SIGTRAP)
                        : trap(Signals.TRAP_HWBKPT, task);
            case StopReason.Watchpoint _ -> trap(Signals.TRAP_HWBKPT, task);
            case StopReason.CallEntered _, StopReason.CallReturned _ ->
                SignalInformation.from(Signals.SIGTRAP, Signals.SIGTRAP | PTRACE_O_TRACESYSGOOD_BIT, task.process());
            case StopReason.Stepped _ -> trap(Signals.TRAP_TRACE, task);
            case StopReason.Signalled _ -> task.lastSignal();
            // As if the terminal had sent it.
            case StopReason.Interrupted _ -> SignalInformation.kernel(Signals.SIGINT);
        };
    }

    private static SignalInformation trap(int code, Task task) {
        return SignalInformation.fault(Signals.SIGTRAP, code, task.cpu().rip);
    }
}
