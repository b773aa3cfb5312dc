package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.kernel.FileBacking;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Moment;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.TaskState;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Watch;
import dev.gostub.emulator.syscall.Syscalls;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.SeekableObject;
import dev.gostub.emulator.vfs.Vfs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * A Linux machine that runs one program, and the processes that this one makes.
 *
 * <pre>
 * Machine ── Kernel ── Process ── Task ── Cpu
 *    ├────── Vfs, Syscalls
 *    ├────── Engines       decoded code and breakpoints of each process's memory
 *    └────── RunLoop       turns, signals, stops
 * </pre>
 *
 * One thread at a time uses it. Between runs everything in it may be read and changed; the guest notices nothing of that.
 */
public final class Machine {
    /** A run without a limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int LONGEST_INSTRUCTION_BYTES = 15;
    private static final long DRAIN_LOOK_MILLIS = 20;

    private final Kernel kernel;
    private final Vfs vfs;
    private final Process process;
    private final Engines engines;
    private final ProgramLoader loader;
    private final Syscalls syscalls;
    private final RunLoop loop;

    /**
     * Loads a program; it stands before its first instruction.
     *
     * @throws BadProgramException the program cannot be run
     */
    public Machine(MachineConfiguration configuration) throws BadProgramException {
        ProgramStart start = new ProgramStart(configuration);
        kernel = start.kernel();
        vfs = start.vfs();
        process = start.process();
        engines = new Engines(kernel);
        loader = start.loader();
        syscalls = new Syscalls(kernel, vfs, this::execute, process.tasks().getFirst());
        loop = new RunLoop(kernel, vfs, syscalls, process, engines);
    }

    private void execute(Task task, String path, List<String> arguments, List<String> environment) throws FileFailure {
        ProgramLoader.Loaded loaded = loader.loadForExec(task.process(), path, arguments, environment);
        try {
            kernel.lifecycle().execute(task, loaded.memory(), loaded.program(), loaded.dataEnd());
            loop.executed(task);
        } catch (RuntimeException | Error defect) {
            // Past the point of no return: there is no program left to go on with.
            kernel.defects().report(defect, () -> "execve of " + path + " by task " + task.id() + " ended the process");
            kernel.lifecycle().kill(task.process(), Signals.SIGKILL);
        }
    }

    // ---- running

    /**
     * Runs until there is a reason to stop.
     *
     * @param plan what each task does
     * @param budget instructions after which to stop; exact
     * @param interrupted asked at least every 100,000 instructions, and while every task sleeps
     */
    public StopEvent run(RunPlan plan, long budget, BooleanSupplier interrupted) {
        return loop.run(plan, budget, interrupted);
    }

    /** True if a run by this plan is a single step and nothing else: of a task that has the next turn, over an instruction that is no system call. */
    public boolean isStep(RunPlan plan) {
        if (plan.tasks().size() != 1 || !plan.tasks().getFirst().action().equals(new TaskAction.Step(0))) {
            return false;
        }
        return task(plan.tasks().getFirst().task())
                .filter(task -> task.state() instanceof TaskState.Running
                        && kernel.scheduler().hasTurnNext(task)
                        && !mayCallNext(task))
                .isPresent();
    }

    /** True if SYSCALL, SYSENTER or INT 80h may be the next instruction, behind whatever prefixes. */
    private boolean mayCallNext(Task task) {
        byte[] code = peek(task.cpu().rip, LONGEST_INSTRUCTION_BYTES);
        for (int i = 1; i < code.length; i++) {
            int pair = (code[i - 1] & 0xff) << 8 | code[i] & 0xff;
            if (pair == 0x0f05 || pair == 0x0f34 || pair == 0xcd80) {
                return true;
            }
        }
        return false;
    }

    /** Runs all tasks to the end of the program, or until {@code budget} instructions have retired. */
    public StopEvent run(long budget) {
        return loop.run(RunPlan.ALL, budget, () -> false);
    }

    /**
     * Sets which signals (a bit each, SIGHUP in bit 0) stop the machine before they are delivered; none to begin with. Signals that an
     * instruction raises are signals like others here.
     */
    public void reportSignals(long signals) {
        loop.report(signals);
    }

    /**
     * Sets which system calls, by number, stop the machine when they are entered and when they return, as {@code PTRACE_SYSCALL} does; none to begin with. Tasks that
     * are stepped do not stop there.
     */
    public void reportSystemCalls(LongPredicate numbers) {
        loop.reportCalls(numbers);
    }

    /** Sets whether the machine stops when the program has replaced itself by another one ({@code execve(2)}); not to begin with. */
    public void reportExecutions(boolean report) {
        loop.reportExecutions(report);
    }

    /** Sets whether a sleep takes as long outside as inside; not to begin with. The guest cannot tell. */
    public void pace(boolean on) {
        loop.pace(on);
    }

    /** The program has ended: lets what it sent last go out, for so long at most. */
    public void drain(long millis) {
        Doorbell doorbell = kernel.host().doorbell();
        long end = doorbell.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        vfs.pollHost();
        while (vfs.hasUnsent() && doorbell.nanoTime() - end < 0) {
            doorbell.awaitMillis(DRAIN_LOOK_MILLIS);
            vfs.pollHost();
        }
    }

    /** Ends the program at once, as SIGKILL does. */
    public void kill() {
        if (process.isAlive()) {
            kernel.lifecycle().kill(process, Signals.SIGKILL);
        }
    }

    /** What a terminal does at ^C, and when its window changes: all processes of the group in the foreground get the signal, or the program if there is none. */
    public void signalForeground(int signal) {
        SignalInformation information = SignalInformation.kernel(signal);
        int group = vfs.terminal().foregroundGroup();
        List<Process> foreground = kernel.processes().stream()
                .filter(each -> each.isAlive() && each.group() == group)
                .toList();
        for (Process each : foreground.isEmpty() ? List.of(process) : foreground) {
            kernel.signaling().send(each, information);
        }
    }

    /** Now. */
    public Moment moment() {
        return new Moment(kernel.clock().retired());
    }

    // ---- looking

    public Kernel kernel() {
        return kernel;
    }

    public Vfs vfs() {
        return vfs;
    }

    /** The program's process, dead or alive. */
    public Process process() {
        return process;
    }

    /** Live tasks of the program in the order of their creation. */
    public List<Task> tasks() {
        return process.tasks();
    }

    public Optional<Task> task(int id) {
        return kernel.task(id).filter(task -> task.process() == process);
    }

    /** Decoded code and breakpoints of the program; another one once the process has executed another program. */
    public Engine engine() {
        return engines.of(process.memory());
    }

    public Syscalls syscalls() {
        return syscalls;
    }

    /** Reads memory for a debugger; fewer bytes than asked for where it ends. */
    public byte[] peek(long address, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        int count = process.memory().peek(address, bytes, 0, lengthBytes);
        return count == lengthBytes ? bytes : Arrays.copyOf(bytes, count);
    }

    /** Writes memory for a debugger, read-only text included; returns the number of bytes written. */
    public int poke(long address, byte[] bytes) {
        return process.memory().poke(address, bytes, 0, bytes.length);
    }

    /** Must be called after a debugger has changed registers of a task: what the task waited for may be void. */
    public void registersWritten(Task task) {
        kernel.registersWritten(task);
    }

    public void insertBreakpoint(long address) {
        engine().insertBreakpoint(address);
    }

    public void removeBreakpoint(long address) {
        engine().removeBreakpoint(address);
    }

    /** Watches a range for accesses by the program's instructions; what system calls read and write is not noticed, as with the processor's own debug registers. */
    public void watch(Watch watch) {
        process.memory().watch(watch);
    }

    public void unwatch(Watch watch) {
        process.memory().unwatch(watch);
    }

    /** Sends a readable line for each system call to {@code sink}. */
    public void traceSystemCalls(Consumer<String> sink) {
        syscalls.trace(sink);
    }

    // ---- snapshots

    public MachineSnapshot capture() {
        return new MachineSnapshot(kernel.capture(), vfs.capture(mappedFiles()));
    }

    /** Files that neither a descriptor nor a name leads to. */
    private List<SeekableObject> mappedFiles() {
        List<SeekableObject> files = new ArrayList<>();
        for (Process each : kernel.processes()) {
            for (Mapping mapping : each.memory().mappings()) {
                if (mapping.backing() instanceof FileBacking backing) {
                    files.add(backing.file());
                }
            }
        }
        kernel.ipc().memory().all().forEach(segment -> files.add(segment.file()));
        return files;
    }

    /** Goes back, or on, to a moment of this machine. */
    public void restore(MachineSnapshot snapshot) {
        vfs.restore(snapshot.files());
        kernel.restore(snapshot.kernel());
        loop.moved();
    }

    /** Equal for equal states of registers, memory and clock; costs the pages written since the last call. */
    public long stateHash() {
        long hash = kernel.clock().sinceStart() * 31 + kernel.clock().retired();
        for (Process each : kernel.processes()) {
            hash = hash * 0x9e3779b97f4a7c15L + each.memory().hash() + each.id();
        }
        for (Task task : kernel.tasks()) {
            hash = hash * 0x9e3779b97f4a7c15L + task.cpu().hash() + 31L * task.id() + 7 * task.signalMask();
        }
        return hash;
    }
}
