package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.engine.Engine;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.TaskState;
import dev.gostub.emulator.memory.GuestFault;
import dev.gostub.emulator.syscall.Syscalls;
import dev.gostub.emulator.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tasks their turns. Each round: let in what came from outside, let timers go off, ask the scheduler, then either take up a system
 * call whose wait is over, or deal with a signal, or execute instructions until the turn, the budget or something else ends.
 *
 * <p>A round never runs past the next timer, so a timer signal comes at its exact moment; and it costs next to nothing beside the instructions
 * of a turn.
 */
final class RunLoop {
    /** Instructions between two looks at the terminal. */
    private static final long POLL = 50_000;

    private final Kernel kernel;
    private final Vfs vfs;
    private final Syscalls syscalls;
    private final Process process;
    private final Engines engines;
    private final Idling idling;
    private final UnknownInstructions unknown = new UnknownInstructions();
    private final Predicate<Task> mayMove = this::mayMove;
    private RunPlan plan = RunPlan.ALL;
    private boolean everybodyMoves = true;
    /** Number of the youngest task when the plan was made. */
    private int newest;

    /** Tasks that are to run within a range and have not executed an instruction yet: the first one is stepped, wherever it is. */
    private final List<Task> unmoved = new ArrayList<>(1);

    private long reported;
    private LongPredicate reportedCalls = _ -> false;
    private long lastPoll;
    private boolean executionsAreReported;
    private @Nullable Task lastTask;
    /** Who would be to blame for an exception now. */
    private @Nullable Task turn;
    /** The program has just been replaced, and somebody wants to know. */
    private boolean executed;

    RunLoop(Kernel kernel, Vfs vfs, Syscalls syscalls, Process process, Engines engines) {
        this.kernel = kernel;
        this.vfs = vfs;
        this.syscalls = syscalls;
        this.process = process;
        this.engines = engines;
        this.idling = new Idling(kernel, vfs);
    }

    void report(long signals) {
        reported = signals;
        kernel.signaling().watch(signals);
    }

    void reportCalls(LongPredicate numbers) {
        reportedCalls = numbers;
    }

    void reportExecutions(boolean report) {
        executionsAreReported = report;
    }

    /** The task's program was replaced. */
    void executed(Task task) {
        executed = executionsAreReported && task.process() == process;
    }

    StopEvent run(RunPlan newPlan, long budget, BooleanSupplier interrupted) {
        idling.begin();
        try {
            return go(newPlan, budget, interrupted);
        } finally {
            idling.end();
        }
    }

    /** See {@link Machine#pace}. */
    void pace(boolean on) {
        idling.pace(on);
    }

    /** The machine was taken to another moment. */
    void moved() {
        idling.moved();
    }

    private StopEvent go(RunPlan newPlan, long budget, BooleanSupplier interrupted) {
        plan = newPlan;
        everybodyMoves = plan.tasks().isEmpty() && plan.others() instanceof TaskAction.Continue;
        newest = kernel.newestId();
        unmoved.clear();
        long retired = kernel.clock().retired();
        long end = budget > Long.MAX_VALUE - retired ? Long.MAX_VALUE : retired + budget;
        StopEvent first = contained(this::begin);
        while (first == null) {
            if (!process.isAlive()) {
                return ended();
            }
            if (interrupted.getAsBoolean()) {
                return new StopEvent.Interrupted(spokesman());
            }
            if (kernel.clock().retired() >= end) {
                return new StopEvent.BudgetUsed();
            }
            first = contained(() -> round(end, interrupted));
        }
        return first;
    }

    /** A part of a run. */
    private interface Part {
        @Nullable
        StopEvent play();
    }

    /**
     * Plays a part; where an exception that nobody foresaw comes out of it, the process whose task had the turn cannot go on: its state is that of the middle of something. The others can. The kernel is
     * out of memory in the same way: who has the turn has to go, as on Linux whom the OOM killer chooses.
     */
    private @Nullable StopEvent contained(Part part) {
        turn = null;
        try {
            return part.play();
        } catch (RuntimeException | Error defect) {
            Task guilty = turn;
            kernel.defects()
                    .report(
                            defect,
                            () -> guilty == null
                                    ? "a round of the run loop was left out"
                                    : "a turn of task " + guilty.id() + " at 0x" + Long.toHexString(guilty.cpu().rip)
                                            + " ended its process");
            if (guilty != null && guilty.isAlive()) {
                kernel.lifecycle().kill(guilty.process(), Signals.SIGKILL);
            }
            return null;
        }
    }

    /** The program's task to speak of when none is the cause: who had the last turn, else the first. */
    private Task spokesman() {
        return lastTask != null && lastTask.isAlive()
                ? lastTask
                : process.tasks().getFirst();
    }

    private StopEvent ended() {
        int status = process.exitStatus();
        return (status & 0x7f) != 0
                ? new StopEvent.KilledBySignal(process, status & 0x7f)
                : new StopEvent.Exited(process, status >> 8 & 0xff);
    }

    // ---- what the plan says

    /** What is made after the plan goes on by itself, as gdbserver has it: threads that no plan could name, and other processes. */
    private TaskAction action(Task task) {
        if (everybodyMoves) {
            return plan.others();
        }
        boolean unforeseen = task.id() > newest && !plan.names(task.id());
        return task.process() != process || unforeseen ? TaskAction.GO_ON : plan.actionOf(task.id());
    }

    private boolean mayMove(Task task) {
        return everybodyMoves || !(action(task) instanceof TaskAction.Stay);
    }

    /** Delivers the signals that the plan brings, and gives the first turn to a task that is to be stepped. */
    private @Nullable StopEvent begin() {
        for (Task task : process.tasks().toArray(Task[]::new)) {
            turn = task;
            kernel.restartCall(task);
            TaskAction action = plan.actionOf(task.id());
            switch (action) {
                case TaskAction.Continue(int signal) -> deliver(task, signal);
                case TaskAction.Step(int signal) -> {
                    takeTurn(task);
                    if (deliver(task, signal) && task.isAlive()) {
                        return new StopEvent.Stepped(task);
                    }
                }
                case TaskAction.StepRange _ -> {
                    takeTurn(task);
                    unmoved.add(task);
                }
                case TaskAction.Stay _ -> {}
            }
        }
        return makeHeldCalls();
    }

    /** The task that has the turn keeps what is left of it: stepping must not change who runs when. */
    private void takeTurn(Task task) {
        if (kernel.scheduler().current().orElse(null) != task) {
            kernel.scheduler().begin(task);
        }
    }

    /** At once, and not at the tasks' next turns: nothing may depend on whether a debugger looked at a call. */
    private @Nullable StopEvent makeHeldCalls() {
        for (Task task : process.tasks().toArray(Task[]::new)) {
            turn = task;
            if (task.state() instanceof TaskState.Entering && mayMove(task)) {
                StopEvent event = resume(task, plan.actionOf(task.id()));
                if (event != null) {
                    return event;
                }
            }
        }
        return null;
    }

    private boolean deliver(Task task, int signal) {
        // A signal for tasks that the plan does not name is meant for the one that stopped.
        boolean meant = plan.names(task.id()) || task == spokesman();
        if (signal == 0 || !task.isAlive() || !meant) {
            return false;
        }
        SignalInformation last = task.lastSignal();
        // Another signal than the one that was reported gets the siginfo of one that was sent (ptrace_signal of Linux).
        SignalInformation information =
                last.signal() == signal ? last : SignalInformation.from(signal, Signals.SI_USER, process);
        return kernel.signaling().act(task, information);
    }

    private static boolean steps(TaskAction action) {
        return action instanceof TaskAction.Step || action instanceof TaskAction.StepRange;
    }

    // ---- a round

    private @Nullable StopEvent round(long end, BooleanSupplier interrupted) {
        if (kernel.clock().retired() - lastPoll >= POLL) {
            lastPoll = kernel.clock().retired();
            kernel.defects().contain("letting input in", vfs::pollHost);
        }
        kernel.expireTimers();
        Task task = kernel.scheduler().next(mayMove);
        if (task == null) {
            if (process.tasks().stream().noneMatch(mayMove)) {
                return new StopEvent.NoneLeft();
            }
            idling.idle(interrupted);
            return null;
        }
        turn = task;
        lastTask = task.process() == process ? task : lastTask;
        TaskAction action = action(task);
        return switch (task.state()) {
            case TaskState.Running _ -> running(task, action, end);
            case TaskState.Blocked _ when !kernel.scheduler().isFulfilled(task) -> signal(task, action);
            case TaskState.Blocked _, TaskState.Entering _, TaskState.Retrying _, TaskState.Completed _ ->
                resume(task, action);
            case TaskState.Dead _ -> throw new IllegalStateException("task " + task.id() + " is dead and got a turn");
        };
    }

    private @Nullable StopEvent resume(Task task, TaskAction action) {
        long number = task.systemCall();
        kernel.retry(task);
        syscalls.resume(task);
        return afterCall(task, action, number);
    }

    /** The task has executed SYSCALL. */
    private @Nullable StopEvent call(Task task, TaskAction action) {
        long number = Syscalls.numberAtEntry(task);
        if (isReported(task, action, number)) {
            syscalls.hold(task);
            return new StopEvent.CallEntered(task, number);
        }
        syscalls.enter(task);
        return afterCall(task, action, number);
    }

    private boolean isReported(Task task, TaskAction action, long number) {
        return reportedCalls.test(number) && !steps(action) && task.process() == process;
    }

    /** A step over a system call is complete when the call is. */
    private @Nullable StopEvent afterCall(Task task, TaskAction action, long number) {
        if (!(task.state() instanceof TaskState.Running)) {
            return null;
        }
        if (executed) {
            executed = false;
            return new StopEvent.Executed(task, process.program().path());
        }
        if (isReported(task, action, number)) {
            return new StopEvent.CallReturned(task, number);
        }
        return afterInstruction(task, action);
    }

    private @Nullable StopEvent afterInstruction(Task task, TaskAction action) {
        unmoved.remove(task);
        if (!steps(action)) {
            return null;
        }
        boolean inRange = action instanceof TaskAction.StepRange(Engine.Range range) && range.holds(task.cpu().rip);
        return inRange ? null : new StopEvent.Stepped(task);
    }

    private @Nullable StopEvent signal(Task task, TaskAction action) {
        SignalInformation information = kernel.signaling().take(task);
        if ((reportedOf(action) & Signals.bit(information.signal())) != 0 && task.process() == process) {
            return new StopEvent.SignalReceived(task, information);
        }
        boolean entered = kernel.signaling().act(task, information);
        return entered && steps(action) && task.isAlive() ? new StopEvent.Stepped(task) : null;
    }

    private @Nullable StopEvent running(Task task, TaskAction action, long end) {
        if (task.hasDeliverableSignal() && (!steps(action) || deliverableIsReported(task, action))) {
            return signal(task, action);
        }
        return switch (action) {
            case TaskAction.Step _ -> step(task, action);
            case TaskAction.StepRange _ -> unmoved.contains(task) ? step(task, action) : execute(task, action, end);
            case TaskAction.Continue _, TaskAction.Stay _ -> execute(task, action, end);
        };
    }

    /** While a task is stepped, signals that nobody wants to see wait: a step is to end behind the instruction. */
    private boolean deliverableIsReported(Task task, TaskAction action) {
        long taken = reportedOf(action) | Signals.bit(Signals.SIGKILL);
        return (task.pendingSet() & ~task.signalMask() & taken) != 0;
    }

    /**
     * Within a range every signal is reported, as gdbserver does (linux_wait_1: "do not ignore signals when stepping - they may require special handling to skip the signal handler"): one that
     * waited for the end of the range might be what the loop in it waits for.
     */
    private long reportedOf(TaskAction action) {
        return action instanceof TaskAction.StepRange ? reported | ~Signals.bit(Signals.SIGKILL) : reported;
    }

    private @Nullable StopEvent execute(Task task, TaskAction action, long end) {
        long instructions =
                Math.min(kernel.scheduler().turnLeft(), end - kernel.clock().retired());
        instructions =
                Math.min(instructions, kernel.timers().next() - kernel.clock().due());
        instructions = Math.min(instructions, kernel.intervalTimers().untilDue(task));
        Engine engine = engines.of(task.cpu().memory);
        long moment = kernel.clock().sinceStart();
        Engine.Stop stop = action instanceof TaskAction.StepRange(Engine.Range range)
                ? engine.runWithin(range, task.cpu(), moment, instructions)
                : engine.run(task.cpu(), moment, instructions);
        charge(task, engine.retired());
        if (stop == Engine.Stop.BREAKPOINT && task.process() != process) {
            // A child that has borrowed the program's memory (vfork): the breakpoints in it are not for it.
            stop = engine.step(task.cpu(), kernel.clock().sinceStart());
            charge(task, engine.retired());
        }
        return switch (stop) {
            case BUDGET -> null;
            case BREAKPOINT -> new StopEvent.Breakpoint(task);
            case WATCHPOINT -> task.process() == process ? new StopEvent.Watchpoint(task, engine.hit()) : null;
            case SYSCALL -> call(task, action);
            case LEFT -> new StopEvent.Stepped(task);
            case FAULT -> steps(action) ? faultOfStep(task, action, engine) : fault(task, engine);
        };
    }

    private @Nullable StopEvent step(Task task, TaskAction action) {
        Engine engine = engines.of(task.cpu().memory);
        Engine.Stop stop = engine.step(task.cpu(), kernel.clock().sinceStart());
        charge(task, engine.retired());
        return switch (stop) {
            case BUDGET, BREAKPOINT, LEFT -> afterInstruction(task, action);
            case WATCHPOINT -> new StopEvent.Watchpoint(task, engine.hit());
            case SYSCALL -> call(task, action);
            case FAULT -> faultOfStep(task, action, engine);
        };
    }

    /** An instruction that raises a signal nobody wants to see leaves the task in its handler. */
    private @Nullable StopEvent faultOfStep(Task task, TaskAction action, Engine engine) {
        fault(task, engine);
        if (!task.hasDeliverableSignal()) {
            return afterInstruction(task, action); // a call through the vsyscall page
        }
        if (!deliverableIsReported(task, action)) {
            SignalInformation information = kernel.signaling().take(task);
            boolean entered = kernel.signaling().act(task, information);
            return entered && task.isAlive() ? new StopEvent.Stepped(task) : null;
        }
        return null;
    }

    private void charge(Task task, long instructions) {
        kernel.clock().retire(instructions);
        task.charge(instructions);
        kernel.scheduler().charge(instructions);
        kernel.intervalTimers().expireCounting();
    }

    private @Nullable StopEvent fault(Task task, Engine engine) {
        GuestFault fault = engine.fault();
        if (VsyscallPage.holds(fault)) {
            try {
                VsyscallPage.call(task, fault, syscalls);
            } catch (GuestFault noStack) {
                kernel.signaling().force(task, Faults.signal(task, noStack));
            }
            return null;
        }
        if (fault.kind() == GuestFault.Kind.INVALID_OPCODE) {
            unknown.report(task);
        }
        kernel.signaling().force(task, Faults.signal(task, fault));
        return null;
    }
}
