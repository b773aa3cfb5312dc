package dev.gostub.emulator.kernel;

/** Where a task stands. Whether its process is stopped by a signal is the process's affair. */
public sealed interface TaskState {
    /** Executes instructions when it gets its turn. */
    record Running() implements TaskState {
        static final Running INSTANCE = new Running();
    }

    /** SYSCALL has retired, the call is made when the task gets its turn: RAX is {@code -ENOSYS} and {@link Task#systemCall} the number, as ptrace(2) shows it. */
    record Entering() implements TaskState {
        static final Entering INSTANCE = new Entering();
    }

    /** Inside a system call that waits; its number is in {@link Task#systemCall}. */
    record Blocked(Block block) implements TaskState {}

    /** The wait is over: the system call is made again when the task gets its turn. */
    record Retrying(Block block) implements TaskState {}

    /** The wait is over, and whoever ended it also decided what the system call returns. */
    record Completed(long result) implements TaskState {}

    /** Ended; {@code status} as {@code wait4(2)} encodes it. */
    record Dead(int status) implements TaskState {}
}
