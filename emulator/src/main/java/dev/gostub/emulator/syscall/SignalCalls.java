package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SignalFdRecord;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.AlternateStack;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalAction;
import dev.gostub.emulator.kernel.SignalFile;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Signaling;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.WaitCondition;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import java.util.List;
import java.util.Optional;

/** Signals: {@code rt_sigaction(2)}, {@code kill(2)} and their kin. */
final class SignalCalls {
    private static final int INIT = 1;

    private SignalCalls() {}

    /** rt_sigaction(2). */
    static SyscallResult rtSigaction(SyscallContext call) {
        int signal = call.integer(0);
        requireSetSize(call.argument(3));
        long newAction = call.argument(1);
        boolean fixed = signal == Signals.SIGKILL || signal == Signals.SIGSTOP;
        if (!Signals.isSignal(signal) || fixed && newAction != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        SignalAction before = call.process().action(signal);
        if (newAction != 0) {
            byte[] b = call.read(newAction, Signals.SIGACTION_BYTES);
            SignalAction action = new SignalAction(
                    LittleEndian.get64(b, 0),
                    LittleEndian.get64(b, 8),
                    LittleEndian.get64(b, 16),
                    LittleEndian.get64(b, 24) & ~Signaling.UNBLOCKABLE);
            call.signaling().install(call.process(), signal, action);
        }
        if (call.argument(2) != 0) {
            byte[] b = new byte[Signals.SIGACTION_BYTES];
            LittleEndian.put64(b, 0, before.handler());
            LittleEndian.put64(b, 8, before.flags());
            LittleEndian.put64(b, 16, before.restorer());
            LittleEndian.put64(b, 24, before.mask());
            call.write(call.argument(2), b);
        }
        return SyscallResult.OK;
    }

    private static void requireSetSize(long bytes) {
        if (bytes != Signals.SIGSET_BYTES) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    /** rt_sigprocmask(2). */
    static SyscallResult rtSigprocmask(SyscallContext call) {
        requireSetSize(call.argument(3));
        Task task = call.task();
        long before = task.signalMask();
        if (call.argument(1) != 0) {
            long set = call.read64(call.argument(1));
            switch (call.integer(0)) {
                case Signals.SIG_BLOCK -> task.setSignalMask(before | set);
                case Signals.SIG_UNBLOCK -> task.setSignalMask(before & ~set);
                case Signals.SIG_SETMASK -> task.setSignalMask(set);
                default -> {
                    return SyscallResult.failure(Errno.EINVAL);
                }
            }
        }
        if (call.argument(2) != 0) {
            call.write64(call.argument(2), before);
        }
        return SyscallResult.OK;
    }

    /** rt_sigreturn(2). */
    static SyscallResult rtSigreturn(SyscallContext call) {
        call.signaling().returnFromHandler(call.task());
        return SyscallResult.DONE;
    }

    /** pause(2). */
    static SyscallResult pause(SyscallContext call) {
        return SyscallResult.wait(Block.onNothing().restart(Block.Restart.NEVER));
    }

    /** kill(2): kill_something_info of kernel/signal.c. */
    static SyscallResult kill(SyscallContext call) {
        int id = call.integer(0);
        int signal = call.integer(1);
        SignalInformation information = SignalInformation.from(signal, Signals.SI_USER, call.process());
        if (id == INIT) {
            return killInit(call, signal);
        }
        List<Process> receivers = receivers(call, id);
        Optional<Errno> refused = receivers.isEmpty() ? Optional.of(Errno.ESRCH) : Optional.empty();
        int sent = 0;
        for (Process process : receivers) {
            Optional<Errno> refusal = refusal(call, process, signal);
            if (refusal.isEmpty()) {
                sent++;
                if (signal != 0) {
                    call.signaling().send(process, information);
                }
            } else if (id != -1 || refusal.get() != Errno.EPERM) {
                refused = refusal; // who may send to nobody is not told so for -1
            }
        }
        return sent > 0 || refused.isEmpty() ? SyscallResult.OK : SyscallResult.failure(refused.get());
    }

    /** Init is outside the machine, belongs to root, and takes no signal that it does not want. */
    private static SyscallResult killInit(SyscallContext call, int signal) {
        if (signal != 0 && !Signals.isSignal(signal)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Credentials caller = call.process().credentials();
        return caller.effectiveUser() == 0 || caller.realUser() == 0
                ? SyscallResult.OK
                : SyscallResult.failure(Errno.EPERM);
    }

    private static List<Process> receivers(SyscallContext call, int id) {
        if (id > 0) {
            return call.kernel().process(id).or(() -> call.kernel().task(id).map(Task::process)).stream()
                    .toList();
        }
        if (id == Integer.MIN_VALUE) {
            return List.of();
        }
        int group = id == 0 ? call.process().group() : -id;
        return call.kernel().processes().stream()
                .filter(process -> id == -1 ? process != call.process() : process.group() == group)
                .toList();
    }

    /** check_kill_permission: what forbids a process to send a signal to another. */
    static Optional<Errno> refusal(SyscallContext call, Process target, int signal) {
        if (signal != 0 && !Signals.isSignal(signal)) {
            return Optional.of(Errno.EINVAL);
        }
        Credentials caller = call.process().credentials();
        Credentials other = target.credentials();
        boolean same = target == call.process()
                || caller.effectiveUser() == 0
                || caller.effectiveUser() == other.savedUser()
                || caller.effectiveUser() == other.realUser()
                || caller.realUser() == other.savedUser()
                || caller.realUser() == other.realUser();
        boolean goesOn =
                signal == Signals.SIGCONT && target.session() == call.process().session();
        return same || goesOn ? Optional.empty() : Optional.of(Errno.EPERM);
    }

    /** tkill(2). */
    static SyscallResult tkill(SyscallContext call) {
        if (call.integer(0) <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int signal = call.integer(1);
        return sendTo(call, target(call, -1, call.integer(0)), bySender(call, signal));
    }

    /** tgkill(2). */
    static SyscallResult tgkill(SyscallContext call) {
        if (call.integer(0) <= 0 || call.integer(1) <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int signal = call.integer(2);
        return sendTo(call, target(call, call.integer(0), call.integer(1)), bySender(call, signal));
    }

    private static SignalInformation bySender(SyscallContext call, int signal) {
        return SignalInformation.from(signal, Signals.SI_TKILL, call.process());
    }

    private static SyscallResult sendTo(SyscallContext call, Task target, SignalInformation information) {
        Optional<Errno> refusal = refusal(call, target.process(), information.signal());
        if (refusal.isPresent()) {
            return SyscallResult.failure(refusal.get());
        }
        return information.signal() == 0
                ? SyscallResult.OK
                : result(call.signaling().send(target, information));
    }

    /** What a call says that has sent a signal. */
    static SyscallResult result(Signaling.Sent sent) {
        return sent == Signaling.Sent.NO_ROOM ? SyscallResult.failure(Errno.EAGAIN) : SyscallResult.OK;
    }

    private static Task target(SyscallContext call, int processId, int taskId) {
        return call.kernel()
                .task(taskId)
                .filter(task -> processId == -1 || task.process().id() == processId)
                .orElseThrow(() -> new SyscallException(Errno.ESRCH));
    }

    /** rt_sigqueueinfo(2): to the process of a task. */
    static SyscallResult rtSigqueueinfo(SyscallContext call) {
        SignalInformation information = information(call, call.integer(1), call.argument(2));
        requireOwnWords(call, call.integer(0), information);
        Process target = receivers(call, Math.max(0, call.integer(0))).stream()
                .findFirst()
                .filter(_ -> call.integer(0) > 0)
                .orElseThrow(() -> new SyscallException(Errno.ESRCH));
        Optional<Errno> refusal = refusal(call, target, information.signal());
        if (refusal.isPresent()) {
            return SyscallResult.failure(refusal.get());
        }
        return information.signal() == 0
                ? SyscallResult.OK
                : result(call.signaling().send(target, information));
    }

    /** rt_tgsigqueueinfo(2). */
    static SyscallResult rtTgsigqueueinfo(SyscallContext call) {
        SignalInformation information = information(call, call.integer(2), call.argument(3));
        if (call.integer(0) <= 0 || call.integer(1) <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        requireOwnWords(call, call.integer(1), information);
        return sendTo(call, target(call, call.integer(0), call.integer(1)), information);
    }

    /** Nobody may claim towards others that a signal comes from the kernel, {@code kill(2)} or {@code tgkill(2)}. */
    static void requireOwnWords(SyscallContext call, int receiver, SignalInformation information) {
        boolean claims = information.code() >= 0 || information.code() == Signals.SI_TKILL;
        if (claims && receiver != call.task().id()) {
            throw new SyscallException(Errno.EPERM);
        }
    }

    private static SignalInformation information(SyscallContext call, int signal, long address) {
        return SignalInformation.of(signal, call.read(address, Signals.SIGINFO_BYTES));
    }

    /** rt_sigpending(2). */
    static SyscallResult rtSigpending(SyscallContext call) {
        if (call.argument(1) > Signals.SIGSET_BYTES) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] set = new byte[8];
        LittleEndian.put64(set, 0, call.task().pendingSet() & call.task().signalMask());
        call.write(call.argument(0), set, (int) call.argument(1));
        return SyscallResult.OK;
    }

    /** rt_sigtimedwait(2). */
    static SyscallResult rtSigtimedwait(SyscallContext call) {
        requireSetSize(call.argument(3));
        long wanted = call.read64(call.argument(0)) & ~Signaling.UNBLOCKABLE;
        long nanos = call.argument(2) == 0 ? 0 : call.timespec(call.argument(2));
        if ((call.task().pendingSet() & wanted) != 0) {
            SignalInformation information = call.signaling().takeOf(call.task(), wanted);
            if (call.argument(1) != 0) {
                call.write(call.argument(1), information.toBytes());
            }
            return SyscallResult.value(information.signal());
        }
        long deadline = Block.FOREVER;
        if (call.argument(2) != 0) {
            deadline = call.deadlineAfter(nanos);
            if (deadline <= call.clock().monotonic()) {
                return SyscallResult.failure(Errno.EAGAIN);
            }
        }
        Block block = Block.on(new WaitCondition.Signals(wanted)).restart(Block.Restart.NEVER);
        return SyscallResult.wait(block.until(deadline));
    }

    /** signalfd(2). */
    static SyscallResult signalfd(SyscallContext call) throws FileFailure {
        return signalfd(call, 0);
    }

    /** signalfd4(2). */
    static SyscallResult signalfd4(SyscallContext call) throws FileFailure {
        return signalfd(call, call.integer(3));
    }

    private static SyscallResult signalfd(SyscallContext call, int flags) throws FileFailure {
        requireSetSize(call.argument(2));
        long set = call.read64(call.argument(1));
        if ((flags & ~(SignalFdRecord.SFD_CLOEXEC | SignalFdRecord.SFD_NONBLOCK)) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (call.integer(0) != -1) {
            if (!(call.file(0).object() instanceof SignalFile existing)) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            existing.change(set);
            return SyscallResult.value(call.integer(0));
        }
        SignalFile object =
                new SignalFile(call.vfs().anonymousNode(Paths.context(call), "[signalfd]"), call.kernel(), set);
        int status = OpenFlags.O_RDWR | flags & OpenFlags.CHANGEABLE;
        OpenFile file = call.vfs().open(object, status, "anon_inode:[signalfd]");
        return SyscallResult.value(call.files().add(file, flags));
    }

    /** rt_sigsuspend(2). */
    static SyscallResult rtSigsuspend(SyscallContext call) {
        requireSetSize(call.argument(1));
        call.task().setTemporarySignalMask(call.read64(call.argument(0)));
        return SyscallResult.wait(Block.onNothing().restart(Block.Restart.NEVER));
    }

    /** sigaltstack(2). */
    static SyscallResult sigaltstack(SyscallContext call) {
        Task task = call.task();
        AlternateStack before = task.alternateStack();
        long stackPointer = task.cpu().r[Cpu.RSP];
        if (call.argument(0) != 0) {
            byte[] b = call.read(call.argument(0), Signals.STACK_BYTES);
            int flags = LittleEndian.get32(b, 8);
            int mode = flags & ~Signals.SS_AUTODISARM;
            if (before.holds(stackPointer)) {
                return SyscallResult.failure(Errno.EPERM);
            }
            if (mode != 0 && mode != Signals.SS_DISABLE && mode != Signals.SS_ONSTACK) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            long length = LittleEndian.get64(b, 16);
            if (mode != Signals.SS_DISABLE && length < Signals.MINSIGSTKSZ) {
                return SyscallResult.failure(Errno.ENOMEM);
            }
            task.setAlternateStack(
                    mode == Signals.SS_DISABLE
                            ? AlternateStack.NONE
                            : new AlternateStack(LittleEndian.get64(b, 0), flags, length));
        }
        if (call.argument(1) != 0) {
            byte[] b = new byte[Signals.STACK_BYTES];
            int onStack = before.holds(stackPointer) ? Signals.SS_ONSTACK : 0;
            LittleEndian.put64(b, 0, before.address());
            LittleEndian.put32(
                    b, 8, before.isEnabled() ? before.flags() & Signals.SS_AUTODISARM | onStack : Signals.SS_DISABLE);
            LittleEndian.put64(b, 16, before.lengthBytes());
            call.write(call.argument(1), b);
        }
        return SyscallResult.OK;
    }
}
