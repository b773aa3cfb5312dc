package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;

/** {@code pkeys(7)} on a processor without them, which CPUID says. */
final class ProtectionKeyCalls {
    private ProtectionKeyCalls() {}

    /** pkey_mprotect(2). */
    static SyscallResult pkeyMprotect(SyscallContext call) {
        return call.integer(3) == -1 ? MemoryCalls.mprotect(call) : SyscallResult.failure(Errno.EINVAL);
    }

    /** pkey_alloc(2). */
    static SyscallResult pkeyAlloc(SyscallContext call) {
        boolean unknown = call.argument(0) != 0 || (call.argument(1) & ~3) != 0;
        return SyscallResult.failure(unknown ? Errno.EINVAL : Errno.ENOSPC);
    }

    /** pkey_free(2). */
    static SyscallResult pkeyFree(SyscallContext call) {
        return SyscallResult.failure(Errno.EINVAL);
    }
}
