package dev.gostub.emulator.kernel;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.CpuSnapshot;
import java.util.List;

/**
 * A thread of the guest: its processor state, its signals, and where it stands. Tasks are made by {@link Kernel} only.
 *
 * <p>Inside a system call that waits, RIP is behind the SYSCALL instruction, RAX holds the negative ERESTART number and
 * {@link #systemCall} the call's number, as a debugger sees it on Linux.
 */
public final class Task {
    /** {@link #systemCall} of a task that is in none. */
    public static final long NO_CALL = -1;

    private static final long USUAL_TIMER_SLACK_NANOS = 50_000;

    private int id;
    private final Process process;
    private Cpu cpu;

    TaskState state = TaskState.Running.INSTANCE;
    /** Number of the system call that the task is in (orig_rax): of the last one entered, until signals are delivered. */
    long systemCall = NO_CALL;

    String name;
    final PendingSignals pending = new PendingSignals();
    long blocked;
    /** The mask to go back to after {@code rt_sigsuspend(2)} and its kin; meaningful while {@link #maskSaved}. */
    long savedMask;

    boolean maskSaved;
    AlternateStack alternateStack = AlternateStack.NONE;
    long clearChildTid;
    long robustList;
    Trap lastTrap = Trap.NONE;
    /** The signal that was last shown to a debugger or delivered. */
    SignalInformation lastSignal = new SignalInformation(0, 0, 0, 0, 0);

    /** Which of the guest's processors it was given; only names, they all are the one host thread. */
    int processor;

    long affinity;
    /** Nanoseconds on a processor: instructions retired, and the time in the kernel. */
    long cpuTime;
    /** The part of it in the kernel. */
    long systemTime;
    /** What the scheduler goes by. */
    long virtualRuntime;

    /** {@code PR_SET_KEEPCAPS}: only remembered, capabilities follow the user number. */
    boolean keepsCapabilities;

    /** {@code PR_SET_TIMERSLACK}: only remembered, timers are exact. */
    private long timerSlackNanos = USUAL_TIMER_SLACK_NANOS;
    /** What a timer slack of 0 stands for: that of the task that made this one. */
    private long defaultTimerSlackNanos = USUAL_TIMER_SLACK_NANOS;

    /** Which list of what SEM_UNDO asks for it has, perhaps with others; 0 for none. */
    int undoList;

    /** Where the task is in the queue of time-outs, while it waits with a deadline. */
    Timers.Timeout timeout = Timers.Timeout.NONE;

    Task(int id, Process process, String name) {
        this.id = id;
        this.process = process;
        this.cpu = new Cpu(process.memory());
        this.name = name;
    }

    /** Replaces everything that belonged to the program before ({@code execve(2)}); the process has its new memory already. */
    void execute(String newName) {
        id = process.id();
        name = newName;
        cpu = new Cpu(process.memory());
        state = TaskState.Running.INSTANCE;
        systemCall = NO_CALL;
        alternateStack = AlternateStack.NONE;
        clearChildTid = 0;
        robustList = 0;
        keepsCapabilities = false;
    }

    public int id() {
        return id;
    }

    public Process process() {
        return process;
    }

    public Cpu cpu() {
        return cpu;
    }

    public TaskState state() {
        return state;
    }

    public boolean isAlive() {
        return !(state instanceof TaskState.Dead);
    }

    public boolean isBlocked() {
        return state instanceof TaskState.Blocked;
    }

    /** Number of the system call that the task is in or was last in, -1 for none: orig_rax. */
    public long systemCall() {
        return systemCall;
    }

    /** Says that the task has entered a system call, or with {@link #NO_CALL} that the last one must not be restarted. */
    public void enterCall(long number) {
        systemCall = number;
    }

    /** The name as in /proc/PID/task/TID/comm. */
    public String name() {
        return name;
    }

    public void rename(String newName) {
        name = newName;
    }

    /** Signals that wait, of the task and of its process. */
    public long pendingSet() {
        return pending.set() | process.pending.set();
    }

    /** Is there a signal that the mask lets through. */
    public boolean hasDeliverableSignal() {
        return (pendingSet() & ~blocked) != 0;
    }

    public long signalMask() {
        return blocked;
    }

    /** Sets the mask; SIGKILL and SIGSTOP cannot be blocked. */
    public void setSignalMask(long mask) {
        blocked = mask & ~Signaling.UNBLOCKABLE;
    }

    /** Sets a mask for the duration of one system call; the old one comes back after it, or after the handler that ends it. */
    public void setTemporarySignalMask(long mask) {
        if (!maskSaved) {
            savedMask = blocked;
            maskSaved = true;
        }
        setSignalMask(mask);
    }

    /** Brings back the mask that {@link #setTemporarySignalMask} replaced, if any. */
    public void restoreSignalMask() {
        if (maskSaved) {
            maskSaved = false;
            blocked = savedMask;
        }
    }

    public AlternateStack alternateStack() {
        return alternateStack;
    }

    public void setAlternateStack(AlternateStack stack) {
        alternateStack = stack;
    }

    public SignalInformation lastSignal() {
        return lastSignal;
    }

    /** Changes what a handler is told, as a debugger may before it lets the task go on with the signal. */
    public void setLastSignal(SignalInformation information) {
        lastSignal = information;
    }

    public long timerSlackNanos() {
        return timerSlackNanos;
    }

    /** 0 for what the task started with. */
    public void setTimerSlackNanos(long nanos) {
        timerSlackNanos = nanos == 0 ? defaultTimerSlackNanos : nanos;
    }

    /** What a new task has from the one that made it. */
    void inheritTimerSlack(Task from) {
        timerSlackNanos = from.timerSlackNanos;
        defaultTimerSlackNanos = from.timerSlackNanos;
    }

    public boolean keepsCapabilities() {
        return keepsCapabilities;
    }

    public void setKeepsCapabilities(boolean keep) {
        keepsCapabilities = keep;
    }

    public void setClearChildTid(long address) {
        clearChildTid = address;
    }

    public long clearChildTid() {
        return clearChildTid;
    }

    public void setRobustList(long address) {
        robustList = address;
    }

    public long robustList() {
        return robustList;
    }

    /** Names the list of what SEM_UNDO asks for; 0 for none. */
    public int undoList() {
        return undoList;
    }

    public int processor() {
        return processor;
    }

    public long affinity() {
        return affinity;
    }

    public void setAffinity(long mask) {
        affinity = mask;
        if ((mask >>> processor & 1) == 0) {
            processor = Long.numberOfTrailingZeros(mask);
        }
    }

    /** Time spent on a processor, in nanoseconds. */
    public long cpuTime() {
        return cpuTime;
    }

    /** The part of {@link #cpuTime} that the task spent inside the kernel. */
    public long systemTime() {
        return systemTime;
    }

    /** Counts instructions that the task has retired. */
    public void charge(long instructions) {
        cpuTime += instructions;
        virtualRuntime += instructions;
        process.cpuTime += instructions;
    }

    /** Counts time that the task has spent inside the kernel. */
    void chargeSystem(long nanos) {
        cpuTime += nanos;
        systemTime += nanos;
        process.cpuTime += nanos;
        process.systemTime += nanos;
    }

    /** Notes what the processor said with an exception: its number, error code and address. */
    public void setTrap(int number, long errorCode, long address) {
        lastTrap = new Trap(number, errorCode, address);
    }

    /** What the processor said with the last exception: for the context that a handler sees. */
    record Trap(int number, long errorCode, long address) {
        static final Trap NONE = new Trap(0, 0, 0);
    }

    Snapshot capture() {
        long[] numbers = {
            blocked,
            savedMask,
            maskSaved ? 1 : 0,
            clearChildTid,
            robustList,
            processor,
            affinity,
            cpuTime,
            virtualRuntime,
            systemCall,
            id,
            keepsCapabilities ? 1 : 0,
            systemTime,
            undoList,
            timerSlackNanos,
            defaultTimerSlackNanos
        };
        return new Snapshot(
                this,
                cpu,
                cpu.capture(),
                state,
                name,
                pending.capture(),
                numbers,
                alternateStack,
                lastTrap,
                lastSignal,
                timeout.order());
    }

    /** Brings back all but the place in queues. */
    void restore(Snapshot snapshot) {
        cpu = snapshot.cpu;
        cpu.restore(snapshot.registers);
        state = snapshot.state;
        name = snapshot.name;
        pending.restore(snapshot.pending);
        long[] n = snapshot.numbers;
        blocked = n[0];
        savedMask = n[1];
        maskSaved = n[2] != 0;
        clearChildTid = n[3];
        robustList = n[4];
        processor = (int) n[5];
        affinity = n[6];
        cpuTime = n[7];
        virtualRuntime = n[8];
        systemCall = n[9];
        id = (int) n[10];
        keepsCapabilities = n[11] != 0;
        systemTime = n[12];
        undoList = (int) n[13];
        timerSlackNanos = n[14];
        defaultTimerSlackNanos = n[15];
        alternateStack = snapshot.alternateStack;
        lastTrap = snapshot.lastTrap;
        lastSignal = snapshot.lastSignal;
        timeout = Timers.Timeout.NONE;
    }

    /**
     * A task at one moment; the array is never changed after capture.
     *
     * @param timeoutOrder its place among the time-outs of the same time
     */
    record Snapshot(
            Task task,
            Cpu cpu,
            CpuSnapshot registers,
            TaskState state,
            String name,
            List<SignalInformation> pending,
            long[] numbers,
            AlternateStack alternateStack,
            Trap lastTrap,
            SignalInformation lastSignal,
            long timeoutOrder) {}
}
