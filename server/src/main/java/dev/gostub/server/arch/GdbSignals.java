package dev.gostub.server.arch;

/**
 * gdb's own signal numbers (include/gdb/signals.def of gdb) and Linux's on amd64 (asm/signal.h). The protocol speaks
 * gdb's; up to 15 most are equal, after that hardly any.
 */
public final class GdbSignals {
    /** gdb's number for a signal it has no name for. */
    public static final int UNKNOWN = 143;

    // Index: Linux number 0 to 31. 16 is SIGSTKFLT, which gdb does not know.
    private static final int[] FROM_LINUX = {
        0, 1, 2, 3, 4, 5, 6, 10, 8, 9, 30, 11, 31, 13, 14, 15, UNKNOWN, 20, 19, 17, 18, 21, 22, 16, 24, 25, 26, 27, 28,
        23, 32, 12
    };

    private GdbSignals() {}

    /** gdb's number for a Linux signal; {@link #UNKNOWN} for one that gdb does not know. */
    public static int fromLinux(int signal) {
        if (signal >= 0 && signal < FROM_LINUX.length) {
            return FROM_LINUX[signal];
        }
        if (signal == 32) {
            return 77;
        }
        if (signal > 32 && signal < 64) {
            return signal - 33 + 45;
        }
        return signal == 64 ? 78 : UNKNOWN;
    }

    /** Linux's number for gdb's, or 0 for one that Linux does not have. */
    public static int toLinux(int gdbSignal) {
        if (gdbSignal == UNKNOWN) {
            return 0;
        }
        for (int signal = 1; signal <= 64; signal++) {
            if (fromLinux(signal) == gdbSignal) {
                return signal;
            }
        }
        // POLL is a second name of IO, LOST has no counterpart.
        return gdbSignal == 33 ? 29 : 0;
    }
}
