package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.TaskState;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Vfs;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the system calls of the tasks: looks them up, calls them, and puts the result where it belongs. */
public final class Syscalls {
    private static final Logger LOG = LoggerFactory.getLogger(Syscalls.class);
    private static final SyscallResult NO_SUCH_CALL = SyscallResult.failure(Errno.ENOSYS);
    /** rt_sigreturn, exit, exit_group: no caller expects them to come back, so none could deal with an error. */
    private static final Set<Integer> WITHOUT_RETURN = Set.of(15, 60, 231);

    private final Amd64Syscalls table = new Amd64Syscalls();
    private final Kernel kernel;
    private final SyscallContext context;
    private final BitSet reported = new BitSet();
    private Optional<Consumer<String>> trace = Optional.empty();

    /**
     * @param first any task; the context is never without one
     */
    public Syscalls(Kernel kernel, Vfs vfs, SyscallContext.Executor executor, Task first) {
        this.kernel = kernel;
        this.context = new SyscallContext(kernel, vfs, executor, first);
    }

    /** Sends a readable line for each call to {@code sink} when it is over. */
    public void trace(Consumer<String> sink) {
        trace = Optional.of(sink);
    }

    public Amd64Syscalls table() {
        return table;
    }

    /** The number of the call that a task asks for, which has just executed SYSCALL. */
    public static long numberAtEntry(Task task) {
        return (int) task.cpu().r[Cpu.RAX];
    }

    /** The task has executed SYSCALL. */
    public void enter(Task task) {
        long number = numberAtEntry(task);
        task.enterCall(number);
        perform(task, number, Optional.empty());
    }

    /** The task has executed SYSCALL, and {@link #resume} is to make the call: a debugger wants to see it before. */
    public void hold(Task task) {
        task.enterCall(numberAtEntry(task));
        kernel.holdAtCall(task);
    }

    /** The task was held at its call, or the wait of the call is over. */
    public void resume(Task task) {
        switch (task.state()) {
            case TaskState.Completed(long result) -> {
                kernel.spend(task, Kernel.WAKE_UP_NANOS);
                finish(task, task.cpu(), task.systemCall(), SyscallResult.of(result));
            }
            case TaskState.Retrying(Block block) -> {
                kernel.spend(task, Kernel.WAKE_UP_NANOS);
                perform(task, task.systemCall(), Optional.of(block));
            }
            case TaskState.Entering _ -> makeHeld(task);
            case TaskState.Running _, TaskState.Blocked _, TaskState.Dead _ ->
                throw new IllegalStateException("task " + task.id() + " has not waited: " + task.state());
        }
    }

    /** A debugger that has set orig_rax to -1 in the meantime wants no call, and what it left in RAX as the result. */
    private void makeHeld(Task task) {
        long number = (int) task.systemCall();
        if (number == Task.NO_CALL) {
            kernel.run(task);
        } else {
            perform(task, number, Optional.empty());
        }
    }

    private void perform(Task task, long number, Optional<Block> waited) {
        Optional<Syscall> call = table.find(number);
        if (waited.isEmpty()) {
            kernel.spend(task, call.map(Syscall::nanos).orElse(Syscall.USUAL_NANOS));
        }
        if (call.isEmpty()) {
            reportUnknown(task, number);
            finish(task, task.cpu(), number, NO_SUCH_CALL);
            return;
        }
        context.begin(task, waited);
        Cpu caller = task.cpu();
        finish(task, caller, number, result(task, call.get()));
    }

    private SyscallResult result(Task task, Syscall call) {
        try {
            return call.handler().call(context);
        } catch (SyscallException refused) {
            return SyscallResult.failure(refused.errno());
        } catch (FileFailure refused) {
            return SyscallResult.failure(refused.errno());
        } catch (GuestFault _) {
            return SyscallResult.failure(Errno.EFAULT);
        } catch (RuntimeException | Error defect) {
            return afterDefect(task, call, defect);
        }
    }

    /** We are wrong, which costs this one call: programs know what to do about EIO, and about ENOMEM where a host out of memory is what was wrong. */
    private SyscallResult afterDefect(Task task, Syscall call, Throwable defect) {
        Errno errno = defect instanceof OutOfMemoryError ? Errno.ENOMEM : Errno.EIO;
        boolean returns = !WITHOUT_RETURN.contains(call.number());
        kernel.defects()
                .report(
                        defect,
                        () -> SyscallText.question(table, task, call.number()) + " failed with "
                                + (returns ? errno.name() : "the end of the process"));
        if (!returns) {
            kernel.lifecycle().kill(task.process(), Signals.SIGKILL);
        }
        return task.isAlive() ? SyscallResult.failure(errno) : SyscallResult.DONE;
    }

    /**
     * Puts the result where it belongs.
     *
     * @param caller the task's processor when it made the call; another one than now if the call has replaced the program
     */
    private void finish(Task task, Cpu caller, long number, SyscallResult result) {
        if (trace.isPresent() && !(result instanceof SyscallResult.Wait)) {
            Consumer<String> sink = trace.get();
            kernel.defects()
                    .contain(
                            "a line for --strace",
                            () -> sink.accept(SyscallText.line(table, task, caller, number, result)));
        }
        switch (result) {
            case SyscallResult.Value(long value) -> deliver(task, value);
            case SyscallResult.Failure(Errno errno) -> deliver(task, errno.result());
            case SyscallResult.Wait(Block block) -> kernel.block(task, block);
            case SyscallResult.Done _ -> {}
        }
    }

    private void deliver(Task task, long value) {
        task.cpu().r[Cpu.RAX] = value;
        task.enterCall(Task.NO_CALL);
        task.restoreSignalMask();
        kernel.run(task);
    }

    private void reportUnknown(Task task, long number) {
        int index = Math.clamp(number, 0, 1 << 16);
        if (!reported.get(index)) {
            reported.set(index);
            LOG.warn(
                    "system call {} ({}) is not implemented: ENOSYS for task {} at 0x{}",
                    table.name(number),
                    number,
                    task.id(),
                    Long.toHexString(task.cpu().rip));
        }
    }
}
