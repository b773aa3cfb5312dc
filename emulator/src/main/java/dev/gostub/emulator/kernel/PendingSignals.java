package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;
import java.util.ArrayList;
import java.util.List;

/** Signals that were sent and not yet taken, of one task or of a whole process. Standard signals are kept once, real-time ones each. */
public final class PendingSignals {
    /** Caused by the task itself: taken before all others (kernel/signal.c, SYNCHRONOUS_MASK). */
    private static final long SYNCHRONOUS = Signals.bit(Signals.SIGSEGV)
            | Signals.bit(Signals.SIGBUS)
            | Signals.bit(Signals.SIGILL)
            | Signals.bit(Signals.SIGTRAP)
            | Signals.bit(Signals.SIGFPE)
            | Signals.bit(Signals.SIGSYS);

    private final ArrayList<SignalInformation> queue = new ArrayList<>();
    private long set;

    /** The signals, a bit each. */
    public long set() {
        return set;
    }

    /** Adds a signal; a standard one that is there already is dropped, but for that of a timer, which waits until it is taken (posixtimer_send_sigqueue). */
    void add(SignalInformation information) {
        long bit = Signals.bit(information.signal());
        boolean ofTimer = information.code() == Signals.SI_TIMER;
        if (information.signal() < Signals.SIGRTMIN && (set & bit) != 0 && !ofTimer) {
            return;
        }
        set |= bit;
        queue.add(information);
    }

    /** Which signal of {@code wanted} comes first, 0 if none is there. */
    public static int first(long wanted) {
        if (wanted == 0) {
            return 0;
        }
        long urgent = wanted & SYNCHRONOUS;
        return Long.numberOfTrailingZeros(urgent != 0 ? urgent : wanted) + 1;
    }

    /** Takes a signal that is there. */
    SignalInformation take(int signal) {
        for (int i = 0; i < queue.size(); i++) {
            if (queue.get(i).signal() == signal) {
                SignalInformation information = queue.remove(i);
                if (queue.stream().noneMatch(other -> other.signal() == signal)) {
                    set &= ~Signals.bit(signal);
                }
                return information;
            }
        }
        throw new IllegalStateException("signal " + signal + " is not pending");
    }

    /** Drops all signals of a set. */
    void discard(long signals) {
        set &= ~signals;
        queue.removeIf(information -> (Signals.bit(information.signal()) & signals) != 0);
    }

    /** Drops what a timer has sent. */
    void discardTimer(int number) {
        for (int i = queue.size() - 1; i >= 0; i--) {
            SignalInformation each = queue.get(i);
            if (each.code() == Signals.SI_TIMER && (int) each.first() == number) {
                int signal = each.signal();
                queue.remove(i);
                if (queue.stream().noneMatch(other -> other.signal() == signal)) {
                    set &= ~Signals.bit(signal);
                }
            }
        }
    }

    /** Those that take a place of RLIMIT_SIGPENDING: what a timer sends has its own, and one that had none is only a bit. */
    int places() {
        int count = 0;
        for (SignalInformation each : queue) {
            count += each.code() == Signals.SI_TIMER || each.isLost() ? 0 : 1;
        }
        return count;
    }

    List<SignalInformation> capture() {
        return List.copyOf(queue);
    }

    void restore(List<SignalInformation> snapshot) {
        queue.clear();
        set = 0;
        for (SignalInformation information : snapshot) {
            queue.add(information);
            set |= Signals.bit(information.signal());
        }
    }
}
