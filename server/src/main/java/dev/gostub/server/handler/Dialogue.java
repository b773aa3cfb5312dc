package dev.gostub.server.handler;

import dev.gostub.server.arch.GdbSignals;
import dev.gostub.server.packet.ThreadSelector;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.Target;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.util.List;
import java.util.Optional;

/** The state of one session: the target, what was agreed, which threads are selected. Used by the session thread only. */
public final class Dialogue {
    /** Longest payload in either direction, escapes included. */
    public static final int PACKET_BYTES = 0x20000;

    private final Target target;
    private Personality personality;
    private ClientFeatures features = ClientFeatures.none();
    private boolean introduced;
    private boolean binaryUpload;
    private boolean extended;
    // False between a detach and the next attach or run: the process exists, this client has let go of it.
    private boolean attached = true;
    private ThreadSelector general = ThreadSelector.any();
    private ThreadSelector resumed = ThreadSelector.any();
    private Optional<EndCause> end = Optional.empty();

    /** Starts with nothing agreed. */
    public Dialogue(Target target, Personality personality) {
        this.target = target;
        this.personality = personality;
    }

    /** True if errors may be text. */
    public boolean textErrors() {
        return features.textErrors();
    }

    /**
     * True if replies may be run-length coded: to a gdb that has sent {@code qSupported}. dlv does not expand binary data, and a
     * script that has not introduced itself may expand nothing.
     */
    public boolean runLengths() {
        return introduced && !personality.isLldb();
    }

    /** Set once the session is to end after the current reply. */
    public Optional<EndCause> end() {
        return end;
    }

    /** Ends the session after the current reply. */
    public void end(EndCause cause) {
        end = Optional.of(cause);
    }

    Target target() {
        return target;
    }

    Personality personality() {
        return personality;
    }

    /** The client is no gdb: only lldb and dlv ask for thread suffixes. */
    void speakLldb() {
        if (!personality.isLldb()) {
            personality = personality.inLldbsDialect();
            target.signalPolicy(Personality.signalsForLldb());
            agree(features);
        }
    }

    ClientFeatures features() {
        return features;
    }

    void agree(ClientFeatures agreed) {
        features = agreed;
        introduced = true;
        target.reportExecutions(agreed.execEvents() || personality.isLldb() && agreed.forkEvents());
        // gdb 16 and later read with x, and expect a 'b' before the data, if the server offered binary-upload+. They do
        // not
        // say so themselves (gdb-wire log of 18.1); error-message+ tells them from lldb and dlv, who want the bare
        // data.
        binaryUpload = agreed.textErrors() || agreed.binaryUpload();
    }

    /** {@code x} is answered in gdb's way, with a leading {@code b}. */
    boolean binaryUpload() {
        return binaryUpload;
    }

    boolean extended() {
        return extended;
    }

    void extend() {
        extended = true;
    }

    /** The live process this client has to do with, or none. */
    Optional<Inferior> process() {
        return attached ? target.inferior() : Optional.empty();
    }

    Inferior inferior() throws TargetException {
        return process().orElseThrow(() -> new TargetException(Errno.ESRCH, "the program is not running"));
    }

    void detached() {
        attached = false;
    }

    void attached() {
        attached = true;
        select(ThreadSelector.any());
        selectResumed(ThreadSelector.any());
    }

    boolean isAttached() {
        return attached;
    }

    void select(ThreadSelector thread) {
        general = thread;
    }

    void selectResumed(ThreadSelector thread) {
        resumed = thread;
    }

    ThreadSelector resumedThread() {
        return resumed;
    }

    /** gdb takes the thread of a stop reply for the selected one from then on (remote.c, record_currthread). */
    void stopped(StopReason reason) {
        if (reason instanceof StopReason.OfThread stop) {
            general = ThreadSelector.of(stop.thread());
        }
    }

    /** The thread that packets without one mean. */
    ThreadId currentThread() throws TargetException {
        return thread(general);
    }

    ThreadId threadOrCurrent(Optional<ThreadSelector> selector) throws TargetException {
        return selector.isPresent() ? thread(selector.get()) : currentThread();
    }

    /** A live thread that the selector names: the one, or for "any" and "all" the one that stopped last. */
    ThreadId thread(ThreadSelector selector) throws TargetException {
        List<ThreadId> threads = inferior().threads();
        if (target.lastStop().orElse(new StopReason.NoneLeft()) instanceof StopReason.OfThread stop
                && selector.matches(stop.thread())
                && threads.contains(stop.thread())) {
            return stop.thread();
        }
        for (ThreadId thread : threads) {
            if (selector.matches(thread)) {
                return thread;
            }
        }
        throw new TargetException(Errno.ESRCH, "no such thread");
    }

    /** A thread in the notation that was agreed on. */
    String format(ThreadId thread) {
        return features.multiprocess() ? thread.toString() : Long.toHexString(thread.tid());
    }

    int signalToClient(int linuxSignal) {
        return personality.isLldb() ? linuxSignal : GdbSignals.fromLinux(linuxSignal);
    }

    int signalFromClient(int signal) {
        return personality.isLldb() ? signal : GdbSignals.toLinux(signal);
    }
}
