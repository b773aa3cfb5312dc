package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.syscall.ArgumentKind.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.SyscallNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of Linux on amd64, one line a number: Linux's name, the method, the kinds of the arguments, and what is missing
 * if anything is. A number without a line answers ENOSYS.
 */
public final class Amd64Syscalls {
    private final SyscallNames names = new SyscallNames();
    private final @Nullable Syscall[] calls = new @Nullable Syscall[SyscallNames.COUNT];

    public Amd64Syscalls() {
        memory();
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

    private void add(Syscall call) {
        if (!names.of(call.number()).equals(call.name()) || calls[call.number()] != null) {
            throw new IllegalStateException(
                    "wrong or second line for system call " + call.number() + " " + call.name());
        }
        calls[call.number()] = call;
    }

    void call(int number, String name, SyscallHandler handler, ArgumentKind... arguments) {
        add(new Syscall(number, name, handler, arguments));
    }

    void partial(String sentence, int number, String name, SyscallHandler handler, ArgumentKind... arguments) {
        add(new Syscall(number, name, handler, arguments).partial(sentence));
    }

    void refuse(int number, String name, Errno errno, String reason) {
        SyscallResult failure = SyscallResult.failure(errno);
        add(new Syscall(number, name, _ -> failure, HEX, HEX, HEX).refused(new SupportLevel.Refused(errno, reason)));
    }

    // spotless:off
    private void memory() {
        partial("MAP_GROWSDOWN and MAP_HUGETLB are ignored",
              9, "mmap", MemoryCalls::mmap, ADDRESS, SIZE, PROTECTION, MAP_FLAGS, DESCRIPTOR, LONG);
        call(10, "mprotect", MemoryCalls::mprotect, ADDRESS, SIZE, PROTECTION);
        call(11, "munmap", MemoryCalls::munmap, ADDRESS, SIZE);
        call(12, "brk", MemoryCalls::brk, ADDRESS);
        partial("only inside one mapping", 25, "mremap", MemoryCalls::mremap, ADDRESS, SIZE, SIZE, HEX, ADDRESS);
        call(26, "msync", MemoryCalls::msync, ADDRESS, SIZE, HEX);
        call(27, "mincore", MemoryCalls::mincore, ADDRESS, SIZE, ADDRESS);
        partial("advice without a visible effect is accepted and has none", 28, "madvise", MemoryCalls::madvise, ADDRESS, SIZE, INT);
        call(149, "mlock", MemoryCalls::mlock, ADDRESS, SIZE);
        call(150, "munlock", MemoryCalls::mlock, ADDRESS, SIZE);
        call(151, "mlockall", MemoryCalls::mlockall, HEX);
        call(152, "munlockall", MemoryCalls::mlockall);
        partial("one node: no policy makes a difference", 238, "set_mempolicy", MemoryCalls::setMempolicy, INT, ADDRESS, LONG);
        partial("one node, the default policy", 239, "get_mempolicy", MemoryCalls::getMempolicy, ADDRESS, ADDRESS, LONG, ADDRESS, HEX);
        call(325, "mlock2", MemoryCalls::mlock, ADDRESS, SIZE, HEX);
        partial("no commands for restartable sequences", 324, "membarrier", MemoryCalls::membarrier, INT, HEX, INT);
    }

    private void signals() {
        call(13, "rt_sigaction", SignalCalls::rtSigaction, SIGNAL, ADDRESS, ADDRESS, SIZE);
        call(14, "rt_sigprocmask", SignalCalls::rtSigprocmask, INT, SIGNAL_SET, ADDRESS, SIZE);
        call(15, "rt_sigreturn", SignalCalls::rtSigreturn);
        call(34, "pause", SignalCalls::pause);
        call(62, "kill", SignalCalls::kill, INT, SIGNAL);
        call(127, "rt_sigpending", SignalCalls::rtSigpending, ADDRESS, SIZE);
        call(128, "rt_sigtimedwait", SignalCalls::rtSigtimedwait, SIGNAL_SET, ADDRESS, TIMESPEC, SIZE);
        call(129, "rt_sigqueueinfo", SignalCalls::rtSigqueueinfo, INT, SIGNAL, ADDRESS);
        call(130, "rt_sigsuspend", SignalCalls::rtSigsuspend, SIGNAL_SET, SIZE);
        call(131, "sigaltstack", SignalCalls::sigaltstack, ADDRESS, ADDRESS);
        call(200, "tkill", SignalCalls::tkill, INT, SIGNAL);
        call(234, "tgkill", SignalCalls::tgkill, INT, INT, SIGNAL);
        call(282, "signalfd", SignalCalls::signalfd, INT, SIGNAL_SET, SIZE);
        call(289, "signalfd4", SignalCalls::signalfd4, INT, SIGNAL_SET, SIZE, HEX);
        call(297, "rt_tgsigqueueinfo", SignalCalls::rtTgsigqueueinfo, INT, INT, SIGNAL, ADDRESS);
    }

    private void time() {
        call(35, "nanosleep", TimeCalls::nanosleep, TIMESPEC, ADDRESS);
        call(36, "getitimer", TimerCalls::getitimer, INT, ADDRESS);
        call(37, "alarm", TimerCalls::alarm, INT);
        partial("ITIMER_VIRTUAL counts all processor time", 38, "setitimer", TimerCalls::setitimer, INT, ADDRESS, ADDRESS);
        call(96, "gettimeofday", TimeCalls::gettimeofday, ADDRESS, ADDRESS);
        call(201, "time", TimeCalls::time, ADDRESS);
        partial("no SIGEV_THREAD (a C library makes it of SIGEV_THREAD_ID)", 222, "timer_create", TimerCalls::timerCreate, CLOCK, ADDRESS, ADDRESS);
        call(223, "timer_settime", TimerCalls::timerSettime, INT, HEX, ADDRESS, ADDRESS);
        call(224, "timer_gettime", TimerCalls::timerGettime, INT, ADDRESS);
        call(225, "timer_getoverrun", TimerCalls::timerGetoverrun, INT);
        call(226, "timer_delete", TimerCalls::timerDelete, INT);
        call(228, "clock_gettime", TimeCalls::clockGettime, CLOCK, ADDRESS);
        call(229, "clock_getres", TimeCalls::clockGetres, CLOCK, ADDRESS);
        call(230, "clock_nanosleep", TimeCalls::clockNanosleep, CLOCK, HEX, TIMESPEC, ADDRESS);
    }

    private void tasks() {
        call(39, "getpid", ProcessCalls::getpid);
        partial("no namespaces", 56, "clone", TaskCalls::clone, CLONE_FLAGS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        call(57, "fork", TaskCalls::fork);
        call(58, "vfork", TaskCalls::vfork);
        call(59, "execve", ExecCalls::execve, PATH, ADDRESS, ADDRESS);
        call(60, "exit", TaskCalls::exit, INT);
        call(61, "wait4", WaitCalls::wait4, INT, ADDRESS, HEX, ADDRESS);
        call(186, "gettid", TaskCalls::gettid);
        call(202, "futex", FutexCalls::futex, ADDRESS, FUTEX_OPERATION, INT, ADDRESS, ADDRESS, HEX);
        call(218, "set_tid_address", TaskCalls::setTidAddress, ADDRESS);
        call(231, "exit_group", TaskCalls::exitGroup, INT);
        call(247, "waitid", WaitCalls::waitid, INT, INT, ADDRESS, HEX, ADDRESS);
        call(273, "set_robust_list", TaskCalls::setRobustList, ADDRESS, SIZE);
        call(274, "get_robust_list", TaskCalls::getRobustList, INT, ADDRESS, ADDRESS);
        call(322, "execveat", ExecCalls::execveat, DIRECTORY, PATH, ADDRESS, ADDRESS, HEX);
        call(424, "pidfd_send_signal", ProcessDescriptorCalls::pidfdSendSignal, DESCRIPTOR, SIGNAL, ADDRESS, HEX);
        call(434, "pidfd_open", ProcessDescriptorCalls::pidfdOpen, INT, HEX);
        partial("no namespaces, no cgroups", 435, "clone3", TaskCalls::clone3, ADDRESS, SIZE);
    }

    private void processes() {
        call(63, "uname", SystemCalls::uname, ADDRESS);
        call(97, "getrlimit", SystemCalls::getrlimit, INT, ADDRESS);
        partial("no context switches and faults are counted", 98, "getrusage", SystemCalls::getrusage, INT, ADDRESS);
        call(99, "sysinfo", SystemCalls::sysinfo, ADDRESS);
        call(100, "times", SystemCalls::times, ADDRESS);
        call(102, "getuid", ProcessCalls::getuid);
        call(104, "getgid", ProcessCalls::getgid);
        call(105, "setuid", ProcessCalls::setuid, INT);
        call(106, "setgid", ProcessCalls::setgid, INT);
        call(107, "geteuid", ProcessCalls::geteuid);
        call(108, "getegid", ProcessCalls::getegid);
        call(109, "setpgid", ProcessCalls::setpgid, INT, INT);
        call(110, "getppid", ProcessCalls::getppid);
        call(111, "getpgrp", ProcessCalls::getpgrp);
        call(112, "setsid", ProcessCalls::setsid);
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
        partial("all capabilities for user 0, none for others", 125, "capget", ProcessCalls::capget, ADDRESS, ADDRESS);
        partial("only ADDR_NO_RANDOMIZE is known", 135, "personality", SystemCalls::personality, HEX);
        partial("names, dumpability and flags without an effect here", 157, "prctl", ControlCalls::prctl, INT, HEX, HEX, HEX, HEX);
        call(158, "arch_prctl", ControlCalls::archPrctl, HEX, ADDRESS);
        call(160, "setrlimit", SystemCalls::setrlimit, INT, ADDRESS);
        call(302, "prlimit64", SystemCalls::prlimit64, INT, INT, ADDRESS, ADDRESS);
        call(318, "getrandom", SystemCalls::getrandom, ADDRESS, SIZE, HEX);
    }

    private void scheduling() {
        call(24, "sched_yield", SchedulingCalls::schedYield);
        call(140, "getpriority", SchedulingCalls::getpriority, INT, INT);
        partial("accepted without an effect", 141, "setpriority", SchedulingCalls::setpriority, INT, INT, INT);
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
        refuse(101, "ptrace", Errno.EPERM, "a debugger sits outside");
        refuse(126, "capset", Errno.EPERM, "capabilities follow the user number");
        refuse(161, "chroot", Errno.EPERM, "as for any user but root");
        refuse(164, "settimeofday", Errno.EPERM, "the clock follows the instructions");
        refuse(170, "sethostname", Errno.EPERM, "as for any user but root");
        refuse(219, "restart_syscall", Errno.EINTR, "interrupted waits go on by themselves");
        refuse(227, "clock_settime", Errno.EPERM, "the clock follows the instructions");
        refuse(250, "keyctl", Errno.ENOSYS, "no kernel keys");
        refuse(298, "perf_event_open", Errno.ENOENT, "no counters");
        refuse(317, "seccomp", Errno.EINVAL, "no filters");
        refuse(321, "bpf", Errno.EPERM, "as for any user but root");
        refuse(323, "userfaultfd", Errno.EPERM, "as for any user but root");
        refuse(334, "rseq", Errno.ENOSYS, "critical sections would have to be aborted at the end of a turn; C libraries do without");
        refuse(425, "io_uring_setup", Errno.EPERM, "as where io_uring_disabled is set");
    }
    // spotless:on
}
