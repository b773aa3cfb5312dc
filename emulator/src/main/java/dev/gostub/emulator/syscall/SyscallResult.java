package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.kernel.Block;

/** What comes of a system call. */
public sealed interface SyscallResult {
    /** Zero, the usual success. */
    SyscallResult OK = new Value(0);

    /** Registers and state of the task are as they should be: the call does not return in the usual way (exit, sigreturn). */
    SyscallResult DONE = new Done();

    /** The call returns a value. */
    record Value(long value) implements SyscallResult {}

    /** The call fails. */
    record Failure(Errno errno) implements SyscallResult {}

    /** The task waits, then makes the call again. See {@link SyscallContext#isRetry}. */
    record Wait(Block block) implements SyscallResult {}

    /** See {@link #DONE}. */
    record Done() implements SyscallResult {}

    static SyscallResult value(long value) {
        return value == 0 ? OK : new Value(value);
    }

    static SyscallResult failure(Errno errno) {
        return new Failure(errno);
    }

    /** A count, or a negative errno as {@code vfs} gives it. */
    static SyscallResult of(long valueOrError) {
        return Errno.isError(valueOrError) ? new Failure(Errno.of(valueOrError)) : value(valueOrError);
    }

    /** Waits as {@code block} says. */
    static SyscallResult wait(Block block) {
        return new Wait(block);
    }
}
