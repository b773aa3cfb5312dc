package dev.gostub.emulator.vfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Advisory locks of all files: {@code flock(2)}, and record locks of {@code fcntl(2)} ({@code fs/locks.c}). */
public final class FileLocks {
    /** End of a lock that reaches to the end of the file, wherever that may be. */
    public static final long TO_THE_END = Long.MAX_VALUE;

    /** Whose a lock is, and which others it meets. */
    public enum Kind {
        /** {@code flock(2)}: an open file's, of the whole file; meets only its like. */
        WHOLE_FILE,
        /** {@code F_SETLK}: a process's, that is its table of descriptors; gone as soon as that closes any descriptor of the file. */
        OF_PROCESS,
        /** {@code F_OFD_SETLK}: an open file's. */
        OF_OPEN_FILE;

        boolean meets(Kind other) {
            return (this == WHOLE_FILE) == (other == WHOLE_FILE);
        }
    }

    /**
     * What somebody wants to lock.
     *
     * @param end behind the last byte; {@link #TO_THE_END}
     */
    public record Wanted(Kind kind, boolean exclusive, long start, long end) {
        private boolean overlaps(Wanted other) {
            return start < other.end && other.start < end;
        }
    }

    /**
     * A lock that is held.
     *
     * @param holder number of the process that asked for it
     */
    public record Lock(Node node, Object owner, Wanted what, int holder) {}

    private List<Lock> locks = new ArrayList<>();

    /** The first lock of somebody else that stands in the way. */
    Optional<Lock> conflict(Node node, Object owner, Wanted wanted) {
        for (Lock lock : locks) {
            boolean other = lock.node == node && lock.owner != owner && lock.what.kind.meets(wanted.kind);
            if (other && lock.what.overlaps(wanted) && (lock.what.exclusive || wanted.exclusive)) {
                return Optional.of(lock);
            }
        }
        return Optional.empty();
    }

    /** Takes a lock that nothing stands in the way of; it replaces what its owner has in that range. */
    void take(Node node, Object owner, Wanted wanted, int holder) {
        drop(node, owner, wanted);
        locks.add(new Lock(node, owner, wanted, holder));
    }

    /** Gives up what an owner has in a range; what it has on both sides stays. */
    void drop(Node node, Object owner, Wanted range) {
        List<Lock> kept = new ArrayList<>();
        for (Lock lock : locks) {
            Wanted what = lock.what;
            boolean own = lock.node == node && lock.owner == owner && what.kind == range.kind;
            if (!own || !what.overlaps(range)) {
                kept.add(lock);
                continue;
            }
            if (what.start < range.start) {
                kept.add(new Lock(
                        node, owner, new Wanted(what.kind, what.exclusive, what.start, range.start), lock.holder));
            }
            if (what.end > range.end) {
                kept.add(
                        new Lock(node, owner, new Wanted(what.kind, what.exclusive, range.end, what.end), lock.holder));
            }
        }
        locks = kept;
    }

    /** Gives up all that an owner has of a file. */
    void dropAll(Node node, Object owner) {
        locks.removeIf(lock -> lock.node == node && lock.owner == owner);
    }

    Saved capture() {
        List<Lock> now = List.copyOf(locks);
        return () -> locks = new ArrayList<>(now);
    }
}
