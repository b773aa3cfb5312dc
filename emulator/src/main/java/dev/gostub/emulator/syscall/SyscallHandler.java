package dev.gostub.emulator.syscall;

import dev.gostub.emulator.vfs.FileFailure;

/** The method behind a line of the table. */
@FunctionalInterface
public interface SyscallHandler {
    /**
     * @throws FileFailure ends the call with its errno, as {@link SyscallException} does
     */
    SyscallResult call(SyscallContext call) throws FileFailure;
}
