package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.Signals.DefaultAction;
import dev.gostub.emulator.abi.SystemLayouts;

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

    /** What came of sending a signal. */
    public enum Sent {
        QUEUED,
        /** The process does not want it. */
        IGNORED,
        /** There are as many signals as RLIMIT_SIGPENDING allows: EAGAIN. */
        NO_ROOM
    }

    /** Sends a signal to a process: to its first task that does not block it, or to whoever unblocks it first. */
    public Sent send(Process process, SignalInformation information) {
        prepare(process, information.signal());
        long bit = Signals.bit(information.signal());
        for (Task task : process.tasks()) {
            if ((task.blocked & bit) == 0) {
                return enqueue(task, task.pending, information);
            }
        }
        return add(process, process.pending, information);
    }

    /** Sends a signal to one task. */
    public Sent send(Task task, SignalInformation information) {
        prepare(task.process(), information.signal());
        return enqueue(task, task.pending, information);
    }

    private Sent enqueue(Task task, PendingSignals queue, SignalInformation information) {
        long bit = Signals.bit(information.signal());
        boolean ignored = task.process().action(information.signal()).ignores(information.signal());
        if (ignored && (task.blocked & bit) == 0 && (watched & bit) == 0) {
            return Sent.IGNORED;
        }
        return add(task.process(), queue, information);
    }

    /** __send_signal_locked: what a program queues needs a place; a real-time signal fails without one, others lose what they say. */
    private Sent add(Process process, PendingSignals queue, SignalInformation information) {
        int signal = information.signal();
        boolean needsPlace = information.code() != Signals.SI_TIMER
                && (signal >= Signals.SIGRTMIN || information.code() < 0)
                && signal != Signals.SIGKILL;
        boolean merged = signal < Signals.SIGRTMIN && (queue.set() & Signals.bit(signal)) != 0;
        if (needsPlace && !merged && !hasPlace(process)) {
            if (signal >= Signals.SIGRTMIN && information.code() != Signals.SI_USER) {
                return Sent.NO_ROOM;
            }
            if ((queue.set() & Signals.bit(signal)) == 0) {
                queue.add(SignalInformation.lost(signal));
            }
        } else {
            queue.add(information);
        }
        noteSignalFiles();
        return Sent.QUEUED;
    }

    /** May the process's user have one queued signal, or one timer, more. */
    boolean hasPlace(Process process) {
        long limit = process.softLimit(SystemLayouts.RLIMIT_SIGPENDING);
        return limit == SystemLayouts.RLIM_INFINITY
                || Long.compareUnsigned(places(process.credentials().realUser()), limit) < 0;
    }

    private long places(int user) {
        long count = 0;
        for (Process each : kernel.processes()) {
            for (IntervalTimer timer : each.timers.values()) {
                count += timer.takesPlaceOf(user) ? 1 : 0;
            }
            if (each.credentials().realUser() == user) {
                count += each.pending.places();
                for (Task task : each.tasks()) {
                    count += task.pending.places();
                }
            }
        }
        return count;
    }

    /** What a timer has sent and nobody has taken is forgotten: it was set anew. */
    void forgetTimer(Process process, int number) {
        process.pending.discardTimer(number);
        process.tasks().forEach(task -> task.pending.discardTimer(number));
    }

    /** A signal that the task caused itself and cannot escape: a blocked or ignored one kills. */
    public void force(Task task, SignalInformation information) {
        int signal = information.signal();
        Process process = task.process();
        if ((task.blocked & Signals.bit(signal)) != 0 || process.actions[signal].handler() == Signals.SIG_IGN) {
            process.actions[signal] = process.actions[signal].reset();
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
        task.lastSignal = kernel.intervalTimers().taken(task.process(), information);
        return task.lastSignal;
    }

    /** Takes a signal of a set, blocked or not, for {@code rt_sigtimedwait(2)}; the task's own first. */
    public SignalInformation takeOf(Task task, long set) {
        int own = PendingSignals.first(task.pending.set() & set);
        SignalInformation information = own != 0
                ? task.pending.take(own)
                : task.process()
                        .pending
                        .take(PendingSignals.first(task.process().pending.set() & set));
        return kernel.intervalTimers().taken(task.process(), information);
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
            case TERMINATE -> kernel.lifecycle().kill(process, signal);
            case CORE -> kernel.lifecycle().dump(process, signal);
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
            task.process().actions[information.signal()] = action.reset();
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
            kernel.intervalTimers().discarded(process, signal);
        }
    }
}
