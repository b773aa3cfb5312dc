package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;

/**
 * What a process does about a signal: {@code struct sigaction} of the kernel.
 *
 * @param handler address, {@link Signals#SIG_DFL} or {@link Signals#SIG_IGN}
 * @param flags SA_* bits
 * @param restorer where the handler returns to
 * @param mask blocked while the handler runs
 */
public record SignalAction(long handler, long flags, long restorer, long mask) {
    public static final SignalAction DEFAULT = new SignalAction(Signals.SIG_DFL, 0, 0, 0);

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /** The default action; flags and mask stay. */
    SignalAction reset() {
        return new SignalAction(Signals.SIG_DFL, flags, restorer, mask);
    }

    /** Is there a function to call. */
    public boolean isHandler() {
        return handler != Signals.SIG_DFL && handler != Signals.SIG_IGN;
    }

    /** Would the signal have no effect at all. */
    public boolean ignores(int signal) {
        return handler == Signals.SIG_IGN
                || handler == Signals.SIG_DFL && Signals.defaultAction(signal) == Signals.DefaultAction.IGNORE;
    }
}
