package dev.gostub.server.session;

import dev.gostub.server.handler.Dialogue;
import dev.gostub.server.handler.EndCause;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.packet.Command;
import dev.gostub.server.packet.Hex;
import dev.gostub.server.packet.MalformedPacketException;
import dev.gostub.server.packet.PacketTable;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.packet.ReplyWriter;
import dev.gostub.server.packet.ResumeCommand;
import dev.gostub.server.packet.RunLength;
import dev.gostub.server.packet.SessionCommand;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Target;
import dev.gostub.server.target.TargetException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session.
 *
 * <pre>
 * network thread                    session thread
 *   receive(payload) ── Mailbox ──→   run(): parse, Dispatcher, reply
 *   receive(payload): the same, if the answer is brief and the session thread has nothing to do
 *   interrupt(), hangUp() ─ flags ─→  polled by Target.resume
 * </pre>
 *
 * <p>Who has the turn answers, and works on the target: the session thread, or the network thread between two of its packets. To hand a packet over and its reply back takes longer than a step
 * (docs/decisions/0016).
 *
 * <p>Commands are answered strictly in order, each by exactly one reply (or none, where the protocol wants none). An
 * interrupt counts for the command that was the last to arrive before it: one that comes when nothing is left to do is
 * forgotten, as dlv demands.
 */
public final class Session {
    /** Longest payload to take from a client: what it was told, and room for the head of an {@code X} packet. */
    public static final int LIMIT_BYTES = Dialogue.PACKET_BYTES + 64;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int OUTPUT_BYTES = 0x4000;
    /** So much of a packet is logged. */
    private static final int LOGGED_BYTES = 200;
    // Stands for a packet that was too long; told from real ones by identity, and none can look like it.
    private static final byte[] OVERSIZED = {'#'};

    private final SessionSettings settings;
    private final Target target;
    private final Connection connection;
    private final PacketLog log;
    private final Mailbox mailbox = new Mailbox();
    private final Defects defects = new Defects();
    private final Dialogue dialogue;
    private final Dispatcher dispatcher;
    private volatile SessionState state = new SessionState.Listening();
    // Number of packets received; written by one network thread only.
    private volatile long received;
    // The resume with this number, and any before it, is to be interrupted.
    private volatile long interruptedSequence = -1;
    private volatile long currentSequence;
    // Held by the thread that answers; guards the target, the dialogue and what follows here.
    private final ReentrantLock turn = new ReentrantLock();
    private final Patience patience = new Patience();
    private boolean serving;
    private boolean runLengths;

    Session(SessionSettings settings, Connection connection) {
        this.settings = settings;
        this.target = settings.target();
        this.connection = connection;
        this.log = settings.log();
        this.dialogue = new Dialogue(target, settings.personality());
        this.dispatcher = new Dispatcher(dialogue, this::isInterrupted);
    }

    /** Network thread: a packet has come. */
    public void receive(byte[] payload) {
        if (mailbox.isClosed()) {
            return;
        }
        log.received(payload);
        boolean running = state instanceof SessionState.Running;
        if (running && payload.length == 1 && payload[0] == '?') {
            // dlv asks so after ten seconds without a stop reply (its debugserver mode) and wants no answer.
            LOG.debug("? while running is not answered");
            return;
        }
        if (running && "vCtrlC".equals(new String(payload, StandardCharsets.ISO_8859_1))) {
            interrupt();
        }
        long sequence = received;
        received = sequence + 1;
        Mailbox.Letter letter = new Mailbox.Letter(sequence, payload);
        if (!answeredAtOnce(letter) && !mailbox.put(letter)) {
            LOG.warn("{} sends faster than it is answered; connection closed", connection.peer());
            hangUp();
        }
    }

    /** Network thread: answers in the session thread's place what is brief, if nothing stands before it. */
    private boolean answeredAtOnce(Mailbox.Letter letter) {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            Optional<Command> command = serving && mailbox.isEmpty() ? brief(letter.payload()) : Optional.empty();
            if (command.isEmpty()) {
                return false;
            }
            currentSequence = letter.sequence();
            patience.limit();
            return answer(letter.payload(), command);
        } finally {
            patience.lift();
            turn.unlock();
        }
    }

    /** The command of a packet, if it is brief; what is wrong with a packet is the session thread's affair. */
    private Optional<Command> brief(byte[] payload) {
        try {
            return payload == OVERSIZED
                    ? Optional.empty()
                    : PacketTable.parse(payload).filter(dispatcher::isBrief);
        } catch (MalformedPacketException | RuntimeException | Error unclear) {
            return Optional.empty();
        }
    }

    /** Network thread: a packet has come that was longer than we take. */
    public void receiveOversized() {
        log.event("oversized packet dropped");
        receive(OVERSIZED);
    }

    /** Network thread: {@code ^C}. */
    public void interrupt() {
        log.event("interrupt");
        interruptedSequence = received - 1;
        target.wake();
    }

    /** Any thread: the client is gone, or has to go. A running target is interrupted and stays as it then is. */
    public void hangUp() {
        mailbox.close();
        target.wake();
        connection.close();
    }

    /** True if the client has ever sent a packet. */
    public boolean hasSpoken() {
        return received > 0;
    }

    /** Who the client is, for log lines. */
    public String peer() {
        return connection.peer();
    }

    private boolean isInterrupted() {
        return interruptedSequence >= currentSequence || mailbox.isClosed() || patience.isOver();
    }

    /** Session thread: serves the client until it is gone. */
    public void run() {
        EndCause cause;
        turn.lock();
        try {
            target.signalPolicy(settings.personality().initialSignals());
            target.reportExecutions(false);
            if (settings.personality().dialect() == Personality.Dialect.LLDB) {
                target.output(Optional.of(this::output));
            }
            cause = serve();
        } catch (RuntimeException | Error defect) {
            // Outside of a packet there is nothing to answer: this session is over, the next client finds a thread that
            // serves it.
            cause = failed(defect);
        }
        serving = false;
        cleanUp();
        turn.unlock();
        state = new SessionState.Ended(cause);
        hangUp();
        LOG.info("{} left: {}", connection.peer(), cause);
        // One that never said a word (a port scanner, a probe for readiness) was no debugger.
        if (received > 0) {
            settings.listener().sessionEnded(cause);
        }
    }

    private EndCause serve() {
        serving = true;
        while (dialogue.end().isEmpty()) {
            turn.unlock();
            mailbox.await();
            turn.lock();
            Optional<Mailbox.Letter> letter = mailbox.poll();
            if (letter.isEmpty()) {
                return EndCause.DISCONNECTED;
            }
            currentSequence = letter.get().sequence();
            var _ = answer(letter.get().payload());
        }
        return dialogue.end().get();
    }

    /** Answers one packet; false if that took longer than patience allows: the program stands as after an interrupt, and is to be resumed in the same way again. */
    boolean answer(byte[] payload) {
        return answer(payload, Optional.empty());
    }

    /** The command is that of the packet, if it has been read already. */
    private boolean answer(byte[] payload, Optional<Command> read) {
        Optional<Command> command = read;
        Reply reply;
        try {
            if (payload == OVERSIZED) {
                throw new TargetException(Errno.EINVAL, "packet too long");
            }
            command = read.isPresent() ? read : PacketTable.parse(payload);
            reply = command.isPresent() ? dispatch(command.get()) : Reply.unsupported();
        } catch (MalformedPacketException nonsense) {
            LOG.debug("malformed packet: {}", nonsense.getMessage());
            reply = Reply.failure(Errno.EINVAL, "malformed packet: " + nonsense.getMessage());
        } catch (TargetException refused) {
            reply = Reply.failure(refused.errno(), refused.text());
        } catch (RuntimeException | Error defect) {
            reply = afterDefect(payload, defect);
        }
        if (patience.ranOut()) {
            return false;
        }
        state = new SessionState.Listening();
        Optional<byte[]> text = ReplyWriter.write(reply, dialogue.textErrors());
        boolean last = command.isPresent() && command.get() instanceof SessionCommand.StartNoAckMode;
        text.ifPresent(bytes -> send(bytes, last));
        runLengths = dialogue.runLengths();
        return true;
    }

    /** We are wrong, which costs this one packet: the client hears of it, and the session goes on. */
    private Reply afterDefect(byte[] payload, Throwable defect) {
        String text = new String(payload, 0, Math.min(payload.length, LOGGED_BYTES), StandardCharsets.ISO_8859_1);
        defects.report(defect, "packet " + text + " of " + connection.peer() + " got an error");
        return Reply.failure(Errno.EIO, "internal error in gostub: " + defect.getMessage());
    }

    private Reply dispatch(Command command) throws TargetException {
        if (mailbox.isClosed() && command instanceof ResumeCommand) {
            // gdb sends k or D and hangs up, and these still count; but nothing is run for a client that is gone.
            return Reply.nothing();
        }
        switch (command) {
            case ResumeCommand.Continue _, ResumeCommand.Classic _ -> state = new SessionState.Running();
            default -> {}
        }
        return dispatcher.answer(command);
    }

    private void send(byte[] payload, boolean lastAcknowledged) {
        log.sent(payload);
        byte[] sent = runLengths ? RunLength.encode(payload) : payload;
        if (lastAcknowledged) {
            connection.sendLastAcknowledged(sent);
        } else {
            connection.send(sent);
        }
    }

    /** What the guest prints, as {@code O} packets; only between a resume and its stop reply. */
    private void output(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += OUTPUT_BYTES) {
            int length = Math.min(OUTPUT_BYTES, bytes.length - from);
            byte[] part = new byte[length];
            System.arraycopy(bytes, from, part, 0, length);
            send(("O" + Hex.of(part)).getBytes(StandardCharsets.ISO_8859_1), false);
        }
    }

    /** We are wrong where no packet is being answered: tell the client, end the session, let the rest of the process live. */
    private EndCause failed(Throwable defect) {
        LOG.error("internal error in the session of {}", connection.peer(), defect);
        Reply reply = Reply.failure(Errno.EIO, "internal error in gostub: " + defect.getMessage());
        ReplyWriter.write(reply, dialogue.textErrors()).ifPresent(bytes -> send(bytes, false));
        return EndCause.FAILED;
    }

    /** Session thread: takes back what must not outlive the session. */
    void cleanUp() {
        cleanUp(dispatcher::cleanUp);
        cleanUp(() -> target.output(Optional.empty()));
        cleanUp(() -> target.files().closeAll());
    }

    /** Something to take back. */
    private interface Remainder {
        void takeBack() throws TargetException;
    }

    private void cleanUp(Remainder remainder) {
        try {
            remainder.takeBack();
        } catch (TargetException | RuntimeException | Error defect) {
            LOG.error("cannot clean up after the session of {}", connection.peer(), defect);
        }
    }
}
