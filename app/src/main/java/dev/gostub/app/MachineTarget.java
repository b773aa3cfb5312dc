package dev.gostub.app;

import dev.gostub.emulator.host.HostPaths;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.RunPlan;
import dev.gostub.emulator.machine.StopEvent;
import dev.gostub.emulator.machine.TaskAction;
import dev.gostub.emulator.memory.Watch;
import dev.gostub.server.target.Catchpoints;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.GuestFiles;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.Launcher;
import dev.gostub.server.target.OutputSink;
import dev.gostub.server.target.ResumeAction;
import dev.gostub.server.target.ResumePlan;
import dev.gostub.server.target.RunRequest;
import dev.gostub.server.target.SignalPolicy;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.SystemCallFilter;
import dev.gostub.server.target.Target;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import dev.gostub.server.target.WatchKind;
import dev.gostub.server.target.Watchpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A machine as the debug server sees it: translates plans, stops and names, and keeps nothing that the machine knows itself.
 * To run a program anew is to make another machine.
 */
final class MachineTarget implements Target, Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(MachineTarget.class);
    /** An {@code int3} in the program's own text is for the debugger under every policy: nobody else understands it. */
    private static final long SIGTRAP_BIT = 1L << 5 - 1;

    private final GuestStart guest;
    private final VfsFiles files = new VfsFiles(this::tree);
    private Optional<MachineInferior> inferior = Optional.empty();
    private Optional<GuestStart.Start> started = Optional.empty();
    private Optional<StopReason> lastStop = Optional.empty();
    private SignalPolicy signals = SignalPolicy.stopAtAll();
    private SystemCallFilter caught = SystemCallFilter.none();
    private boolean executionsAreReported;

    /** A target without a program: a debugger has to name one. */
    MachineTarget(GuestStart guest) {
        this.guest = guest;
    }

    /** Loads the first program. */
    void load(ProgramLine line) throws UserError {
        try {
            load(guest.start(line));
        } catch (BadProgramException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    /** The last program has come to its end, or nobody wants it any more. */
    void ended() throws UserError {
        if (inferior.isPresent()) guest.leave(inferior.get().machine());
    }

    private void load(GuestStart.Start start) throws BadProgramException {
        Machine machine = guest.machine(start, true);
        MachineInferior loaded = new MachineInferior(machine);
        inferior = Optional.of(loaded);
        started = Optional.of(start);
        stopped(loaded, new StopReason.Started(loaded.threads().getFirst()));
        signalPolicy(signals);
        catchSystemCalls(caught);
        reportExecutions(executionsAreReported);
    }

    @Override
    public Optional<Inferior> inferior() {
        return inferior.map(each -> each);
    }

    @Override
    public Optional<StopReason> lastStop() {
        return lastStop;
    }

    @Override
    public StopReason resume(ResumePlan plan, BooleanSupplier interrupted) throws TargetException {
        MachineInferior live = live();
        RunPlan tasks = plan(live, plan);
        StopReason reason;
        try {
            reason = reason(live, live.machine().run(tasks, Machine.UNLIMITED, interrupted));
        } catch (OutOfMemoryError e) {
            // As Linux does it: the program is what has to go. Its machine may be in any state, and goes with it.
            LOG.error(RunCommand.OUT_OF_MEMORY);
            reason = new StopReason.Killed(live.pid(), RunCommand.SIGKILL);
        }
        if (reason instanceof StopReason.OfEnd) {
            live.machine().drain(GuestStart.DRAIN_MILLIS);
            inferior = Optional.empty();
        }
        // The machine's went with the program that was replaced.
        if (reason instanceof StopReason.Executed) live.removeBreakpoints();
        stopped(live, reason);
        return reason;
    }

    @Override
    public boolean isBrief(ResumePlan plan) {
        try {
            MachineInferior live = live();
            return live.machine().isStep(plan(live, plan));
        } catch (TargetException refused) {
            return false;
        }
    }

    private void stopped(MachineInferior live, StopReason reason) {
        lastStop = Optional.of(reason);
        live.stopped(reason);
    }

    private static RunPlan plan(MachineInferior live, ResumePlan plan) throws TargetException {
        List<RunPlan.TaskPlan> tasks = new ArrayList<>();
        for (ResumePlan.ThreadPlan each : plan.threads()) {
            Task task = live.task(each.thread());
            tasks.add(new RunPlan.TaskPlan(task.id(), action(each.action())));
        }
        return new RunPlan(tasks, action(plan.others()));
    }

    private static TaskAction action(ResumeAction action) {
        return switch (action) {
            case ResumeAction.Continue(int signal) -> new TaskAction.Continue(signal);
            case ResumeAction.Step(int signal) -> new TaskAction.Step(signal);
            case ResumeAction.StepRange(long start, long end) -> new TaskAction.StepRange(start, end);
            case ResumeAction.Stay() -> new TaskAction.Stay();
        };
    }

    private static StopReason reason(MachineInferior live, StopEvent event) {
        return switch (event) {
            case StopEvent.Breakpoint(Task task) -> new StopReason.Breakpoint(id(task), live.kindAt(task.cpu().rip));
            case StopEvent.Watchpoint(Task task, Watch watch) ->
                live.watchpoints().stop(id(task), watch);
            case StopEvent.Stepped(Task task) -> new StopReason.Stepped(id(task));
            case StopEvent.SignalReceived received ->
                new StopReason.Signalled(
                        id(received.task()), received.information().signal());
            case StopEvent.CallEntered(Task task, long number) -> new StopReason.CallEntered(id(task), number);
            case StopEvent.CallReturned(Task task, long number) -> new StopReason.CallReturned(id(task), number);
            case StopEvent.Executed(Task task, String path) -> new StopReason.Executed(id(task), path);
            case StopEvent.Exited exited -> new StopReason.Exited(live.pid(), exited.status());
            case StopEvent.KilledBySignal killed -> new StopReason.Killed(live.pid(), killed.signal());
            case StopEvent.Interrupted(Task task) -> new StopReason.Interrupted(id(task));
            case StopEvent.NoneLeft() -> new StopReason.NoneLeft();
            case StopEvent.BudgetUsed() -> throw new IllegalStateException("a run without a limit used it up");
        };
    }

    static ThreadId id(Task task) {
        return new ThreadId(task.process().id(), task.id());
    }

    @Override
    public void wake() {
        guest.wake();
    }

    @Override
    public void kill() {
        if (inferior.isEmpty()) return;
        MachineInferior live = inferior.get();
        live.machine().kill();
        inferior = Optional.empty();
        lastStop = Optional.of(new StopReason.Killed(live.pid(), RunCommand.SIGKILL));
    }

    @Override
    public void detach() {
        inferior.ifPresent(MachineInferior::removeBreakpoints);
    }

    @Override
    public Optional<Watchpoints> watchpoints() {
        return Optional.of(new Watchpoints() {
            @Override
            public void insert(WatchKind kind, long address, long lengthBytes) throws TargetException {
                live().watchpoints().insert(kind, address, lengthBytes);
            }

            @Override
            public void remove(WatchKind kind, long address, long lengthBytes) throws TargetException {
                live().watchpoints().remove(kind, address, lengthBytes);
            }
        });
    }

    @Override
    public Optional<Catchpoints> catchpoints() {
        return Optional.of(this::catchSystemCalls);
    }

    private void catchSystemCalls(SystemCallFilter filter) {
        caught = filter;
        inferior.ifPresent(live -> live.machine().reportSystemCalls(filter::holds));
    }

    private MachineInferior live() throws TargetException {
        return inferior.orElseThrow(() -> new TargetException(Errno.ESRCH, "the program has ended"));
    }

    @Override
    public void reportExecutions(boolean report) {
        executionsAreReported = report;
        inferior.ifPresent(live -> live.machine().reportExecutions(report));
    }

    @Override
    public void signalPolicy(SignalPolicy policy) {
        signals = policy;
        inferior.ifPresent(
                live -> live.machine().reportSignals(~policy.passSilently().bits() | SIGTRAP_BIT));
    }

    @Override
    public void output(Optional<OutputSink> sink) {
        guest.terminal().output(sink);
    }

    @Override
    public GuestFiles files() {
        return files;
    }

    private Optional<VfsFiles.Tree> tree() {
        return inferior.map(MachineInferior::machine)
                .map(machine ->
                        new VfsFiles.Tree(machine.vfs(), machine.process().directories()));
    }

    @Override
    public Optional<Launcher> launcher() {
        return Optional.of(this);
    }

    @Override
    public void run(RunRequest request) throws TargetException {
        GuestStart.Start next = next(request);
        Optional<MachineInferior> before = inferior;
        try {
            load(next);
        } catch (BadProgramException e) {
            throw new TargetException(Errno.ENOENT, String.valueOf(e.getMessage()));
        }
        before.ifPresent(old -> old.machine().kill());
    }

    private GuestStart.Start next(RunRequest request) throws TargetException {
        Path program = request.file()
                .filter(file -> !file.isEmpty())
                .map(guest::file)
                .or(() -> started.map(GuestStart.Start::program))
                .orElseThrow(
                        () -> new TargetException(Errno.ENOENT, "no program was named; use set remote exec-file FILE"));
        List<String> arguments = request.arguments()
                .orElse(started.map(GuestStart.Start::arguments).orElse(List.of()));
        Optional<String> directory = request.directory().or(() -> started.flatMap(GuestStart.Start::directory));
        List<String> environment;
        try {
            environment = new ArrayList<>(guest.environment(program));
        } catch (UserError e) {
            throw new TargetException(Errno.ENOENT, e.line());
        }
        for (RunRequest.EnvironmentChange change : request.environment()) GuestEnvironment.change(environment, change);
        return new GuestStart.Start(program, HostPaths.name(program), arguments, environment, directory);
    }
}
