package dev.gostub.server.handler;

import dev.gostub.server.packet.BreakpointCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.WatchKind;
import dev.gostub.server.target.Watchpoints;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Inserts and removes breakpoints and watchpoints, and remembers them: those of a client that has vanished must not stop
 * the program under the next one.
 */
public final class BreakpointHandler {
    private final Dialogue dialogue;
    private final Set<BreakpointCommand.Insert> breakpoints = new LinkedHashSet<>();
    private final Set<BreakpointCommand.Watch> watchpoints = new LinkedHashSet<>();

    /** Serves one session. */
    public BreakpointHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(BreakpointCommand command) throws TargetException {
        return switch (command) {
            case BreakpointCommand.Insert insert -> insert(insert);
            case BreakpointCommand.Remove(BreakpointKind kind, long address) -> remove(kind, address);
            case BreakpointCommand.Watch watch -> watch(watch);
            case BreakpointCommand.Unwatch(WatchKind kind, long address, long length) -> unwatch(kind, address, length);
        };
    }

    private Reply insert(BreakpointCommand.Insert command) throws TargetException {
        dialogue.inferior().insertBreakpoint(command.kind(), command.address());
        breakpoints.add(command);
        return Reply.ok();
    }

    private Reply remove(BreakpointKind kind, long address) throws TargetException {
        dialogue.inferior().removeBreakpoint(kind, address);
        breakpoints.remove(new BreakpointCommand.Insert(kind, address));
        return Reply.ok();
    }

    private Reply watch(BreakpointCommand.Watch command) throws TargetException {
        Optional<Watchpoints> offered = dialogue.target().watchpoints();
        if (offered.isEmpty()) {
            return Reply.unsupported();
        }
        dialogue.inferior();
        if (command.lengthBytes() <= 0) {
            throw new TargetException(Errno.EINVAL, "a watchpoint has at least one byte");
        }
        offered.get().insert(command.kind(), command.address(), command.lengthBytes());
        watchpoints.add(command);
        return Reply.ok();
    }

    private Reply unwatch(WatchKind kind, long address, long length) throws TargetException {
        Optional<Watchpoints> offered = dialogue.target().watchpoints();
        if (offered.isEmpty()) {
            return Reply.unsupported();
        }
        dialogue.inferior();
        offered.get().remove(kind, address, length);
        watchpoints.remove(new BreakpointCommand.Watch(kind, address, length));
        return Reply.ok();
    }

    /** Removes what this session has inserted and not removed; there may be no process any more. */
    public void removeAll() throws TargetException {
        Optional<Inferior> inferior = dialogue.target().inferior();
        if (inferior.isPresent()) {
            for (BreakpointCommand.Insert inserted : breakpoints) {
                inferior.get().removeBreakpoint(inserted.kind(), inserted.address());
            }
            Optional<Watchpoints> offered = dialogue.target().watchpoints();
            if (offered.isPresent()) {
                for (BreakpointCommand.Watch watch : watchpoints) {
                    offered.get().remove(watch.kind(), watch.address(), watch.lengthBytes());
                }
            }
        }
        forget();
    }

    /** A new program was started; the target has none of them any more. */
    public void forget() {
        breakpoints.clear();
        watchpoints.clear();
    }
}
