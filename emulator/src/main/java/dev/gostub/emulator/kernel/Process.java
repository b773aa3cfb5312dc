package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Clone;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.AddressSpaceSnapshot;
import dev.gostub.emulator.vfs.FileLocks;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.FileTableSnapshot;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.ProcessSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A process: address space, files, signal actions and the tasks that share them. */
@SuppressWarnings("AvoidCommonTypeNames") // Linux calls it so; nothing here starts a process of the host
public final class Process {
    private final int id;
    final Kinship kin = new Kinship();
    private AddressSpace memory;
    private FileTable files;
    private final FileSystemContext directories;

    final ArrayList<Task> tasks = new ArrayList<>();
    final PendingSignals pending = new PendingSignals();
    final SignalAction[] actions = new SignalAction[65];
    /** POSIX timers by number; the three interval timers have the numbers -1, -2 and -3. */
    final LinkedHashMap<Integer, IntervalTimer> timers = new LinkedHashMap<>();

    Credentials credentials;
    /** Soft and hard limit of each resource. */
    private final long[] limits = new long[2 * SystemLayouts.RLIMIT_COUNT];

    private final long[] settings = new long[ProcessSetting.values().length];

    Program program = Program.NONE;
    long breakStart;
    long breakEnd;
    int nextTimer;
    int group;
    int session;
    long cpuTime;
    long systemTime;
    /** Stopped by SIGSTOP or its kin: no task gets a turn. */
    boolean stopped;
    /** {@code exit_group(2)} was called or a signal killed the process. */
    boolean exiting;
    /** As {@code wait4(2)} encodes it; of use once all tasks are gone. */
    int exitStatus;
    /** Has replaced its program since it was made. */
    boolean executed;
    /** Commands of {@code membarrier(2)} that were announced; a property of the address space. */
    private int barriers;
    /** Set when the task with the process's number has ended. */
    Optional<EndedLeader> endedLeader = Optional.empty();
    /** Names the address space; two processes that share one have the same. */
    private int space;

    Process(int id, AddressSpace memory, FileTable files, FileSystemContext directories, Credentials credentials) {
        this.id = id;
        this.memory = memory;
        this.files = files;
        this.directories = directories;
        this.credentials = credentials;
        this.group = id;
        this.session = id;
        this.space = id;
        Arrays.fill(actions, SignalAction.DEFAULT);
        for (ProcessSetting setting : ProcessSetting.values()) {
            settings[setting.ordinal()] = setting.initial();
        }
        Arrays.fill(limits, SystemLayouts.RLIM_INFINITY);
        limit(SystemLayouts.RLIMIT_STACK, 8 << 20, SystemLayouts.RLIM_INFINITY);
        limit(SystemLayouts.RLIMIT_CORE, 0, SystemLayouts.RLIM_INFINITY);
        limit(SystemLayouts.RLIMIT_NOFILE, 1024, 1 << 20);
        limit(SystemLayouts.RLIMIT_MEMLOCK, 8 << 20, 8 << 20);
        limit(SystemLayouts.RLIMIT_NPROC, 63_000, 63_000);
        limit(SystemLayouts.RLIMIT_SIGPENDING, 63_000, 63_000);
        limit(SystemLayouts.RLIMIT_MSGQUEUE, 819_200, 819_200);
        limit(SystemLayouts.RLIMIT_NICE, 0, 0);
        limit(SystemLayouts.RLIMIT_RTPRIO, 0, 0);
    }

    public int id() {
        return id;
    }

    /** What is between this process and its parent. */
    public Kinship kin() {
        return kin;
    }

    public int group() {
        return group;
    }

    public int session() {
        return session;
    }

    public void setGroup(int number) {
        group = number;
    }

    public void setSession(int number) {
        session = number;
    }

    public AddressSpace memory() {
        return memory;
    }

    /** Live tasks in the order of their creation; the first is the leader while it lives. */
    public List<Task> tasks() {
        return Collections.unmodifiableList(tasks);
    }

    /** Open files by descriptor. */
    public FileTable files() {
        return files;
    }

    /** Root, current directory, umask. */
    public FileSystemContext directories() {
        return directories;
    }

    /** POLL* bits of a descriptor; all bits for one that is closed: who waits for it must look again. */
    int readiness(int descriptor) {
        return files.find(descriptor).map(OpenFile::readiness).orElse(-1);
    }

    /** Could the lock be had now; so, too, if the descriptor is closed: who waits for it must look again. */
    boolean mayLock(int descriptor, FileLocks.Wanted wanted) {
        return files.find(descriptor)
                .flatMap(file -> file.conflict(files, wanted))
                .isEmpty();
    }

    /** Has the process replaced its program since it was made. */
    public boolean hasExecuted() {
        return executed;
    }

    /** Takes over what a new process has from its parent. */
    void inherit(Process from, Lifecycle.Birth birth) {
        kin.parent = birth.has(Clone.CLONE_PARENT) ? from.kin.parent : from.id;
        kin.exitSignal = birth.exitSignal();
        group = from.group;
        session = from.session;
        System.arraycopy(from.limits, 0, limits, 0, limits.length);
        System.arraycopy(from.settings, 0, settings, 0, settings.length);
        System.arraycopy(from.actions, 0, actions, 0, actions.length);
        if (birth.has(Clone.CLONE_CLEAR_SIGHAND)) {
            resetHandlers();
        }
        program = from.program;
        breakStart = from.breakStart;
        breakEnd = from.breakEnd;
        barriers = from.barriers;
        if (birth.has(Clone.CLONE_VM)) {
            space = from.space;
        }
    }

    /** Signals that are ignored stay so. */
    private void resetHandlers() {
        for (int signal = 1; signal < actions.length; signal++) {
            if (actions[signal].isHandler()) {
                actions[signal] = SignalAction.DEFAULT;
            }
        }
    }

    /** The task with the process's number, if it has ended. */
    public Optional<EndedLeader> endedLeader() {
        return endedLeader;
    }

    public boolean isAlive() {
        return !tasks.isEmpty();
    }

    public boolean isStopped() {
        return stopped;
    }

    public Credentials credentials() {
        return credentials;
    }

    public void setCredentials(Credentials changed) {
        credentials = changed;
    }

    public SignalAction action(int signal) {
        return actions[signal];
    }

    /** Signals that were sent to the process and that no task has taken. */
    public long pendingSet() {
        return pending.set();
    }

    /** What is executed. */
    public Program program() {
        return program;
    }

    /** Replaces the program; {@code dataEnd} is where the break of the new one starts. */
    void execute(AddressSpace loadedInto, Program loaded, long dataEnd) {
        memory = loadedInto;
        space = id;
        barriers = 0;
        executed = true;
        endedLeader = Optional.empty(); // whoever executes takes its number
        resetHandlers();
        files = files.forExec();
        program = loaded;
        breakStart = dataEnd;
        breakEnd = dataEnd;
    }

    /** Commands of {@code membarrier(2)} that were announced. */
    public int barriers() {
        return barriers;
    }

    public void registerBarriers(int command) {
        barriers |= command;
    }

    public long breakStart() {
        return breakStart;
    }

    public long breakEnd() {
        return breakEnd;
    }

    public void setBreakEnd(long address) {
        breakEnd = address;
    }

    /** What was set through /proc. */
    public long setting(ProcessSetting setting) {
        return settings[setting.ordinal()];
    }

    public void set(ProcessSetting setting, long value) {
        settings[setting.ordinal()] = value;
    }

    public long softLimit(int resource) {
        return limits[2 * resource];
    }

    public long hardLimit(int resource) {
        return limits[2 * resource + 1];
    }

    public void limit(int resource, long soft, long hard) {
        limits[2 * resource] = soft;
        limits[2 * resource + 1] = hard;
    }

    /** Processor time of all tasks, past ones included, in nanoseconds. */
    public long cpuTime() {
        return cpuTime;
    }

    /** The part of {@link #cpuTime} that was spent inside the kernel. */
    public long systemTime() {
        return systemTime;
    }

    /** As {@code wait4(2)} encodes it. */
    public int exitStatus() {
        return exitStatus;
    }

    /** Futex words are told apart by this number and their address. */
    long space() {
        return space;
    }

    Snapshot capture() {
        long[] numbers = {
            breakStart,
            breakEnd,
            nextTimer,
            group,
            session,
            cpuTime,
            stopped ? 1 : 0,
            exiting ? 1 : 0,
            exitStatus,
            executed ? 1 : 0,
            space,
            systemTime,
            barriers
        };
        return new Snapshot(
                this,
                kin.capture(),
                memory,
                memory.capture(),
                files,
                files.capture(),
                directories.capture(),
                List.copyOf(tasks),
                pending.capture(),
                List.of(actions),
                timers.values().stream().map(IntervalTimer::capture).toList(),
                credentials,
                limits.clone(),
                settings.clone(),
                program,
                endedLeader,
                numbers);
    }

    /** Brings back all but what the timers have planned. */
    void restore(Snapshot snapshot) {
        memory = snapshot.memory;
        memory.restore(snapshot.content);
        files = snapshot.table;
        files.restore(snapshot.files);
        directories.restore(snapshot.directories);
        tasks.clear();
        tasks.addAll(snapshot.tasks);
        pending.restore(snapshot.pending);
        snapshot.actions.toArray(actions);
        timers.clear();
        for (IntervalTimer.Snapshot timer : snapshot.timers) {
            timer.timer().restore(timer);
            timers.put(timer.timer().key(), timer.timer());
        }
        credentials = snapshot.credentials;
        System.arraycopy(snapshot.limits, 0, limits, 0, limits.length);
        System.arraycopy(snapshot.settings, 0, settings, 0, settings.length);
        program = snapshot.program;
        endedLeader = snapshot.endedLeader;
        long[] n = snapshot.numbers;
        breakStart = n[0];
        breakEnd = n[1];
        nextTimer = (int) n[2];
        group = (int) n[3];
        session = (int) n[4];
        cpuTime = n[5];
        stopped = n[6] != 0;
        exiting = n[7] != 0;
        exitStatus = (int) n[8];
        executed = n[9] != 0;
        space = (int) n[10];
        systemTime = n[11];
        barriers = (int) n[12];
        kin.restore(snapshot.kin);
    }

    /** A process at one moment; the arrays are never changed after capture. */
    record Snapshot(
            Process process,
            Kinship.Snapshot kin,
            AddressSpace memory,
            AddressSpaceSnapshot content,
            FileTable table,
            FileTableSnapshot files,
            FileSystemContext.Snapshot directories,
            List<Task> tasks,
            List<SignalInformation> pending,
            List<SignalAction> actions,
            List<IntervalTimer.Snapshot> timers,
            Credentials credentials,
            long[] limits,
            long[] settings,
            Program program,
            Optional<EndedLeader> endedLeader,
            long[] numbers) {}
}
