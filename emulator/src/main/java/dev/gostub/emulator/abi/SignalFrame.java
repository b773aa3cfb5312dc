package dev.gostub.emulator.abi;

/**
 * {@code struct rt_sigframe} of amd64 and what hangs on it: offsets in bytes ({@code arch/x86/include/asm/sigframe.h},
 * {@code asm/sigcontext.h}, {@code asm/ucontext.h}).
 */
public final class SignalFrame {
    // spotless:off
    /** pretcode (8), ucontext (304), siginfo (128). */
    public static final int BYTES = 440;
    public static final int UCONTEXT = 8;
    public static final int SIGINFO = 312;

    // inside the frame
    public static final int UC_FLAGS = UCONTEXT, UC_LINK = UCONTEXT + 8, UC_STACK = UCONTEXT + 16, MCONTEXT = UCONTEXT + 40,
            UC_SIGMASK = UCONTEXT + 296;

    /** The context's general registers in its own order: r8 … r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp (numbers of the encoding). */
    private static final int[] ORDER = {8, 9, 10, 11, 12, 13, 14, 15, 7, 6, 5, 3, 2, 0, 1, 4};

    // inside mcontext (struct sigcontext_64)
    public static final int RIP = 128, EFLAGS = 136, CS = 144, GS = 146, FS = 148, SS = 150, ERR = 152, TRAPNO = 160, OLDMASK = 168,
            CR2 = 176, FPSTATE = 184;

    public static final long UC_FP_XSTATE = 1, UC_SIGCONTEXT_SS = 2, UC_STRICT_RESTORE_SS = 4;

    // the floating-point state: FXSAVE, the words that the kernel keeps in its reserved end, XSAVE header, YMM halves, second magic
    public static final int FXSAVE_BYTES = 512, SW_BYTES = 464, XSAVE_HEADER = 512, YMM_HIGH = 576, XSAVE_BYTES = 832;
    public static final int XSTATE_FRAME_BYTES = XSAVE_BYTES + 4;
    public static final int FP_XSTATE_MAGIC1 = 0x46505853, FP_XSTATE_MAGIC2 = 0x46505845;
    /** XCR0: x87, SSE, AVX. */
    public static final long XFEATURES = 7;
    // spotless:on

    private SignalFrame() {}

    /** Number (of the instruction encoding) of the k-th general register in {@code sigcontext}. */
    public static int register(int k) {
        return ORDER[k];
    }
}
