package dev.gostub.emulator.kernel;

import static dev.gostub.emulator.abi.Clone.*;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.ProcessSetting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Beginning and end of tasks and processes, and what parents hear of it: kernel/fork.c, kernel/exit.c and begin_new_exec of fs/exec.c. */
public final class Lifecycle {
    /** RFLAGS at the start of a program: interrupts on, the bit that is always set. */
    private static final long START_FLAGS = 0x202;

    /** The bit of an exit status that says so (WCOREFLAG). */
    private static final int CORE_DUMPED = 0x80;

    private final Kernel kernel;

    Lifecycle(Kernel kernel) {
        this.kernel = kernel;
    }

    // ---- beginning

    /** Makes a process with one task, which has no program yet, and no parent in the machine. */
    public Process createProcess(AddressSpace memory, FileTable files, FileSystemContext directories) {
        Credentials credentials =
                Credentials.of(kernel.host().user().user(), kernel.host().user().group());
        Process process = new Process(kernel.newId(), memory, files, directories, credentials);
        Task task = new Task(process.id(), process, "");
        kernel.admit(process);
        kernel.admit(task);
        return process;
    }

    /**
     * How a task or process is made.
     *
     * @param flags CLONE_* bits
     * @param exitSignal what the parent gets at the end of a new process; 0 for nothing
     * @param stack the new RSP; 0 keeps the parent's
     * @param threadPointer the new FS base if {@code flags} has CLONE_SETTLS
     * @param childTid where the new number goes for CLONE_CHILD_SETTID and is cleared for CLONE_CHILD_CLEARTID
     */
    public record Birth(long flags, int exitSignal, long stack, long threadPointer, long childTid) {
        boolean has(long flag) {
            return (flags & flag) != 0;
        }
    }

    /** Makes another thread of a task's process: {@code clone(2)} with CLONE_VM, CLONE_SIGHAND and CLONE_THREAD. */
    public Task cloneThread(Task parent, Birth birth) {
        Task task = new Task(kernel.newId(), parent.process(), parent.name);
        inherit(parent, task, birth);
        kernel.admit(task);
        task.affinity = parent.affinity;
        return task;
    }

    /** Makes another process: {@code fork(2)}, and {@code clone(2)} without CLONE_THREAD. With CLONE_VM the two share their memory. */
    public Task cloneProcess(Task parent, Birth birth) {
        Process old = parent.process();
        Process process = new Process(
                kernel.newId(),
                birth.has(CLONE_VM) ? old.memory() : old.memory().fork(),
                birth.has(CLONE_FILES) ? old.files().share() : old.files().copy(),
                birth.has(CLONE_FS) ? old.directories() : old.directories().copy(),
                old.credentials);
        process.inherit(old, birth);
        Task task = new Task(process.id(), process, parent.name);
        inherit(parent, task, birth);
        if (!birth.has(CLONE_VM)) {
            kernel.ipc().memory().inherited(old);
        }
        if (!birth.has(CLONE_VM) || birth.has(CLONE_VFORK)) {
            task.alternateStack = parent.alternateStack;
        }
        kernel.admit(process);
        kernel.admit(task);
        kernel.intervalTimers().limitProcessorTime(process);
        task.affinity = parent.affinity;
        return task;
    }

    private void inherit(Task parent, Task child, Birth birth) {
        Cpu cpu = child.cpu();
        cpu.restore(parent.cpu().capture());
        cpu.r[Cpu.RAX] = 0;
        cpu.random = parent.cpu().nextRandom() ^ child.id();
        if (birth.stack != 0) {
            cpu.r[Cpu.RSP] = birth.stack;
        }
        if (birth.has(CLONE_SETTLS)) {
            cpu.fsBase = birth.threadPointer;
        }
        if (birth.has(CLONE_CHILD_CLEARTID)) {
            child.clearChildTid = birth.childTid;
        }
        if (birth.has(CLONE_SYSVSEM)) {
            child.undoList = kernel.ipc().semaphores().undoList(parent);
        }
        child.blocked = parent.blocked;
        child.keepsCapabilities = parent.keepsCapabilities;
        child.inheritTimerSlack(parent);
    }

    /**
     * Replaces the program of a task's process: {@code execve(2)}, once nothing can go wrong any more. The task becomes the process's only one and takes its number.
     *
     * @param dataEnd where the break starts
     */
    public void execute(Task task, AddressSpace memory, Program program, long dataEnd) {
        Process process = task.process();
        for (Task other : List.copyOf(process.tasks)) {
            if (other != task) {
                endTask(other);
            }
        }
        releaseLocks(task);
        releaseMemory(process);
        kernel.intervalTimers().forgetCreated(process);
        leaveSegments(process);
        process.execute(memory, program, dataEnd);
        kernel.mappedFiles().settle();
        process.credentials = process.credentials.afterExec();
        process.set(ProcessSetting.DUMPABLE, 1);
        task.execute(program.taskName());
        task.cpu().rip = program.start();
        task.cpu().r[Cpu.RSP] = program.stackPointer();
        task.cpu().flags.setRflags(START_FLAGS);
        task.cpu().timeStampSeed = kernel.host().seed();
        task.cpu().random = kernel.host().seed() + kernel.clock().retired();
    }

    // ---- stopping

    /** Stops all tasks of a process. */
    void stop(Process process, int signal) {
        process.stopped = true;
        process.kin.unseenStop = signal;
        process.kin.unseenContinue = false;
        notifyParent(process, Signals.CLD_STOPPED, signal);
    }

    /** Lets a process go on that was stopped. */
    void goOn(Process process) {
        if (process.stopped) {
            process.stopped = false;
            process.kin.unseenStop = 0;
            process.kin.unseenContinue = true;
            notifyParent(process, Signals.CLD_CONTINUED, Signals.SIGCONT);
        }
    }

    // ---- ending

    /** Ends one task; with the last one the process ends. {@code status} is that of {@code exit(2)}, 0 to 255. */
    public void exitTask(Task task, int status) {
        Process process = task.process();
        boolean last = process.tasks.size() == 1;
        if (last && !process.exiting) {
            process.exitStatus = (status & 0xff) << 8;
        }
        endTask(task);
        if (last) {
            ended(process);
        }
    }

    /** Ends a process: {@code exit_group(2)}. */
    public void exitProcess(Process process, int status) {
        end(process, (status & 0xff) << 8);
    }

    /** Ends a process by a signal. No core file is written. */
    public void kill(Process process, int signal) {
        end(process, signal);
    }

    /** Ends a process by a signal that leaves a core file, if there is to be one (do_coredump of fs/coredump.c). It is only told: none is written. */
    void dump(Process process, int signal) {
        long room = process.softLimit(SystemLayouts.RLIMIT_CORE);
        boolean dumps = process.setting(ProcessSetting.DUMPABLE) == 1
                && Long.compareUnsigned(room, AddressSpace.PAGE_SIZE) >= 0;
        end(process, dumps ? signal | CORE_DUMPED : signal);
    }

    /** An end is made in steps, each for itself: whatever goes wrong in one, the process is gone after the last. */
    private void end(Process process, int status) {
        process.exiting = true;
        process.exitStatus = status;
        for (Task task : List.copyOf(process.tasks)) {
            endTask(task);
        }
        ended(process);
    }

    private void endTask(Task task) {
        Process process = task.process();
        kernel.defects().contain("taking a task that ends out of its queues", () -> kernel.leaveQueues(task));
        releaseLocks(task);
        task.state = new TaskState.Dead(process.exitStatus);
        if (task.id() == process.id()) {
            process.endedLeader = Optional.of(
                    new EndedLeader(task.name, task.cpuTime, task.systemTime, task.pending.set(), task.blocked));
        }
        process.tasks.remove(task);
        kernel.dismiss(task);
        kernel.ipc().semaphores().exit(task);
        boolean othersSee = !process.tasks.isEmpty() && !process.exiting || isShared(process);
        if (task.clearChildTid != 0 && othersSee) {
            kernel.defects().contain("clearing a child's number", () -> clearChildTid(task, process));
        }
    }

    /** futex_cleanup of kernel/futex/core.c. */
    private void releaseLocks(Task task) {
        kernel.defects().contain("releasing a robust list", () -> RobustLists.release(kernel, task));
        kernel.defects().contain("handing locks over", () -> kernel.piFutexes().ownerDied(task));
    }

    private void clearChildTid(Task task, Process process) {
        process.memory().copyOut(task.clearChildTid, new byte[4], 0, 4);
        kernel.futexes().wake(WaitCondition.FutexKey.of(process, task.clearChildTid, true), 1, -1);
    }

    private void ended(Process process) {
        Defects defects = kernel.defects();
        defects.contain("disarming timers", () -> kernel.intervalTimers().forget(process));
        defects.contain("closing files", () -> process.files().leave());
        defects.contain("giving lent memory back", () -> releaseMemory(process));
        defects.contain("detaching shared memory", () -> leaveSegments(process));
        defects.contain("writing mapped files back", () -> kernel.mappedFiles().settle());
        process.stopped = false;
        defects.contain("leaving children", () -> orphan(process));
        defects.contain("telling a parent", () -> tell(process));
    }

    private void tell(Process process) {
        boolean bySignal = (process.exitStatus & 0x7f) != 0;
        int status = bySignal ? process.exitStatus & 0x7f : process.exitStatus >> 8;
        boolean dumped = (process.exitStatus & CORE_DUMPED) != 0;
        int killed = dumped ? Signals.CLD_DUMPED : Signals.CLD_KILLED;
        notifyParent(process, bySignal ? killed : Signals.CLD_EXITED, status);
        Process parent = parent(process);
        if (parent == null ? process.kin.parent == Kinship.ADOPTED : reapsUnseen(parent, process)) {
            kernel.forget(process);
        }
    }

    /** The children of a process that has ended belong to init, which asks for the status of those that have ended. */
    private void orphan(Process process) {
        for (Process child : kernel.processes()) {
            if (child.kin.parent == process.id()) {
                child.kin.parent = newParent(process);
                boolean toInit = child.kin.parent == Kinship.ADOPTED;
                if (!child.isAlive() && toInit) {
                    kernel.forget(child);
                } else if (!child.isAlive()) {
                    tell(child);
                } else if (child.kin.parentDeathSignal != 0) {
                    int signal = child.kin.parentDeathSignal;
                    kernel.signaling().send(child, SignalInformation.from(signal, Signals.SI_USER, process));
                }
            }
        }
    }

    /** The next process above that has asked for orphans, or init (find_new_reaper of kernel/exit.c). */
    private int newParent(Process dead) {
        int at = dead.kin.parent;
        for (Optional<Process> above = kernel.process(at); above.isPresent(); above = kernel.process(at)) {
            if (above.get().kin.reaper && above.get().isAlive()) {
                return at;
            }
            at = above.get().kin.parent;
        }
        return Kinship.ADOPTED;
    }

    /** Does the parent not want to be asked to ask for its children's status (wait(2), notes on SIGCHLD). */
    private static boolean reapsUnseen(Process parent, Process child) {
        SignalAction action = parent.action(Signals.SIGCHLD);
        return child.kin.exitSignal == Signals.SIGCHLD
                && (action.handler() == Signals.SIG_IGN || action.has(Signals.SA_NOCLDWAIT));
    }

    /** Takes an ended child out of the list of processes: somebody has asked for its status. */
    public void reap(Process parent, Process child) {
        parent.kin.childrenTime += child.cpuTime() + child.kin.childrenTime;
        parent.kin.childrenSystemTime += child.systemTime() + child.kin.childrenSystemTime;
        kernel.forget(child);
    }

    /** A parent that lent its memory ({@code vfork(2)}) goes on: the child needs it no more. */
    private void releaseMemory(Process process) {
        for (Task task : kernel.tasks()) {
            if (task.state instanceof TaskState.Blocked(Block block)
                    && block.condition() instanceof WaitCondition.Released(int child)
                    && child == process.id()) {
                kernel.complete(task, child);
            }
        }
    }

    private void leaveSegments(Process process) {
        if (!isShared(process)) {
            kernel.ipc().memory().left(process, process.memory());
        }
    }

    private boolean isShared(Process process) {
        for (Process other : kernel.processes()) {
            if (other != process && other.isAlive() && other.memory() == process.memory()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Process parent(Process process) {
        return kernel.process(process.kin.parent).filter(Process::isAlive).orElse(null);
    }

    private void notifyParent(Process process, int code, int status) {
        Process parent = parent(process);
        if (parent == null) {
            return;
        }
        parent.kin.childNews++;
        kernel.scheduler().woken();
        boolean ended = code == Signals.CLD_EXITED || code == Signals.CLD_KILLED || code == Signals.CLD_DUMPED;
        int signal = ended ? process.kin.exitSignal : Signals.SIGCHLD;
        boolean wanted = ended || !parent.action(Signals.SIGCHLD).has(Signals.SA_NOCLDSTOP);
        if (signal != 0 && wanted) {
            kernel.signaling().send(parent, SignalInformation.child(signal, code, process, status));
        }
    }
}
