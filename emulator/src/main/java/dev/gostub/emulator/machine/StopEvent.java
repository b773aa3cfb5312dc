package dev.gostub.emulator.machine;

import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.Watch;

/** Why the machine stopped running. */
public sealed interface StopEvent {
    /** RIP is at an inserted breakpoint; its instruction was not executed. */
    record Breakpoint(Task task) implements StopEvent {}

    /** An instruction, which is complete, accessed a watched range. */
    record Watchpoint(Task task, Watch watch) implements StopEvent {}

    /** A step, or range step, is complete. */
    record Stepped(Task task) implements StopEvent {}

    /** A signal that is to be reported arrived. It is taken, but nothing was done about it: the next plan says whether it is delivered. */
    record SignalReceived(Task task, SignalInformation information) implements StopEvent {}

    /** The task has executed SYSCALL and the call, one of those to be reported, is not made yet: RAX is {@code -ENOSYS}. */
    record CallEntered(Task task, long number) implements StopEvent {}

    /** The call is over, its result is in RAX. */
    record CallReturned(Task task, long number) implements StopEvent {}

    /** The process replaced its program ({@code execve(2)}). */
    record Executed(Task task, String path) implements StopEvent {}

    /** The process ended by itself; {@code status} 0 to 255. */
    record Exited(Process process, int status) implements StopEvent {}

    /** The process was ended by a signal. */
    record KilledBySignal(Process process, int signal) implements StopEvent {}

    /** The caller wanted to stop. {@code task} had the last turn, or is the first one. */
    record Interrupted(Task task) implements StopEvent {}

    /** The instructions that were asked for have retired. */
    record BudgetUsed() implements StopEvent {}

    /** Every task that the plan let move has ended, while others stay. */
    record NoneLeft() implements StopEvent {}
}
