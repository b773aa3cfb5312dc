package dev.gostub.server.handler;

import dev.gostub.server.packet.CatchCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Catchpoints;
import dev.gostub.server.target.SystemCallFilter;
import java.util.Optional;

/** Tells the target which events are to stop it. */
public final class CatchHandler {
    private final Dialogue dialogue;

    /** Serves one session. */
    public CatchHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(CatchCommand command) {
        Optional<Catchpoints> catchpoints = dialogue.target().catchpoints();
        if (catchpoints.isEmpty()) return Reply.unsupported();
        switch (command) {
            case CatchCommand.SystemCalls(SystemCallFilter filter) ->
                catchpoints.get().systemCalls(filter);
        }
        return Reply.ok();
    }

    /** Nothing is caught for a client that is gone. */
    public void removeAll() {
        dialogue.target().catchpoints().ifPresent(each -> each.systemCalls(SystemCallFilter.none()));
    }
}
