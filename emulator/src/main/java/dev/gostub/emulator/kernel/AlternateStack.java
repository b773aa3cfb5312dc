package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;

/** The stack that {@code sigaltstack(2)} sets for handlers with SA_ONSTACK. */
public record AlternateStack(long address, int flags, long lengthBytes) {
    public static final AlternateStack NONE = new AlternateStack(0, Signals.SS_DISABLE, 0);

    public boolean isEnabled() {
        return (flags & Signals.SS_DISABLE) == 0;
    }

    /** Does a stack pointer lie on it (kernel's on_sig_stack: the end belongs to it, the start does not). */
    public boolean holds(long stackPointer) {
        return isEnabled()
                && (flags & Signals.SS_AUTODISARM) == 0
                && stackPointer > address
                && stackPointer - address <= lengthBytes;
    }

    public long end() {
        return address + lengthBytes;
    }
}
