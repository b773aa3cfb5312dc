package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;

/** Ends a system call with an errno from anywhere inside it. Carries no stack trace: the guest can cause it at will. */
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    public SyscallException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
