package dev.gostub.emulator.vfs;

/** What can be set of a process through its directory in /proc or {@code prctl(2)}, with what the first one starts with. Children inherit all of it, and another program keeps it. */
public enum ProcessSetting {
    OOM_SCORE_ADJ(0),
    /** What an unprivileged process may not go below: the last value that a privileged one has set. */
    OOM_SCORE_ADJ_MIN(0),
    COREDUMP_FILTER(0x33),
    LOGINUID(-1),
    SESSIONID(-1),
    AUTOGROUP_NICE(0),
    /** {@code PR_SET_DUMPABLE}; another program starts with 1, and a change of users makes it 0. */
    DUMPABLE(1);

    private final long initial;

    ProcessSetting(long initial) {
        this.initial = initial;
    }

    public long initial() {
        return initial;
    }
}
