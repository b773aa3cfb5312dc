package dev.gostub.server.handler;

import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.SignalCommand;
import dev.gostub.server.target.SignalPolicy;
import dev.gostub.server.target.SignalSet;
import java.util.List;

/** Tells the target which signals pass without a stop, in Linux numbers. */
public final class SignalHandler {
    private final Dialogue dialogue;
    private SignalPolicy policy;

    /** Serves one session. */
    public SignalHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.policy = dialogue.personality().initialSignals();
    }

    /** Answers {@code command}. */
    public Reply handle(SignalCommand command) {
        policy = switch (command) {
            case SignalCommand.Pass(List<Integer> signals) -> new SignalPolicy(set(signals), policy.deliverable());
            case SignalCommand.Program(List<Integer> signals) -> new SignalPolicy(policy.passSilently(), set(signals));
        };
        dialogue.target().signalPolicy(policy);
        return Reply.ok();
    }

    private SignalSet set(List<Integer> signals) {
        SignalSet set = SignalSet.none();
        for (int signal : signals) {
            set = set.with(dialogue.signalFromClient(signal));
        }
        return set;
    }
}
