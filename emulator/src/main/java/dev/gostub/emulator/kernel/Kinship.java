package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;

/** What is between a process and its parent: who that is, what it hears of the process, and what it has heard ({@code wait4(2)}). */
public final class Kinship {
    /** {@link #parent} of a process whose parent has ended: init, which is not in the machine. */
    static final int ADOPTED = 1;

    int parent;
    /** What the parent gets at the end; 0 for nothing. */
    int exitSignal = Signals.SIGCHLD;
    /** What the process gets when its parent ends ({@code PR_SET_PDEATHSIG}); 0 for nothing. */
    int parentDeathSignal;
    /** How often the state of a child has changed; whoever waits for children compares. */
    long childNews;
    /** Processor time of children that were waited for, and of theirs. */
    long childrenTime;
    /** The part of it inside the kernel. */
    long childrenSystemTime;
    /** Orphans below it become its children ({@code PR_SET_CHILD_SUBREAPER}). */
    boolean reaper;
    /** The signal that stopped the process, until the parent has asked for it; else 0. */
    int unseenStop;
    /** SIGCONT let the process go on, and the parent has not asked for it. */
    boolean unseenContinue;

    Kinship() {}

    /** Number of the process that made this one; 0 if that is outside the machine, 1 if that has ended. */
    public int parent() {
        return parent;
    }

    public int exitSignal() {
        return exitSignal;
    }

    public int parentDeathSignal() {
        return parentDeathSignal;
    }

    public void setParentDeathSignal(int signal) {
        parentDeathSignal = signal;
    }

    public boolean isReaper() {
        return reaper;
    }

    public void setReaper(boolean on) {
        reaper = on;
    }

    /** How often the state of a child has changed so far. */
    public long childNews() {
        return childNews;
    }

    /** Processor time of children that were waited for, and of theirs, in nanoseconds. */
    public long childrenTime() {
        return childrenTime;
    }

    /** The part of {@link #childrenTime} that was spent inside the kernel. */
    public long childrenSystemTime() {
        return childrenSystemTime;
    }

    /** The signal that stopped the process if the parent has not asked for it yet, else 0. */
    public int unseenStop() {
        return unseenStop;
    }

    /** Has SIGCONT let the process go on and the parent has not asked for that yet. */
    public boolean unseenContinue() {
        return unseenContinue;
    }

    /** The parent knows that the process was stopped, or goes on. */
    public void seen() {
        unseenStop = 0;
        unseenContinue = false;
    }

    Snapshot capture() {
        return new Snapshot(
                parent,
                exitSignal,
                parentDeathSignal,
                childNews,
                childrenTime,
                childrenSystemTime,
                unseenStop,
                unseenContinue,
                reaper);
    }

    void restore(Snapshot snapshot) {
        parent = snapshot.parent;
        exitSignal = snapshot.exitSignal;
        parentDeathSignal = snapshot.parentDeathSignal;
        childNews = snapshot.childNews;
        childrenTime = snapshot.childrenTime;
        childrenSystemTime = snapshot.childrenSystemTime;
        unseenStop = snapshot.unseenStop;
        unseenContinue = snapshot.unseenContinue;
        reaper = snapshot.reaper;
    }

    /** The kinship at one moment. */
    record Snapshot(
            int parent,
            int exitSignal,
            int parentDeathSignal,
            long childNews,
            long childrenTime,
            long childrenSystemTime,
            int unseenStop,
            boolean unseenContinue,
            boolean reaper) {}
}
