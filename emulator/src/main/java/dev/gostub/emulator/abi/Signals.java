package dev.gostub.emulator.abi;

/** Signal numbers, the bits of {@code sigaction(2)} and the codes of {@code siginfo_t} ({@code asm/signal.h}, {@code asm-generic/siginfo.h}). */
public final class Signals {
    // spotless:off
    public static final int SIGHUP = 1, SIGINT = 2, SIGQUIT = 3, SIGILL = 4, SIGTRAP = 5, SIGABRT = 6, SIGBUS = 7, SIGFPE = 8,
            SIGKILL = 9, SIGUSR1 = 10, SIGSEGV = 11, SIGUSR2 = 12, SIGPIPE = 13, SIGALRM = 14, SIGTERM = 15, SIGSTKFLT = 16,
            SIGCHLD = 17, SIGCONT = 18, SIGSTOP = 19, SIGTSTP = 20, SIGTTIN = 21, SIGTTOU = 22, SIGURG = 23, SIGXCPU = 24,
            SIGXFSZ = 25, SIGVTALRM = 26, SIGPROF = 27, SIGWINCH = 28, SIGIO = 29, SIGPWR = 30, SIGSYS = 31;
    /** The first real-time signal, as the kernel counts. */
    public static final int SIGRTMIN = 32;
    /** The last signal. */
    public static final int SIGRTMAX = 64;

    public static final long SIG_DFL = 0, SIG_IGN = 1;

    public static final long SA_NOCLDSTOP = 1, SA_NOCLDWAIT = 2, SA_SIGINFO = 4, SA_UNSUPPORTED = 0x400, SA_EXPOSE_TAGBITS = 0x800,
            SA_RESTORER = 0x04000000L, SA_ONSTACK = 0x08000000L, SA_RESTART = 0x10000000L, SA_NODEFER = 0x40000000L,
            SA_RESETHAND = 0x80000000L;

    public static final int SIG_BLOCK = 0, SIG_UNBLOCK = 1, SIG_SETMASK = 2;

    public static final int SS_ONSTACK = 1, SS_DISABLE = 2, SS_AUTODISARM = 1 << 31;
    public static final int MINSIGSTKSZ = 2048;

    // si_code of any signal
    public static final int SI_USER = 0, SI_KERNEL = 0x80, SI_QUEUE = -1, SI_TIMER = -2, SI_SIGIO = -5, SI_TKILL = -6;
    // si_code of SIGILL, SIGFPE, SIGSEGV, SIGBUS, SIGTRAP, SIGCHLD
    public static final int ILL_ILLOPN = 2;
    public static final int FPE_INTDIV = 1, FPE_FLTDIV = 3, FPE_FLTOVF = 4, FPE_FLTUND = 5, FPE_FLTRES = 6, FPE_FLTINV = 7;
    public static final int SEGV_MAPERR = 1, SEGV_ACCERR = 2;
    public static final int BUS_ADRALN = 1, BUS_ADRERR = 2;
    public static final int TRAP_BRKPT = 1, TRAP_TRACE = 2, TRAP_HWBKPT = 4;
    public static final int CLD_EXITED = 1, CLD_KILLED = 2, CLD_DUMPED = 3, CLD_STOPPED = 5, CLD_CONTINUED = 6;

    public static final int SIGEV_SIGNAL = 0, SIGEV_NONE = 1, SIGEV_THREAD = 2, SIGEV_THREAD_ID = 4;
    // spotless:on

    /** Bytes of {@code sigset_t} as the kernel has it. */
    public static final int SIGSET_BYTES = 8;
    /** {@code struct sigaction} of the kernel: handler, flags, restorer, mask. */
    public static final int SIGACTION_BYTES = 32;
    /** {@code stack_t}: address, flags (and a hole), size. */
    public static final int STACK_BYTES = 24;
    /** {@code siginfo_t}. */
    public static final int SIGINFO_BYTES = 128;

    private static final String[] NAMES =
            ("0 HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU"
                            + " URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                    .split(" ", -1);

    private Signals() {}

    /** The bit of a signal in a {@code sigset_t}. */
    public static long bit(int signal) {
        return 1L << signal - 1;
    }

    /** Is this the number of a signal. */
    public static boolean isSignal(long number) {
        return number >= 1 && number <= SIGRTMAX;
    }

    /** {@code SIGURG}, {@code SIGRT_2}; the number for what is no signal. */
    public static String name(int signal) {
        if (signal > 0 && signal < NAMES.length) {
            return "SIG" + NAMES[signal];
        }
        return signal >= SIGRTMIN && signal <= SIGRTMAX ? "SIGRT_" + (signal - SIGRTMIN) : Integer.toString(signal);
    }

    /** What the signal does where its action is {@link #SIG_DFL} (signal(7)). */
    public static DefaultAction defaultAction(int signal) {
        return switch (signal) {
            case SIGCHLD, SIGURG, SIGWINCH -> DefaultAction.IGNORE;
            case SIGCONT -> DefaultAction.CONTINUE;
            case SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU -> DefaultAction.STOP;
            case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS ->
                DefaultAction.CORE;
            default -> DefaultAction.TERMINATE;
        };
    }

    /** See {@link #defaultAction}. */
    public enum DefaultAction {
        TERMINATE,
        CORE,
        IGNORE,
        STOP,
        CONTINUE
    }
}
