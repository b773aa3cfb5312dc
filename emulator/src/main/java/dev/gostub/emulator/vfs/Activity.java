package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Poll;

/**
 * Counts the events on a file for which Linux would wake those who wait on it. Edge-triggered epoll compares these counts: it
 * reports again when something has happened, even if the file was ready all along.
 */
public final class Activity {
    private static final int INWARD = Poll.READABLE | Poll.POLLPRI | Poll.POLLRDBAND | Poll.POLLRDHUP;
    private static final int OUTWARD = Poll.WRITABLE | Poll.POLLWRBAND;

    private final Changes changes;
    private long inward;
    private long outward;

    Activity(Changes changes) {
        this.changes = changes;
    }

    /** Something came to be read. */
    public void noteReadable() {
        inward++;
        changes.note();
    }

    /** Room came to write into. */
    public void noteWritable() {
        outward++;
        changes.note();
    }

    /** The other side went away, or the like: wakes both directions. */
    public void noteBoth() {
        inward++;
        outward++;
        changes.note();
    }

    /** The number of events that matter to somebody interested in these {@code POLL*} bits. */
    public long count(int interest) {
        return ((interest & INWARD) != 0 ? inward : 0) + ((interest & OUTWARD) != 0 ? outward : 0);
    }

    /** The counts now. */
    public Saved capture() {
        return new State(this, inward, outward);
    }

    private record State(Activity owner, long inward, long outward) implements Saved {
        @Override
        public void restore() {
            owner.inward = inward;
            owner.outward = outward;
        }
    }
}
