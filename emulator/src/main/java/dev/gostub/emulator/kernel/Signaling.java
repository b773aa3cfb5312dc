package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.Signals.DefaultAction;

/** Sending of signals, and what becomes of one when its task gets its turn (signal(7), kernel/signal.c). */
public final class Signaling {
    /** Can neither be blocked nor handled. */
    public static final long UNBLOCKABLE = Signals.bit(Signals.SIGKILL) | Signals.bit(Signals.SIGSTOP);
    /** Let a stopped process go on. */
    static final long CONTINUES = Signals.bit(Signals.SIGCONT) | Signals.bit(Signals.SIGKILL);

    private static final long STOPS = Signals.bit(Signals.SIGSTOP)
            | Signals.bit(Signals.SIGTSTP)
            | Signals.bit(Signals.SIGTTIN)
            | Signals.bit(Signals.SIGTTOU);

    private final Kernel kernel;
    private final SignalFrames frames = new SignalFrames();
    /** Signals that somebody outside wants to see even if the process ignores them. */
    private long watched;
    /** Signals sent so far: an event for every {@link SignalFile}. */
    private long sent;

    Signaling(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Sets the signals (a bit each) that are kept for a debugger although the process ignores them. */
    public void watch(long signals) {
        watched = signals;
    }

    public long watched() {
        return watched;
    }

    /** How often something happened to those who wait for signals by a descriptor. */
    long sent() {
        return sent;
    }

    void restoreSent(long number) {
        sent = number;
    }

    void noteSignalFiles() {
        sent++;
        kernel.scheduler().woken();
    }

    /** Sends a signal to a process: to its first task that does not block it, or to whoever unblocks it first. */
    public void send(Process process, SignalInformation information) {
        prepare(process, information.signal());
        long bit = Signals.bit(information.signal());
        for (Task task : process.tasks()) {
            if ((task.blocked & bit) == 0) {
                enqueue(task, task.pending, information);
                return;
            }
        }
        process.pending.add(information);
        noteSignalFiles();
    }

    /** Sends a signal to one task. */
    public void send(Task task, SignalInformation information) {
        prepare(task.process(), information.signal());
        enqueue(task, task.pending, information);
    }

    private void enqueue(Task task, PendingSignals queue, SignalInformation information) {
        long bit = Signals.bit(information.signal());
        boolean ignored = task.process().action(information.signal()).ignores(information.signal());
        if (ignored && (task.blocked & bit) == 0 && (watched & bit) == 0) {
            return;
        }
        queue.add(information);
        noteSignalFiles();
    }

    /** A signal that the task caused itself and cannot escape: a blocked or ignored one kills. */
    public void force(Task task, SignalInformation information) {
        int signal = information.signal();
        Process process = task.process();
        if ((task.blocked & Signals.bit(signal)) != 0 || process.actions[signal].handler() == Signals.SIG_IGN) {
            process.actions[signal] = SignalAction.DEFAULT;
            task.blocked &= ~Signals.bit(signal);
        }
        task.pending.add(information);
    }

    /** SIGCONT and stop signals cancel each other when sent; SIGCONT and SIGKILL let a stopped process go on. */
    private void prepare(Process process, int signal) {
        long bit = Signals.bit(signal);
        if ((bit & STOPS) != 0) {
            process.pending.discard(Signals.bit(Signals.SIGCONT));
            process.tasks().forEach(task -> task.pending.discard(Signals.bit(Signals.SIGCONT)));
        } else if ((bit & CONTINUES) != 0) {
            process.pending.discard(STOPS);
            process.tasks().forEach(task -> task.pending.discard(STOPS));
            kernel.lifecycle().goOn(process);
        }
    }

    /** Takes the next signal that the mask lets through; there must be one ({@link Task#hasDeliverableSignal}). */
    public SignalInformation take(Task task) {
        int own = PendingSignals.first(task.pending.set() & ~task.blocked);
        SignalInformation information = own != 0
                ? task.pending.take(own)
                : task.process()
                        .pending
                        .take(PendingSignals.first(task.process().pending.set() & ~task.blocked));
        task.lastSignal = information;
        return information;
    }

    /** Takes a signal of a set, blocked or not, for {@code rt_sigtimedwait(2)}; the task's own first. */
    public SignalInformation takeOf(Task task, long set) {
        int own = PendingSignals.first(task.pending.set() & set);
        return own != 0
                ? task.pending.take(own)
                : task.process()
                        .pending
                        .take(PendingSignals.first(task.process().pending.set() & set));
    }

    /**
     * Does what the process wants done about a signal: calls the handler, or takes the default action.
     *
     * @return whether a handler was entered
     */
    public boolean act(Task task, SignalInformation information) {
        int signal = information.signal();
        Process process = task.process();
        SignalAction action = process.action(signal);
        task.lastSignal = information;
        if (action.isHandler()) {
            enterHandler(task, information, action);
            return true;
        }
        if (action.handler() == Signals.SIG_IGN) {
            return false;
        }
        DefaultAction standard = Signals.defaultAction(signal);
        switch (standard) {
            case IGNORE, CONTINUE -> {}
            case STOP -> kernel.lifecycle().stop(process, signal);
            case TERMINATE, CORE -> kernel.lifecycle().kill(process, signal);
        }
        return false;
    }

    private void enterHandler(Task task, SignalInformation information, SignalAction action) {
        kernel.interruptCall(task, action.has(Signals.SA_RESTART));
        long maskForFrame = task.maskSaved ? task.savedMask : task.blocked;
        task.maskSaved = false;
        if (!frames.push(task, information, action, maskForFrame)) {
            kernel.lifecycle().kill(task.process(), Signals.SIGSEGV);
            return;
        }
        if (action.has(Signals.SA_RESETHAND)) {
            task.process().actions[information.signal()] = SignalAction.DEFAULT;
        }
        long more = action.has(Signals.SA_NODEFER) ? 0 : Signals.bit(information.signal());
        task.setSignalMask(task.blocked | action.mask() | more);
    }

    /**
     * {@code rt_sigreturn(2)}: brings back what the handler's frame holds.
     *
     * @return false if the frame cannot be read; the task then gets SIGSEGV
     */
    public boolean returnFromHandler(Task task) {
        task.enterCall(Task.NO_CALL);
        if (frames.pop(task)) {
            return true;
        }
        force(task, SignalInformation.kernel(Signals.SIGSEGV));
        return false;
    }

    /** {@code rt_sigaction(2)}: signals that are now ignored are forgotten. */
    public void install(Process process, int signal, SignalAction action) {
        process.actions[signal] = action;
        if (action.ignores(signal)) {
            long bit = Signals.bit(signal);
            process.pending.discard(bit);
            process.tasks().forEach(task -> task.pending.discard(bit));
        }
    }
}
