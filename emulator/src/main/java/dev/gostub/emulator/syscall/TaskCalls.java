package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Clone.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FutexOperation;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.Lifecycle;
import dev.gostub.emulator.kernel.Lifecycle.Birth;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.WaitCondition;
import dev.gostub.emulator.vfs.FileFailure;

/** Threads and processes: making them, ending them, and what the kernel does for them at their end. */
final class TaskCalls {
    /** What a process that gets a memory of its own takes more than one that shares: page tables are copied, and the first writes fault. */
    private static final long COPY_OF_MEMORY_NANOS = 135_000;

    private TaskCalls() {}

    /** fork(2). */
    static SyscallResult fork(SyscallContext call) throws FileFailure {
        return create(call, new Birth(0, Signals.SIGCHLD, 0, 0, 0), 0, 0);
    }

    /** vfork(2). */
    static SyscallResult vfork(SyscallContext call) throws FileFailure {
        return create(call, new Birth(CLONE_VM | CLONE_VFORK, Signals.SIGCHLD, 0, 0, 0), 0, 0);
    }

    /** clone(2), with the argument order of amd64: flags, stack, parent_tid, child_tid, tls. */
    static SyscallResult clone(SyscallContext call) throws FileFailure {
        long flags = call.argument(0) & 0xffffffffL & ~CSIGNAL;
        int exitSignal = (int) (call.argument(0) & CSIGNAL);
        Birth birth = new Birth(flags, exitSignal, call.argument(1), call.argument(4), call.argument(3));
        long both = CLONE_PIDFD | CLONE_PARENT_SETTID;
        if ((flags & both) == both) {
            return SyscallResult.failure(Errno.EINVAL); // they share an argument
        }
        return create(call, birth, call.argument(2), call.argument(2));
    }

    /** clone3(2). */
    static SyscallResult clone3(SyscallContext call) throws FileFailure {
        long size = call.argument(1);
        if (size < ARGS_BYTES_VER0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (size > 4096) {
            return SyscallResult.failure(Errno.E2BIG);
        }
        byte[] b = call.read(call.argument(0), (int) size);
        long stack = LittleEndian.get64(b, ARGS_STACK);
        long exitSignal = LittleEndian.get64(b, ARGS_EXIT_SIGNAL);
        if (exitSignal < 0 || exitSignal > Signals.SIGRTMAX) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Birth birth = new Birth(
                LittleEndian.get64(b, ARGS_FLAGS),
                (int) exitSignal,
                stack == 0 ? 0 : stack + LittleEndian.get64(b, ARGS_STACK_SIZE),
                LittleEndian.get64(b, ARGS_TLS),
                LittleEndian.get64(b, ARGS_CHILD_TID));
        return create(call, birth, LittleEndian.get64(b, ARGS_PARENT_TID), LittleEndian.get64(b, ARGS_PIDFD));
    }

    /**
     * Makes a thread or process.
     *
     * @param parentTid where the number goes for CLONE_PARENT_SETTID
     * @param descriptor where the descriptor goes for CLONE_PIDFD
     */
    private static SyscallResult create(SyscallContext call, Birth birth, long parentTid, long descriptor)
            throws FileFailure {
        long flags = birth.flags();
        boolean inconsistent = (flags & CLONE_THREAD) != 0 && (flags & CLONE_SIGHAND) == 0
                || (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_VM) == 0
                || (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_CLEAR_SIGHAND) != 0;
        if (inconsistent) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if ((flags & NAMESPACES) != 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        boolean thread = (flags & CLONE_THREAD) != 0;
        boolean wantsDescriptor = (flags & CLONE_PIDFD) != 0;
        if ((flags & CLONE_INTO_CGROUP) != 0 || thread && wantsDescriptor) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (!mayHaveAnother(call)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        Lifecycle lifecycle = call.kernel().lifecycle();
        if ((flags & CLONE_VM) == 0) {
            call.kernel().spend(call.task(), COPY_OF_MEMORY_NANOS);
        }
        Task child = thread ? lifecycle.cloneThread(call.task(), birth) : lifecycle.cloneProcess(call.task(), birth);
        if (wantsDescriptor) {
            call.write32(descriptor, ProcessDescriptorCalls.open(call, child.process(), 0));
        }
        if ((flags & CLONE_PARENT_SETTID) != 0) {
            call.write32(parentTid, child.id());
        }
        if ((flags & CLONE_CHILD_SETTID) != 0) {
            byte[] number = LittleEndian.of32(child.id());
            child.process().memory().copyOut(birth.childTid(), number, 0, number.length);
        }
        return (flags & CLONE_VFORK) != 0
                ? SyscallResult.wait(Block.on(new WaitCondition.Released(child.id())))
                : SyscallResult.value(child.id());
    }

    /** RLIMIT_NPROC counts the tasks of a user, those included that nobody has waited for (copy_process of kernel/fork.c); root may have any number. */
    private static boolean mayHaveAnother(SyscallContext call) {
        Credentials who = call.process().credentials();
        long limit = call.process().softLimit(SystemLayouts.RLIMIT_NPROC);
        if (limit == SystemLayouts.RLIM_INFINITY || who.realUser() == 0 || who.effectiveUser() == 0) {
            return true;
        }
        long count = 0;
        for (Process process : call.kernel().processes()) {
            boolean same = process.credentials().realUser() == who.realUser();
            count += same ? Math.max(1, process.tasks().size()) : 0;
        }
        return Long.compareUnsigned(count, limit) < 0;
    }

    /** gettid(2). */
    static SyscallResult gettid(SyscallContext call) {
        return SyscallResult.value(call.task().id());
    }

    /** set_tid_address(2). */
    static SyscallResult setTidAddress(SyscallContext call) {
        call.task().setClearChildTid(call.argument(0));
        return SyscallResult.value(call.task().id());
    }

    /** set_robust_list(2). */
    static SyscallResult setRobustList(SyscallContext call) {
        if (call.argument(1) != FutexOperation.ROBUST_LIST_HEAD_BYTES) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        call.task().setRobustList(call.argument(0));
        return SyscallResult.OK;
    }

    /** get_robust_list(2). */
    static SyscallResult getRobustList(SyscallContext call) {
        int id = call.integer(0);
        Task task = id == 0 ? call.task() : call.kernel().task(id).orElseThrow(() -> new SyscallException(Errno.ESRCH));
        call.write64(call.argument(2), FutexOperation.ROBUST_LIST_HEAD_BYTES);
        call.write64(call.argument(1), task.robustList());
        return SyscallResult.OK;
    }

    /** exit(2): ends the calling thread. */
    static SyscallResult exit(SyscallContext call) {
        call.kernel().lifecycle().exitTask(call.task(), call.integer(0));
        return SyscallResult.DONE;
    }

    /** exit_group(2). */
    static SyscallResult exitGroup(SyscallContext call) {
        call.kernel().lifecycle().exitProcess(call.process(), call.integer(0));
        return SyscallResult.DONE;
    }
}
