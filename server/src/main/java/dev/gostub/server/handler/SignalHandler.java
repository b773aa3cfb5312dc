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

    /**
     * The signals that a stop reply would give one of these numbers. Not the other way round: gdb's POLL is Linux's 29 as well if it comes to delivering it, but what is told about POLL does not hold for 29, which is
     * reported as IO.
     */
    private SignalSet set(List<Integer> numbers) {
        SignalSet set = SignalSet.none();
        for (int signal = 1; signal <= SignalSet.LAST; signal++) {
            if (numbers.contains(dialogue.signalToClient(signal))) {
                set = set.with(signal);
            }
        }
        return set;
    }
}
