package dev.gostub.server.handler;

import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.ThreadCommand;
import dev.gostub.server.packet.ThreadSelector;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Lists threads and selects them. */
public final class ThreadHandler {
    private final Dialogue dialogue;
    private final StopReplies stops;
    // What qsThreadInfo has still to tell.
    private final Deque<ThreadId> untold = new ArrayDeque<>();

    /** Serves one session. */
    public ThreadHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.stops = new StopReplies(dialogue);
    }

    /** Answers {@code command}. */
    public Reply handle(ThreadCommand command) throws TargetException {
        return switch (command) {
            case ThreadCommand.SelectGeneral(ThreadSelector thread) -> select(thread);
            case ThreadCommand.SelectResumed(ThreadSelector thread) -> selectResumed(thread);
            case ThreadCommand.Alive(ThreadSelector thread) -> alive(thread);
            case ThreadCommand.Current() -> current();
            case ThreadCommand.First() -> first();
            case ThreadCommand.Next() -> next();
            case ThreadCommand.ExtraText(ThreadSelector thread) -> extraText(thread);
            case ThreadCommand.ThreadLocalAddress(ThreadSelector thread, long offset, long linkMap) ->
                threadLocal(dialogue.thread(thread), offset, linkMap);
            case ThreadCommand.StopOf(ThreadSelector thread) -> stopOf(thread);
        };
    }

    private Reply select(ThreadSelector thread) throws TargetException {
        // Hg0 and Hg-1 are sent before there is a process, too.
        if (thread.tid() > 0) {
            dialogue.thread(thread);
        }
        dialogue.select(thread);
        return Reply.ok();
    }

    private Reply selectResumed(ThreadSelector thread) throws TargetException {
        if (thread.tid() > 0) {
            dialogue.thread(thread);
        }
        dialogue.selectResumed(thread);
        return Reply.ok();
    }

    private Reply alive(ThreadSelector thread) throws TargetException {
        dialogue.thread(thread);
        return Reply.ok();
    }

    private Reply threadLocal(ThreadId thread, long offset, long linkMap) throws TargetException {
        long block = new ThreadLocalStorage(dialogue.inferior()).block(thread, linkMap);
        return Reply.text(Long.toHexString(block + offset));
    }

    private Reply current() throws TargetException {
        if (dialogue.process().isEmpty()) {
            return Reply.unsupported();
        }
        return Reply.text("QC" + dialogue.format(dialogue.currentThread()));
    }

    private Reply first() {
        untold.clear();
        Optional<Inferior> process = dialogue.process();
        process.ifPresent(inferior -> untold.addAll(inferior.threads()));
        return next();
    }

    private Reply next() {
        if (untold.isEmpty()) {
            return Reply.text("l");
        }
        StringBuilder list = new StringBuilder("m");
        while (!untold.isEmpty() && list.length() < Dialogue.PACKET_BYTES - 64) {
            list.append(list.length() == 1 ? "" : ",").append(dialogue.format(untold.remove()));
        }
        return Reply.text(list.toString());
    }

    private Reply extraText(ThreadSelector selector) throws TargetException {
        ThreadId thread = dialogue.thread(selector);
        return Reply.text(Hex.of(dialogue.inferior().threadName(thread)));
    }

    private Reply stopOf(ThreadSelector selector) throws TargetException {
        ThreadId thread = dialogue.thread(selector);
        List<ThreadId> live = dialogue.inferior().threads();
        if (dialogue.target().lastStop().orElse(new StopReason.NoneLeft()) instanceof StopReason.OfThread stop
                && stop.thread().equals(thread)
                && live.contains(thread)) {
            return stops.of(stop);
        }
        return stops.bystander(thread);
    }
}
