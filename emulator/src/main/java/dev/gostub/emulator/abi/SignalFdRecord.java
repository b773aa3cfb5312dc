package dev.gostub.emulator.abi;

/** {@code struct signalfd_siginfo} of {@code linux/signalfd.h}: where its fields are. */
public final class SignalFdRecord {
    public static final int BYTES = 128;
    // spotless:off
    public static final int SIGNO = 0, ERRNO = 4, CODE = 8, PID = 12, UID = 16, FD = 20, TID = 24, BAND = 28, OVERRUN = 32, TRAPNO = 36,
            STATUS = 40, INT = 44, PTR = 48, UTIME = 56, STIME = 64, ADDR = 72;
    // spotless:on

    public static final int SFD_CLOEXEC = OpenFlags.O_CLOEXEC;
    public static final int SFD_NONBLOCK = OpenFlags.O_NONBLOCK;

    private SignalFdRecord() {}
}
