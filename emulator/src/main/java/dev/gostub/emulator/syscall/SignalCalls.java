package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.SignalFdRecord;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.AlternateStack;
import dev.gostub.emulator.kernel.Block;
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

/** Signals: {@code rt_sigaction(2)}, {@code kill(2)} and their kin. */
final class SignalCalls {
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

    /** kill(2). */
    static SyscallResult kill(SyscallContext call) {
        int id = call.integer(0);
        int signal = requireSignalOrZero(call.integer(1));
        SignalInformation information = SignalInformation.from(signal, Signals.SI_USER, call.process());
        int sent = 0;
        for (Process process : receivers(call, id)) {
            sent++;
            if (signal != 0) {
                call.signaling().send(process, information);
            }
        }
        return sent > 0 ? SyscallResult.OK : SyscallResult.failure(Errno.ESRCH);
    }

    private static List<Process> receivers(SyscallContext call, int id) {
        if (id > 0) {
            return call.kernel().process(id).or(() -> call.kernel().task(id).map(Task::process)).stream()
                    .toList();
        }
        int group = id == 0 ? call.process().group() : -id;
        return call.kernel().processes().stream()
                .filter(Process::isAlive)
                .filter(process -> id == -1 ? process != call.process() : process.group() == group)
                .toList();
    }

    private static int requireSignalOrZero(int signal) {
        if (signal != 0 && !Signals.isSignal(signal)) {
            throw new SyscallException(Errno.EINVAL);
        }
        return signal;
    }

    /** tkill(2). */
    static SyscallResult tkill(SyscallContext call) {
        return sendTo(call, -1, call.integer(0), call.integer(1));
    }

    /** tgkill(2). */
    static SyscallResult tgkill(SyscallContext call) {
        if (call.integer(0) <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return sendTo(call, call.integer(0), call.integer(1), call.integer(2));
    }

    private static SyscallResult sendTo(SyscallContext call, int processId, int taskId, int number) {
        int signal = requireSignalOrZero(number);
        if (taskId <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Task target = target(call, processId, taskId);
        if (signal != 0) {
            call.signaling().send(target, SignalInformation.from(signal, Signals.SI_TKILL, call.process()));
        }
        return SyscallResult.OK;
    }

    private static Task target(SyscallContext call, int processId, int taskId) {
        return call.kernel()
                .task(taskId)
                .filter(task -> processId == -1 || task.process().id() == processId)
                .orElseThrow(() -> new SyscallException(Errno.ESRCH));
    }

    /** rt_sigqueueinfo(2). */
    static SyscallResult rtSigqueueinfo(SyscallContext call) {
        SignalInformation information = information(call, call.integer(1), call.argument(2));
        Process target = call.kernel()
                .process(call.integer(0))
                .filter(Process::isAlive)
                .orElseThrow(() -> new SyscallException(Errno.ESRCH));
        if (information.signal() != 0) {
            call.signaling().send(target, information);
        }
        return SyscallResult.OK;
    }

    /** rt_tgsigqueueinfo(2). */
    static SyscallResult rtTgsigqueueinfo(SyscallContext call) {
        SignalInformation information = information(call, call.integer(2), call.argument(3));
        Task target = target(call, call.integer(0), call.integer(1));
        if (information.signal() != 0) {
            call.signaling().send(target, information);
        }
        return SyscallResult.OK;
    }

    private static SignalInformation information(SyscallContext call, int number, long address) {
        int signal = requireSignalOrZero(number);
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
        if ((call.task().pendingSet() & wanted) != 0) {
            SignalInformation information = call.signaling().takeOf(call.task(), wanted);
            if (call.argument(1) != 0) {
                call.write(call.argument(1), information.toBytes());
            }
            return SyscallResult.value(information.signal());
        }
        long deadline = Block.FOREVER;
        if (call.argument(2) != 0) {
            deadline = call.deadlineAfter(call.timespec(call.argument(2)));
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
