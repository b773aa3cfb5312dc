package dev.gostub.server.handler;

import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.ResumeCommand;
import dev.gostub.server.packet.ResumeCommand.Action;
import dev.gostub.server.packet.ResumeCommand.Directive;
import dev.gostub.server.packet.ThreadSelector;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.ResumeAction;
import dev.gostub.server.target.ResumePlan;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.Target;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Runs the target, and says why it stopped. A resume is answered when it is over: the session thread is inside
 * {@code Target.resume} meanwhile, so that exactly one stop reply belongs to each.
 */
public final class ResumeHandler {
    private final Dialogue dialogue;
    private final StopReplies stops;
    private final BooleanSupplier interrupted;
    private Optional<Prepared> last = Optional.empty();

    /** The plan of the command that is to be carried out next. */
    private record Prepared(ResumeCommand.Continue command, ResumePlan plan) {}

    /**
     * Serves one session.
     *
     * @param interrupted true once the client wants the target to stop
     */
    public ResumeHandler(Dialogue dialogue, BooleanSupplier interrupted) {
        this.dialogue = dialogue;
        this.stops = new StopReplies(dialogue);
        this.interrupted = interrupted;
    }

    /** Answers {@code command}. */
    public Reply handle(ResumeCommand command) throws TargetException {
        return switch (command) {
            case ResumeCommand.Actions() -> Reply.text("vCont;c;C;s;S;t;r");
            case ResumeCommand.HaltReason() -> haltReason();
            case ResumeCommand.Continue run -> resume(prepared(run));
            case ResumeCommand.Classic(Action action, OptionalLong address) -> classic(action, address);
            case ResumeCommand.InterruptRequest() -> Reply.ok();
        };
    }

    /** True if the answer is there in a moment, see {@link Target#isBrief}. */
    public boolean isBrief(ResumeCommand command) {
        try {
            return switch (command) {
                case ResumeCommand.Continue run -> dialogue.target().isBrief(prepare(run));
                case ResumeCommand.Classic _ -> false;
                case ResumeCommand.Actions _, ResumeCommand.HaltReason _, ResumeCommand.InterruptRequest _ -> true;
            };
        } catch (TargetException refused) {
            return false;
        }
    }

    /** Makes the plan of a command, and keeps it: nothing comes between this and the command's answer. */
    private ResumePlan prepare(ResumeCommand.Continue command) throws TargetException {
        ResumePlan plan = plan(command.directives());
        last = Optional.of(new Prepared(command, plan));
        return plan;
    }

    private ResumePlan prepared(ResumeCommand.Continue command) throws TargetException {
        Optional<Prepared> made = last.filter(each -> each.command().equals(command));
        last = Optional.empty();
        return made.isPresent() ? made.get().plan() : plan(command.directives());
    }

    private Reply haltReason() throws TargetException {
        Optional<StopReason> last = dialogue.target().lastStop();
        Optional<Inferior> process = dialogue.process();
        if (process.isEmpty()) {
            // Without a process gdbserver answers as if one had just exited.
            boolean ended = dialogue.isAttached() && last.isPresent() && last.get() instanceof StopReason.OfEnd;
            return ended ? stops.atRest(last.get()) : Reply.text("W00");
        }
        List<ThreadId> threads = process.get().threads();
        StopReason reason = last.orElse(new StopReason.NoneLeft());
        if (!(reason instanceof StopReason.OfThread stop) || !threads.contains(stop.thread())) {
            reason = new StopReason.Started(threads.getFirst());
        }
        dialogue.stopped(reason);
        return stops.atRest(reason);
    }

    private Reply resume(ResumePlan plan) throws TargetException {
        StopReason reason = dialogue.target().resume(plan, interrupted);
        dialogue.stopped(reason);
        return stops.of(reason);
    }

    /** For each live thread the leftmost directive that names it; for threads to come, the leftmost that names all. */
    private ResumePlan plan(List<Directive> directives) throws TargetException {
        List<ThreadId> live = dialogue.inferior().threads();
        for (Directive directive : directives) {
            // Throws for a thread that does not exist.
            dialogue.thread(directive.threads());
        }
        ResumeAction others = new ResumeAction.Stay();
        boolean moves = false;
        for (Directive directive : directives) {
            if (directive.threads().isAll()) {
                others = action(withoutSignal(directive.action()));
                break;
            }
        }
        List<ResumePlan.ThreadPlan> plans = new ArrayList<>();
        for (ThreadId thread : live) {
            ResumeAction action = actionFor(thread, directives);
            moves |= !(action instanceof ResumeAction.Stay);
            if (!action.equals(others)) {
                plans.add(new ResumePlan.ThreadPlan(thread, action));
            }
        }
        if (!moves) {
            throw new TargetException(Errno.EINVAL, "no thread was told to move");
        }
        return new ResumePlan(plans, others);
    }

    private ResumeAction actionFor(ThreadId thread, List<Directive> directives) throws TargetException {
        for (Directive directive : directives) {
            if (names(directive.threads(), thread)) {
                return action(directive.action());
            }
        }
        return new ResumeAction.Stay();
    }

    /** "Any thread" in a directive means the current one; gdb never sends it. */
    private boolean names(ThreadSelector selector, ThreadId thread) throws TargetException {
        return selector.tid() == ThreadSelector.ANY
                ? dialogue.thread(selector).equals(thread)
                : selector.matches(thread);
    }

    private static Action withoutSignal(Action action) {
        return switch (action) {
            case Action.Run _ -> new Action.Run(0);
            case Action.Step _ -> new Action.Run(0);
            case Action.StepRange _ -> new Action.Run(0);
            case Action.Stop stop -> stop;
        };
    }

    private ResumeAction action(Action action) throws TargetException {
        return switch (action) {
            case Action.Run(int signal) -> new ResumeAction.Continue(signal(signal));
            case Action.Step(int signal) -> new ResumeAction.Step(signal(signal));
            case Action.StepRange(long start, long end) -> new ResumeAction.StepRange(start, end);
            case Action.Stop() -> new ResumeAction.Stay();
        };
    }

    private int signal(int number) throws TargetException {
        int signal = dialogue.signalFromClient(number);
        if (signal < 0 || signal > 64 || (signal == 0 && number != 0)) {
            throw new TargetException(Errno.EINVAL, "no such signal: " + number);
        }
        return signal;
    }

    /** As in gdbserver: the thread of {@code Hc}, or the current one, does it; without {@code Hc} the others run along. */
    private Reply classic(Action action, OptionalLong address) throws TargetException {
        ThreadSelector selected = dialogue.resumedThread();
        ThreadId thread = selected.tid() > 0 ? dialogue.thread(selected) : dialogue.currentThread();
        if (address.isPresent()) {
            byte[] pc = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(address.getAsLong())
                    .array();
            dialogue.inferior().writeRegister(thread, Amd64Registers.RIP_OFFSET, pc);
        }
        ResumeAction others = selected.tid() > 0 ? new ResumeAction.Stay() : ResumeAction.resume();
        return resume(new ResumePlan(List.of(new ResumePlan.ThreadPlan(thread, action(action))), others));
    }
}
