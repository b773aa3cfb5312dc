package dev.gostub.emulator.machine;

/**
 * How the guest's time lies to the host's while sleeping takes as long outside as inside. A host's fact and no state of the machine: it says how long the host waits, never
 * what the guest's clock says after the wait.
 *
 * <p>One number holds it: the host's time at which the guest's clock would be 0. What the guest computes takes longer outside than inside, and that is taken off the next
 * sleeps, so that a ticker which works for a part of its second still ticks by the second; but no more than {@link #LAG_MOST}, or a program
 * that has computed for a minute would not sleep for the next one. While the machine stands, for a debugger, no time passes.
 */
final class Pace {
    /** What computing may take off later sleeps. */
    static final long LAG_MOST = 1_000_000_000;
    /** Shorter waits are put off and made together: a host's timer is not exact enough for them. */
    static final long GRAIN = 1_000_000;

    private long origin;
    private long stopped;
    private boolean known;

    /** The machine begins to run, or goes on. */
    void start(long host, long guest) {
        origin = known ? origin + host - stopped : host - guest;
        known = true;
    }

    /** The machine stands. */
    void stop(long host) {
        stopped = host;
    }

    /** The guest's clock was set, with a snapshot. */
    void forget() {
        known = false;
    }

    /** How long to wait until it is so late inside as it is outside: 0 if that has come, or nearly. */
    long untilGuest(long host, long now, long then) {
        origin = Math.max(origin, host - now - LAG_MOST);
        long wait = origin + then - host;
        return wait < GRAIN ? 0 : wait;
    }
}
