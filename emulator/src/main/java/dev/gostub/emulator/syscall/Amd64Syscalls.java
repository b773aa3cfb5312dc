package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.syscall.ArgumentKind.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SyscallNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of Linux on amd64, one line a number: Linux's name, the nanoseconds that it takes (where they are not the usual ones), the method, the
 * kinds of the arguments, and what is missing if anything is. A number without a line answers ENOSYS.
 *
 * <p>The times are round figures of an ordinary machine, without what a call waits for (the commonest ones go by loops on Linux 6.18): a program that looks at
 * the clock before and after a call is to see time pass about as on Linux.
 */
public final class Amd64Syscalls {
    private final SyscallNames names = new SyscallNames();
    private final @Nullable Syscall[] calls = new @Nullable Syscall[SyscallNames.COUNT];

    public Amd64Syscalls() {
        memory();
        ipc();
        signals();
        time();
        tasks();
        processes();
        scheduling();
        refused();
        FileSyscalls.addTo(this);
    }

    /** The line of a number; empty for one that there is no line for. */
    public Optional<Syscall> find(long number) {
        return number < 0 || number >= calls.length ? Optional.empty() : Optional.ofNullable(calls[(int) number]);
    }

    /** Linux's name of a number. */
    public String name(long number) {
        return names.of(number);
    }

    /** All lines by number. */
    public List<Syscall> all() {
        List<Syscall> all = new ArrayList<>();
        for (Syscall call : calls) {
            if (call != null) {
                all.add(call);
            }
        }
        return all;
    }

    /** Puts another method behind a number that has a line: one that fails, to see what comes of that. */
    public void substitute(int number, SyscallHandler handler) {
        Syscall call = find(number).orElseThrow();
        calls[number] = new Syscall(number, call.name(), call.nanos(), handler, call.level(), call.arguments());
    }

    private void add(Syscall call) {
        if (!names.of(call.number()).equals(call.name()) || calls[call.number()] != null) {
            throw new IllegalStateException(
                    "wrong or second line for system call " + call.number() + " " + call.name());
        }
        calls[call.number()] = call;
    }

    void call(int number, String name, SyscallHandler handler, ArgumentKind... arguments) {
        call(number, name, Syscall.USUAL_NANOS, handler, arguments);
    }

    void call(int number, String name, int nanos, SyscallHandler handler, ArgumentKind... arguments) {
        add(new Syscall(number, name, nanos, handler, arguments));
    }

    void partial(String sentence, int number, String name, SyscallHandler handler, ArgumentKind... arguments) {
        partial(sentence, number, name, Syscall.USUAL_NANOS, handler, arguments);
    }

    void partial(
            String sentence, int number, String name, int nanos, SyscallHandler handler, ArgumentKind... arguments) {
        add(new Syscall(number, name, nanos, handler, arguments).partial(sentence));
    }

    void refuse(int number, String name, Errno errno, String reason) {
        SyscallResult failure = SyscallResult.failure(errno);
        add(new Syscall(number, name, Syscall.USUAL_NANOS, _ -> failure, HEX, HEX, HEX)
                .refused(new SupportLevel.Refused(errno, reason)));
    }

    // spotless:off
    private void memory() {
        partial("MAP_GROWSDOWN and MAP_HUGETLB are ignored",
              9, "mmap", 1_500, MemoryCalls::mmap, ADDRESS, SIZE, PROTECTION, MAP_FLAGS, DESCRIPTOR, LONG);
        call(10, "mprotect", 1_500, MemoryCalls::mprotect, ADDRESS, SIZE, PROTECTION);
        call(11, "munmap", 3_000, MemoryCalls::munmap, ADDRESS, SIZE);
        call(12, "brk", 500, MemoryCalls::brk, ADDRESS);
        call(25, "mremap", 1_500, RemapCalls::mremap, ADDRESS, SIZE, SIZE, HEX, ADDRESS);
        call(26, "msync", 500, MemoryCalls::msync, ADDRESS, SIZE, HEX);
        call(27, "mincore", MemoryCalls::mincore, ADDRESS, SIZE, ADDRESS);
        partial("advice without a visible effect is accepted and has none", 28, "madvise", 500, AdviceCalls::madvise, ADDRESS, SIZE, INT);
        partial("there are no keys: EINVAL for any but -1", 329, "pkey_mprotect", ProtectionKeyCalls::pkeyMprotect, ADDRESS, SIZE, PROTECTION, INT);
        call(330, "pkey_alloc", ProtectionKeyCalls::pkeyAlloc, HEX, HEX);
        call(331, "pkey_free", ProtectionKeyCalls::pkeyFree, INT);
        call(149, "mlock", 1_000, MlockCalls::mlock, ADDRESS, SIZE);
        call(150, "munlock", 1_000, MlockCalls::munlock, ADDRESS, SIZE);
        partial("MCL_FUTURE has no effect", 151, "mlockall", MlockCalls::mlockall, HEX);
        call(152, "munlockall", MlockCalls::munlockall);
        partial("one node: no policy makes a difference", 238, "set_mempolicy", MemoryCalls::setMempolicy, INT, ADDRESS, LONG);
        partial("one node, the default policy", 239, "get_mempolicy", MemoryCalls::getMempolicy, ADDRESS, ADDRESS, LONG, ADDRESS, HEX);
        call(325, "mlock2", 1_000, MlockCalls::mlock2, ADDRESS, SIZE, HEX);
        partial("no commands for restartable sequences", 324, "membarrier", MemoryCalls::membarrier, INT, HEX, INT);
    }

    private void ipc() {
        partial("no huge pages", 29, "shmget", 1_500, SharedMemoryCalls::shmget, HEX, SIZE, HEX);
        call(30, "shmat", 2_000, SharedMemoryCalls::shmat, INT, ADDRESS, HEX);
        call(31, "shmctl", SharedMemoryCalls::shmctl, INT, INT, ADDRESS);
        call(64, "semget", SemaphoreCalls::semget, HEX, INT, HEX);
        call(65, "semop", 300, SemaphoreCalls::semop, INT, ADDRESS, SIZE);
        call(66, "semctl", SemaphoreCalls::semctl, INT, INT, INT, HEX);
        call(67, "shmdt", 2_000, SharedMemoryCalls::shmdt, ADDRESS);
        call(68, "msgget", MessageQueueCalls::msgget, HEX, HEX);
        call(69, "msgsnd", 400, MessageQueueCalls::msgsnd, INT, ADDRESS, SIZE, HEX);
        call(70, "msgrcv", 400, MessageQueueCalls::msgrcv, INT, ADDRESS, SIZE, LONG, HEX);
        call(71, "msgctl", MessageQueueCalls::msgctl, INT, INT, ADDRESS);
        call(220, "semtimedop", 300, SemaphoreCalls::semtimedop, INT, ADDRESS, SIZE, TIMESPEC);
    }

    private void signals() {
        call(13, "rt_sigaction", SignalCalls::rtSigaction, SIGNAL, ADDRESS, ADDRESS, SIZE);
        call(14, "rt_sigprocmask", SignalCalls::rtSigprocmask, INT, SIGNAL_SET, ADDRESS, SIZE);
        call(15, "rt_sigreturn", SignalCalls::rtSigreturn);
        call(34, "pause", SignalCalls::pause);
        call(62, "kill", 500, SignalCalls::kill, INT, SIGNAL);
        call(127, "rt_sigpending", SignalCalls::rtSigpending, ADDRESS, SIZE);
        call(128, "rt_sigtimedwait", SignalCalls::rtSigtimedwait, SIGNAL_SET, ADDRESS, TIMESPEC, SIZE);
        call(129, "rt_sigqueueinfo", 500, SignalCalls::rtSigqueueinfo, INT, SIGNAL, ADDRESS);
        call(130, "rt_sigsuspend", SignalCalls::rtSigsuspend, SIGNAL_SET, SIZE);
        call(131, "sigaltstack", SignalCalls::sigaltstack, ADDRESS, ADDRESS);
        call(200, "tkill", 500, SignalCalls::tkill, INT, SIGNAL);
        call(234, "tgkill", 500, SignalCalls::tgkill, INT, INT, SIGNAL);
        call(282, "signalfd", 1_000, SignalCalls::signalfd, INT, SIGNAL_SET, SIZE);
        call(289, "signalfd4", 1_000, SignalCalls::signalfd4, INT, SIGNAL_SET, SIZE, HEX);
        call(297, "rt_tgsigqueueinfo", 500, SignalCalls::rtTgsigqueueinfo, INT, INT, SIGNAL, ADDRESS);
    }

    private void time() {
        call(35, "nanosleep", 500, TimeCalls::nanosleep, TIMESPEC, ADDRESS);
        call(36, "getitimer", TimerCalls::getitimer, INT, ADDRESS);
        call(37, "alarm", TimerCalls::alarm, INT);
        call(38, "setitimer", TimerCalls::setitimer, INT, ADDRESS, ADDRESS);
        call(96, "gettimeofday", TimeCalls::gettimeofday, ADDRESS, ADDRESS);
        call(201, "time", TimeCalls::time, ADDRESS);
        call(222, "timer_create", 500, TimerCalls::timerCreate, CLOCK, ADDRESS, ADDRESS);
        call(223, "timer_settime", TimerCalls::timerSettime, INT, HEX, ADDRESS, ADDRESS);
        call(224, "timer_gettime", TimerCalls::timerGettime, INT, ADDRESS);
        call(225, "timer_getoverrun", TimerCalls::timerGetoverrun, INT);
        call(226, "timer_delete", TimerCalls::timerDelete, INT);
        partial("the clock is read only: EPERM", 159, "adjtimex", TimeCalls::adjtimex, ADDRESS);
        partial("the clock is read only: EPERM", 305, "clock_adjtime", TimeCalls::clockAdjtime, CLOCK, ADDRESS);
        partial("the clock is read only: EPERM", 164, "settimeofday", TimeCalls::settimeofday, ADDRESS, ADDRESS);
        partial("the clock is read only: EPERM", 227, "clock_settime", TimeCalls::clockSettime, CLOCK, TIMESPEC);
        call(228, "clock_gettime", TimeCalls::clockGettime, CLOCK, ADDRESS);
        call(229, "clock_getres", TimeCalls::clockGetres, CLOCK, ADDRESS);
        call(230, "clock_nanosleep", 500, TimeCalls::clockNanosleep, CLOCK, HEX, TIMESPEC, ADDRESS);
    }

    private void tasks() {
        call(39, "getpid", 60, ProcessCalls::getpid);
        partial("no namespaces", 56, "clone", 15_000, TaskCalls::clone, CLONE_FLAGS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        call(57, "fork", 15_000, TaskCalls::fork);
        call(58, "vfork", 15_000, TaskCalls::vfork);
        call(59, "execve", 300_000, ExecCalls::execve, PATH, ADDRESS, ADDRESS);
        call(60, "exit", 5_000, TaskCalls::exit, INT);
        call(61, "wait4", 500, WaitCalls::wait4, INT, ADDRESS, HEX, ADDRESS);
        call(186, "gettid", 60, TaskCalls::gettid);
        call(202, "futex", FutexCalls::futex, ADDRESS, FUTEX_OPERATION, INT, ADDRESS, ADDRESS, HEX);
        call(218, "set_tid_address", TaskCalls::setTidAddress, ADDRESS);
        call(231, "exit_group", 30_000, TaskCalls::exitGroup, INT);
        call(247, "waitid", 500, WaitCalls::waitid, INT, INT, ADDRESS, HEX, ADDRESS);
        call(273, "set_robust_list", TaskCalls::setRobustList, ADDRESS, SIZE);
        call(274, "get_robust_list", TaskCalls::getRobustList, INT, ADDRESS, ADDRESS);
        call(322, "execveat", 300_000, ExecCalls::execveat, DIRECTORY, PATH, ADDRESS, ADDRESS, HEX);
        call(424, "pidfd_send_signal", ProcessDescriptorCalls::pidfdSendSignal, DESCRIPTOR, SIGNAL, ADDRESS, HEX);
        call(310, "process_vm_readv", 800, PeerCalls::processVmReadv, INT, ADDRESS, SIZE, ADDRESS, SIZE, HEX);
        call(311, "process_vm_writev", 800, PeerCalls::processVmWritev, INT, ADDRESS, SIZE, ADDRESS, SIZE, HEX);
        partial("nobody has I/O contexts; no KCMP_EPOLL_TFD", 312, "kcmp", PeerCalls::kcmp, INT, INT, INT, LONG, LONG);
        call(438, "pidfd_getfd", PeerCalls::pidfdGetfd, DESCRIPTOR, INT, HEX);
        call(434, "pidfd_open", 1_000, ProcessDescriptorCalls::pidfdOpen, INT, HEX);
        partial("no namespaces, no cgroups", 435, "clone3", 15_000, TaskCalls::clone3, ADDRESS, SIZE);
    }

    private void processes() {
        call(63, "uname", SystemCalls::uname, ADDRESS);
        call(97, "getrlimit", LimitCalls::getrlimit, INT, ADDRESS);
        partial("no context switches and faults are counted", 98, "getrusage", SystemCalls::getrusage, INT, ADDRESS);
        call(99, "sysinfo", SystemCalls::sysinfo, ADDRESS);
        call(100, "times", SystemCalls::times, ADDRESS);
        call(102, "getuid", ProcessCalls::getuid);
        partial("stays the effective one", 122, "setfsuid", ProcessCalls::setfsuid, INT);
        partial("stays the effective one", 123, "setfsgid", ProcessCalls::setfsgid, INT);
        call(104, "getgid", ProcessCalls::getgid);
        call(105, "setuid", ProcessCalls::setuid, INT);
        call(106, "setgid", ProcessCalls::setgid, INT);
        call(107, "geteuid", ProcessCalls::geteuid);
        call(108, "getegid", ProcessCalls::getegid);
        call(109, "setpgid", ProcessCalls::setpgid, INT, INT);
        call(110, "getppid", ProcessCalls::getppid);
        call(111, "getpgrp", ProcessCalls::getpgrp);
        call(112, "setsid", 500, ProcessCalls::setsid);
        call(113, "setreuid", ProcessCalls::setreuid, INT, INT);
        call(114, "setregid", ProcessCalls::setregid, INT, INT);
        call(115, "getgroups", ProcessCalls::getgroups, INT, ADDRESS);
        call(116, "setgroups", ProcessCalls::setgroups, INT, ADDRESS);
        call(117, "setresuid", ProcessCalls::setresuid, INT, INT, INT);
        call(118, "getresuid", ProcessCalls::getresuid, ADDRESS, ADDRESS, ADDRESS);
        call(119, "setresgid", ProcessCalls::setresgid, INT, INT, INT);
        call(120, "getresgid", ProcessCalls::getresgid, ADDRESS, ADDRESS, ADDRESS);
        call(121, "getpgid", ProcessCalls::getpgid, INT);
        call(124, "getsid", ProcessCalls::getsid, INT);
        call(125, "capget", CapabilityCalls::capget, ADDRESS, ADDRESS);
        partial("kept and told; what a process may do goes by its user", 126, "capset", CapabilityCalls::capset, ADDRESS, ADDRESS);
        partial("only ADDR_NO_RANDOMIZE is known", 135, "personality", SystemCalls::personality, HEX);
        partial("names, dumpability and flags without an effect here", 157, "prctl", ControlCalls::prctl, INT, HEX, HEX, HEX, HEX);
        call(158, "arch_prctl", ControlCalls::archPrctl, HEX, ADDRESS);
        call(160, "setrlimit", LimitCalls::setrlimit, INT, ADDRESS);
        call(302, "prlimit64", LimitCalls::prlimit64, INT, INT, ADDRESS, ADDRESS);
        call(318, "getrandom", SystemCalls::getrandom, ADDRESS, SIZE, HEX);
    }

    private void scheduling() {
        call(24, "sched_yield", SchedulingCalls::schedYield);
        call(140, "getpriority", SchedulingCalls::getpriority, INT, INT);
        partial("accepted without an effect", 141, "setpriority", SchedulingCalls::setpriority, INT, INT, INT);
        partial("SCHED_OTHER only", 142, "sched_setparam", SchedulingAttributeCalls::schedSetparam, INT, ADDRESS);
        call(148, "sched_rr_get_interval", SchedulingAttributeCalls::schedRrGetInterval, INT, ADDRESS);
        partial("accepted without an effect", 251, "ioprio_set", SchedulingAttributeCalls::ioprioSet, INT, INT, INT);
        call(252, "ioprio_get", SchedulingAttributeCalls::ioprioGet, INT, INT);
        partial("SCHED_OTHER only", 314, "sched_setattr", SchedulingAttributeCalls::schedSetattr, INT, ADDRESS, HEX);
        call(315, "sched_getattr", SchedulingAttributeCalls::schedGetattr, INT, ADDRESS, SIZE, HEX);
        call(143, "sched_getparam", SchedulingCalls::schedGetparam, INT, ADDRESS);
        partial("SCHED_OTHER only", 144, "sched_setscheduler", SchedulingCalls::schedSetscheduler, INT, INT, ADDRESS);
        call(145, "sched_getscheduler", SchedulingCalls::schedGetscheduler, INT);
        call(146, "sched_get_priority_max", SchedulingCalls::schedGetPriorityMax, INT);
        call(147, "sched_get_priority_min", SchedulingCalls::schedGetPriorityMin, INT);
        partial("processors are only names", 203, "sched_setaffinity", SchedulingCalls::schedSetaffinity, INT, SIZE, ADDRESS);
        call(204, "sched_getaffinity", SchedulingCalls::schedGetaffinity, INT, SIZE, ADDRESS);
        call(309, "getcpu", SchedulingCalls::getcpu, ADDRESS, ADDRESS, ADDRESS);
    }

    private void refused() {
        for (int i = 0; i < FOR_ROOT.size(); i++) {
            refuse(names.number(FOR_ROOT.get(i)), FOR_ROOT.get(i), Errno.EPERM, "as for any user but root");
        }
        for (int i = 0; i < LEFT_OUT.size(); i++) {
            refuse(names.number(LEFT_OUT.get(i)), LEFT_OUT.get(i), Errno.ENOSYS, "as a kernel that was built without it");
        }
        refuse(444, "landlock_create_ruleset", Errno.EOPNOTSUPP, "as where Landlock is not enabled");
        refuse(445, "landlock_add_rule", Errno.EOPNOTSUPP, "as where Landlock is not enabled");
        refuse(446, "landlock_restrict_self", Errno.EOPNOTSUPP, "as where Landlock is not enabled");
        refuse(101, "ptrace", Errno.EPERM, "a debugger sits outside");
        refuse(161, "chroot", Errno.EPERM, "as for any user but root");
        refuse(170, "sethostname", Errno.EPERM, "as for any user but root");
        refuse(219, "restart_syscall", Errno.EINTR, "interrupted waits go on by themselves");
        refuse(250, "keyctl", Errno.ENOSYS, "no kernel keys");
        refuse(298, "perf_event_open", Errno.ENOENT, "no counters");
        refuse(317, "seccomp", Errno.EINVAL, "no filters");
        refuse(321, "bpf", Errno.EPERM, "as for any user but root");
        refuse(323, "userfaultfd", Errno.EPERM, "as for any user but root");
        refuse(334, "rseq", Errno.ENOSYS, "critical sections would have to be aborted at the end of a turn; C libraries do without");
        refuse(425, "io_uring_setup", Errno.EPERM, "as where io_uring_disabled is set");
    }

    private static final List<String> FOR_ROOT = List.of(
        "syslog", "vhangup", "pivot_root", "acct", "swapon", "swapoff", "reboot", "setdomainname", "iopl", "ioperm", "init_module", "delete_module",
        "quotactl", "kexec_load", "setns", "open_by_handle_at", "finit_module", "kexec_file_load", "fanotify_init",
        "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr");
    private static final List<String> LEFT_OUT = List.of(
        "modify_ldt", "io_setup", "io_destroy", "io_getevents", "io_submit", "io_cancel", "add_key", "request_key", "memfd_secret");
    // spotless:on
}
