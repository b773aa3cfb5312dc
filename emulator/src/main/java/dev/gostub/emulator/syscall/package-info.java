/**
 * The system calls of Linux on amd64: one table ({@link dev.gostub.emulator.syscall.Amd64Syscalls}), one class per family. A call unpacks its arguments,
 * rejects what Linux rejects, asks {@code kernel} or {@code vfs}, and says what comes of it as a {@link dev.gostub.emulator.syscall.SyscallResult};
 * it holds no state and never blocks a host thread. Start reading at {@link dev.gostub.emulator.syscall.Syscalls}, which makes the calls.
 */
@NullMarked
package dev.gostub.emulator.syscall;

import org.jspecify.annotations.NullMarked;
