package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.host.Entropy;
import dev.gostub.emulator.host.Host;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Linux in one object: who exists, who waits for what, what time it is.
 *
 * <pre>
 * Kernel ── Process ── AddressSpace, FileTable, signal actions, timers
 *   │          └───── Task ── Cpu, signal mask, TaskState
 *   └─ Lifecycle, Scheduler, Futexes, Ipc, Timers, IntervalTimers, Signaling, Clock, Entropy
 * </pre>
 *
 * One host thread uses it. Nothing here runs instructions: {@code machine} asks {@link Scheduler#next} who may, and reports what came of it.
 */
public final class Kernel {
    /**
     * Number of the first process. Linux never gives a number above 4,194,304 (PID_MAX_LIMIT), so nobody can take a guest process
     * for one of the host's; debuggers hand these numbers to the host's system calls at times.
     */
    public static final int FIRST_PROCESS = 5_000_000;

    /** From an event to the first instruction of the task that waited for it: a change of tasks, and what the caches have lost (some µs round trip over two pipes). */
    public static final long WAKE_UP_NANOS = 2_000;

    private final Host host;
    private final int processors;
    private final long memoryBytes;
    private final Clock clock;
    private final Entropy entropy;
    private final TreeMap<Integer, Process> processes = new TreeMap<>();
    private final ArrayList<Task> tasks = new ArrayList<>();
    private final Defects defects = new Defects();
    private final Scheduler scheduler = new Scheduler(tasks, defects);
    private final Futexes futexes = new Futexes(this);
    private final PiFutexes piFutexes = new PiFutexes(this, futexes);
    private final Timers timers = new Timers(defects);
    private final IntervalTimers intervalTimers = new IntervalTimers(this);
    private final Signaling signaling = new Signaling(this);
    private final Lifecycle lifecycle = new Lifecycle(this);
    private final Ipc ipc = new Ipc(this);
    private final MappedFiles mappedFiles = new MappedFiles(this);
    private int nextId = FIRST_PROCESS;

    /**
     * @param processors how many processors the guest believes to have, 1 to 64
     * @param memoryBytes how much memory the guest believes to have
     */
    public Kernel(Host host, int processors, long memoryBytes) {
        if (processors < 1 || processors > Long.SIZE) {
            throw new IllegalArgumentException("the guest can have 1 to 64 processors, not " + processors);
        }
        this.host = host;
        this.processors = processors;
        this.memoryBytes = memoryBytes;
        this.clock = new Clock(host.startDateNanos(), host.seed());
        this.entropy = new Entropy(host.seed());
    }

    // ---- who is there

    public Host host() {
        return host;
    }

    public int processors() {
        return processors;
    }

    /** How much memory the guest believes to have. */
    public long memoryBytes() {
        return memoryBytes;
    }

    public Clock clock() {
        return clock;
    }

    public Entropy entropy() {
        return entropy;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Futexes futexes() {
        return futexes;
    }

    public PiFutexes piFutexes() {
        return piFutexes;
    }

    public Timers timers() {
        return timers;
    }

    public IntervalTimers intervalTimers() {
        return intervalTimers;
    }

    public Signaling signaling() {
        return signaling;
    }

    public Lifecycle lifecycle() {
        return lifecycle;
    }

    public MappedFiles mappedFiles() {
        return mappedFiles;
    }

    public Ipc ipc() {
        return ipc;
    }

    /** Where exceptions go that nobody foresaw. */
    public Defects defects() {
        return defects;
    }

    /** Live tasks of all processes, in the order of their creation. */
    public List<Task> tasks() {
        return Collections.unmodifiableList(tasks);
    }

    /** Processes by number, those included that have ended and were not waited for. */
    public List<Process> processes() {
        return List.copyOf(processes.values());
    }

    public Optional<Process> process(int id) {
        return Optional.ofNullable(processes.get(id));
    }

    /** A live task by its number. */
    public Optional<Task> task(int id) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).id() == id) {
                return Optional.of(tasks.get(i));
            }
        }
        return Optional.empty();
    }

    // ---- coming and going

    int newId() {
        return nextId++;
    }

    /** The highest number that a task was given so far. */
    public int newestId() {
        return nextId - 1;
    }

    void admit(Process process) {
        processes.put(process.id(), process);
    }

    void admit(Task task) {
        task.affinity = processors == Long.SIZE ? -1 : (1L << processors) - 1;
        task.processor = (task.id() - FIRST_PROCESS) % processors;
        task.cpu().timeStampSeed = host.seed();
        task.process().tasks.add(task);
        tasks.add(task);
        scheduler.admit(task);
    }

    /** Nobody asks for the ended process any more; its number is not given again. */
    void forget(Process process) {
        processes.remove(process.id());
    }

    void dismiss(Task task) {
        tasks.remove(task);
        intervalTimers.forget(task);
    }

    // ---- time

    /**
     * Lets a task spend time inside the kernel. It is no part of the turn and does not count for the task's share: what turns share out is the host's thread, and
     * the guest believes that the others have processors of their own. So a parent goes on after fork(2) before its child begins, as it does on Linux.
     */
    public void spend(Task task, long nanos) {
        clock.pass(nanos);
        task.chargeSystem(nanos);
        intervalTimers.expireCounting();
    }

    // ---- waiting

    /** Lets a task wait inside its system call. */
    public void block(Task task, Block block) {
        task.state = new TaskState.Blocked(block);
        task.cpu().r[Cpu.RAX] = block.restart().errno().result();
        task.timeout = timers.plan(block.deadline(), () -> expire(task));
        if (block.condition() instanceof WaitCondition.OnFutex futex) {
            futexes.enter(task, futex.key());
        }
        ipc.enter(task, block.condition());
    }

    /** Ends the wait of a task with a result; whoever calls this has taken it out of its queue. */
    void complete(Task task, long result) {
        timers.cancel(task.timeout);
        task.state = new TaskState.Completed(result);
        scheduler.woken();
    }

    /** Ends the wait of a task so that it makes its call again; its deadline goes on to count. */
    public void retry(Task task) {
        if (task.state instanceof TaskState.Blocked(Block block)) {
            leaveQueues(task, block);
            task.state = new TaskState.Retrying(block);
        }
    }

    /** Lets happen what is due now. */
    public void expireTimers() {
        if (timers.next() <= clock.due()) {
            timers.expire(clock.due());
        }
    }

    private void expire(Task task) {
        retry(task);
        scheduler.woken();
    }

    /** A task that ends waits for nothing any more. */
    void leaveQueues(Task task) {
        if (task.state instanceof TaskState.Blocked(Block block)) {
            leaveQueues(task, block);
        }
    }

    private void leaveQueues(Task task, Block block) {
        timers.cancel(task.timeout);
        if (block.condition() instanceof WaitCondition.OnFutex) {
            futexes.leave(task);
        }
        ipc.leave(task, block.condition());
    }

    /** Lets the task stand at the entry of a system call, for a debugger to look at; its number is noted already. */
    public void holdAtCall(Task task) {
        task.cpu().r[Cpu.RAX] = Errno.ENOSYS.result();
        task.state = TaskState.Entering.INSTANCE;
    }

    /** Says that the task's system call is over, or is about to be made again: it executes instructions. */
    public void run(Task task) {
        task.state = TaskState.Running.INSTANCE;
    }

    /** A handler is about to run: a call that waits is over, with EINTR or to be made again after the handler (handle_signal of Linux). */
    void interruptCall(Task task, boolean actionRestarts) {
        if (task.isBlocked()) {
            spend(task, WAKE_UP_NANOS);
        }
        if (task.state instanceof TaskState.Completed(long result)) {
            task.cpu().r[Cpu.RAX] = result;
            task.systemCall = Task.NO_CALL;
        } else if (task.state instanceof TaskState.Blocked(Block block)) {
            leaveQueues(task, block);
            writeRemainder(task, block);
            restartOrFail(task, block, actionRestarts);
        } else if (task.state instanceof TaskState.Retrying(Block block)) {
            writeRemainder(task, block);
            restartOrFail(task, block, actionRestarts);
        } else if (task.state instanceof TaskState.Entering) {
            makeAgain(task);
        }
        task.state = TaskState.Running.INSTANCE;
    }

    private static void restartOrFail(Task task, Block block, boolean actionRestarts) {
        boolean again = switch (block.restart()) {
            case ALWAYS -> true;
            case AS_THE_ACTION_SAYS -> actionRestarts;
            case NEVER, REST_OF_TIME, AGAIN -> false;
        };
        if (block.done() > 0) {
            task.cpu().r[Cpu.RAX] = block.done();
            task.systemCall = Task.NO_CALL;
        } else if (again) {
            makeAgain(task);
        } else {
            Errno failure = block.restart() == Block.Restart.AGAIN ? Errno.EAGAIN : Errno.EINTR;
            task.cpu().r[Cpu.RAX] = failure.result();
            task.systemCall = Task.NO_CALL;
        }
    }

    private void writeRemainder(Task task, Block block) {
        if (block.remainder() != 0) {
            byte[] rest = new byte[TimeLayouts.TIMESPEC_BYTES];
            long nanos = Math.max(0, block.deadline() - clock.monotonic());
            TimeLayouts.putTimespec(rest, 0, nanos);
            task.process().memory().copyOut(block.remainder(), rest, 0, rest.length);
        }
    }

    /**
     * A debugger has changed a task's registers: a wait is over, and as on Linux the call is made again only if RAX and orig_rax
     * still say so.
     */
    public void registersWritten(Task task) {
        switch (task.state) {
            case TaskState.Blocked(Block block) -> {
                if (block.condition() instanceof WaitCondition.Released) {
                    return; // the child has its memory: it cannot go on, as on Linux, where it cannot even be stopped
                }
                leaveQueues(task, block);
            }
            case TaskState.Completed(long result) -> {
                if (isRestart(task.cpu().r[Cpu.RAX])) {
                    task.cpu().r[Cpu.RAX] = result;
                    task.systemCall = Task.NO_CALL;
                }
            }
            case TaskState.Running _, TaskState.Retrying _ -> {}
            case TaskState.Entering _, TaskState.Dead _ -> {
                return;
            }
        }
        task.state = TaskState.Running.INSTANCE;
    }

    /** Makes the call again that a debugger's register change has cut off, if RAX and orig_rax say so (do_signal of Linux). */
    public void restartCall(Task task) {
        Cpu cpu = task.cpu();
        if (task.state instanceof TaskState.Running && task.systemCall >= 0 && isRestart(cpu.r[Cpu.RAX])) {
            makeAgain(task);
        }
    }

    /** Goes back to the SYSCALL instruction. */
    private static void makeAgain(Task task) {
        task.cpu().rip -= 2;
        task.cpu().r[Cpu.RAX] = task.systemCall;
        task.systemCall = Task.NO_CALL;
    }

    private static boolean isRestart(long rax) {
        for (Block.Restart restart : Block.Restart.values()) {
            if (rax == restart.errno().result()) {
                return true;
            }
        }
        return false;
    }

    // ---- snapshots

    public KernelSnapshot capture() {
        return new KernelSnapshot(
                nextId,
                clock.capture(),
                entropy.capture(),
                processes.values().stream().map(Process::capture).toList(),
                tasks.stream().map(Task::capture).toList(),
                scheduler.capture(),
                futexes.capture(),
                piFutexes.capture(),
                signaling.sent(),
                ipc.capture(),
                mappedFiles.capture(),
                timers.order());
    }

    /** Brings back a moment of this same kernel. */
    public void restore(KernelSnapshot snapshot) {
        nextId = snapshot.nextId();
        clock.restore(snapshot.clock());
        entropy.restore(snapshot.entropy());
        timers.clear();
        timers.restoreOrder(snapshot.timeoutOrder());
        intervalTimers.clear();
        processes.clear();
        for (Process.Snapshot process : snapshot.processes()) {
            process.process().restore(process);
            processes.put(process.process().id(), process.process());
            for (IntervalTimer.Snapshot timer : process.timers()) {
                intervalTimers.restored(timer.timer(), timer.timeoutOrder());
            }
        }
        tasks.clear();
        for (Task.Snapshot captured : snapshot.tasks()) {
            Task task = captured.task();
            task.restore(captured);
            tasks.add(task);
            if (task.state instanceof TaskState.Blocked(Block block)) {
                task.timeout = timers.plan(block.deadline(), captured.timeoutOrder(), () -> expire(task));
            }
        }
        scheduler.restore(snapshot.scheduler());
        futexes.restore(snapshot.futexes());
        piFutexes.restore(snapshot.lockOwners());
        signaling.restoreSent(snapshot.signalsSent());
        ipc.restore(snapshot.ipc());
        mappedFiles.restore(snapshot.mappedFiles());
    }
}
