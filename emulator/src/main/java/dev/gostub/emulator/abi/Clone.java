package dev.gostub.emulator.abi;

/** Flags of {@code clone(2)}, {@code struct clone_args} and the options of {@code wait4(2)} ({@code linux/sched.h}, {@code linux/wait.h}). */
public final class Clone {
    // spotless:off
    public static final long CSIGNAL = 0xff, CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800,
            CLONE_PIDFD = 0x1000, CLONE_PTRACE = 0x2000, CLONE_VFORK = 0x4000, CLONE_PARENT = 0x8000, CLONE_THREAD = 0x10000,
            CLONE_NEWNS = 0x20000, CLONE_SYSVSEM = 0x40000, CLONE_SETTLS = 0x80000, CLONE_PARENT_SETTID = 0x100000,
            CLONE_CHILD_CLEARTID = 0x200000, CLONE_DETACHED = 0x400000, CLONE_UNTRACED = 0x800000, CLONE_CHILD_SETTID = 0x1000000,
            CLONE_NEWCGROUP = 0x2000000, CLONE_NEWUTS = 0x4000000, CLONE_NEWIPC = 0x8000000, CLONE_NEWUSER = 0x10000000,
            CLONE_NEWPID = 0x20000000, CLONE_NEWNET = 0x40000000, CLONE_IO = 0x80000000L, CLONE_CLEAR_SIGHAND = 0x100000000L,
            CLONE_INTO_CGROUP = 0x200000000L;
    /** All that ask for a new namespace. */
    public static final long NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

    // struct clone_args: 64-bit fields
    public static final int ARGS_FLAGS = 0, ARGS_PIDFD = 8, ARGS_CHILD_TID = 16, ARGS_PARENT_TID = 24, ARGS_EXIT_SIGNAL = 32,
            ARGS_STACK = 40, ARGS_STACK_SIZE = 48, ARGS_TLS = 56, ARGS_BYTES_VER0 = 64, ARGS_BYTES = 88;

    public static final int WNOHANG = 1, WUNTRACED = 2, WSTOPPED = 2, WEXITED = 4, WCONTINUED = 8, WNOWAIT = 0x1000000,
            __WNOTHREAD = 0x20000000, __WALL = 0x40000000, __WCLONE = 0x80000000;
    public static final int P_ALL = 0, P_PID = 1, P_PGID = 2, P_PIDFD = 3;
    // spotless:on

    private Clone() {}
}
