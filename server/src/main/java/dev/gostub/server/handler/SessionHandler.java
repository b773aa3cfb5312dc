package dev.gostub.server.handler;

import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.SessionCommand;
import dev.gostub.server.target.Errno;
import java.util.ArrayList;
import java.util.List;

/** Agreements with the client. What is offered derives from what the target has. */
public final class SessionHandler {
    static final String TRIPLE = "x86_64-pc-linux-gnu";

    private final Dialogue dialogue;

    /** Serves one session. */
    public SessionHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}. */
    public Reply handle(SessionCommand command) {
        return switch (command) {
            case SessionCommand.Supported(List<String> features) -> supported(new ClientFeatures(features));
            case SessionCommand.StartNoAckMode() -> Reply.ok();
            case SessionCommand.ExtendedMode() -> extend();
            case SessionCommand.NonStop(boolean wanted) ->
                wanted ? Reply.failure(Errno.ENOTSUP, "non-stop mode is not supported") : Reply.ok();
            case SessionCommand.ThreadSuffix() -> threadSuffix();
            case SessionCommand.ThreadsInStopReply() -> lldbOnly();
            case SessionCommand.SymbolsOffered() -> Reply.ok();
            case SessionCommand.HostQuestion() ->
                Reply.text("triple:" + Hex.of(TRIPLE) + ";ptrsize:8;endian:little;ostype:linux;");
        };
    }

    /** Agreed to for everybody. lldb takes it for a sign of Linux's signal numbers as well, as the dialect then has them. */
    private Reply threadSuffix() {
        dialogue.speakLldb();
        return Reply.ok();
    }

    private Reply lldbOnly() {
        return dialogue.personality().isLldb() ? Reply.ok() : Reply.unsupported();
    }

    private Reply extend() {
        dialogue.extend();
        return Reply.ok();
    }

    private Reply supported(ClientFeatures features) {
        // gdb's user can send it bare (maint packet qSupported); that takes nothing back, in gdbserver neither.
        if (!features.names().isEmpty()) {
            dialogue.agree(features);
        }
        List<String> offer = new ArrayList<>();
        offer.add("PacketSize=" + Integer.toHexString(Dialogue.PACKET_BYTES));
        offer.add("QStartNoAckMode+");
        offer.add("QPassSignals+");
        offer.add("QProgramSignals+");
        offer.add("qXfer:features:read+");
        offer.add("qXfer:auxv:read+");
        offer.add("qXfer:exec-file:read+");
        offer.add("qXfer:threads:read+");
        offer.add("qXfer:siginfo:read+");
        offer.add("qXfer:siginfo:write+");
        offer.add("qXfer:libraries-svr4:read+");
        if (dialogue.target().launcher().isPresent()) {
            offer.add("QStartupWithShell+");
            offer.add("QDisableRandomization+");
            offer.add("QEnvironmentHexEncoded+");
            offer.add("QEnvironmentReset+");
            offer.add("QEnvironmentUnset+");
            offer.add("QSetWorkingDir+");
        }
        if (dialogue.target().catchpoints().isPresent()) {
            offer.add("QCatchSyscalls+");
        }
        if (dialogue.personality().isLldb()) {
            offer.add("QThreadSuffixSupported+");
            offer.add("QListThreadsInStopReply+");
            offer.add("native-signals+");
        }
        ClientFeatures agreed = dialogue.features();
        whenAsked(offer, agreed.multiprocess(), "multiprocess+");
        whenAsked(offer, agreed.swbreak(), "swbreak+");
        whenAsked(offer, agreed.hwbreak(), "hwbreak+");
        whenAsked(offer, agreed.execEvents(), "exec-events+");
        whenAsked(offer, agreed.vContSupported(), "vContSupported+");
        whenAsked(offer, agreed.textErrors(), "error-message+");
        whenAsked(offer, agreed.singleArgument(), "single-inf-arg+");
        whenAsked(offer, dialogue.binaryUpload(), "binary-upload+");
        return Reply.text(String.join(";", offer));
    }

    private static void whenAsked(List<String> offer, boolean asked, String feature) {
        if (asked) {
            offer.add(feature);
        }
    }
}
