package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Clone.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FutexOperation;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.kernel.Task;

/** Threads: making them, ending them, and what the kernel does for them at their end. */
final class TaskCalls {
    /** What makes a clone a thread of the same process. */
    private static final long THREAD = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD;

    private TaskCalls() {}

    /** clone(2), with the argument order of amd64: flags, stack, parent_tid, child_tid, tls. */
    static SyscallResult clone(SyscallContext call) {
        return create(
                call,
                call.argument(0) & 0xffffffffL & ~CSIGNAL,
                call.argument(1),
                call.argument(2),
                call.argument(3),
                call.argument(4));
    }

    /** clone3(2). */
    static SyscallResult clone3(SyscallContext call) {
        long size = call.argument(1);
        if (size < ARGS_BYTES_VER0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if (size > 4096) {
            return SyscallResult.failure(Errno.E2BIG);
        }
        byte[] b = call.read(call.argument(0), (int) size);
        long stack = LittleEndian.get64(b, ARGS_STACK);
        return create(
                call,
                LittleEndian.get64(b, ARGS_FLAGS),
                stack == 0 ? 0 : stack + LittleEndian.get64(b, ARGS_STACK_SIZE),
                LittleEndian.get64(b, ARGS_PARENT_TID),
                LittleEndian.get64(b, ARGS_CHILD_TID),
                LittleEndian.get64(b, ARGS_TLS));
    }

    private static SyscallResult create(
            SyscallContext call, long flags, long stack, long parentTid, long childTid, long threadPointer) {
        boolean inconsistent = (flags & CLONE_THREAD) != 0 && (flags & CLONE_SIGHAND) == 0
                || (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_VM) == 0;
        if (inconsistent) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if ((flags & NAMESPACES) != 0) {
            return SyscallResult.failure(Errno.EPERM);
        }
        if ((flags & THREAD) != THREAD) {
            return SyscallResult.failure(Errno.ENOSYS);
        }
        Task child = call.kernel().cloneThread(call.task(), flags, stack, threadPointer, childTid);
        if ((flags & CLONE_PARENT_SETTID) != 0) {
            call.write32(parentTid, child.id());
        }
        if ((flags & CLONE_CHILD_SETTID) != 0) {
            call.write32(childTid, child.id());
        }
        return SyscallResult.value(child.id());
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
        call.kernel().exitTask(call.task(), call.integer(0));
        return SyscallResult.DONE;
    }

    /** exit_group(2). */
    static SyscallResult exitGroup(SyscallContext call) {
        call.kernel().exitProcess(call.process(), call.integer(0));
        return SyscallResult.DONE;
    }

    /** wait4(2). */
    static SyscallResult wait4(SyscallContext call) {
        int known = WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL;
        return SyscallResult.failure((call.integer(2) & ~known) != 0 ? Errno.EINVAL : Errno.ECHILD);
    }

    /** waitid(2). */
    static SyscallResult waitid(SyscallContext call) {
        int known = WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL;
        int options = call.integer(3);
        boolean wrong = (options & ~known) != 0 || (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0;
        int type = call.integer(0);
        if (wrong || type < P_ALL || type > P_PIDFD) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return SyscallResult.failure(type == P_PIDFD ? Errno.EBADF : Errno.ECHILD);
    }
}
