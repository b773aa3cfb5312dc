package dev.gostub.server.target;

/**
 * One thread of the debuggee, by process and thread number as the guest itself sees them.
 *
 * @param pid the process (thread group), positive
 * @param tid the thread, positive; of the first thread equal to {@code pid} on Linux
 */
public record ThreadId(long pid, long tid) implements Comparable<ThreadId> {
    public ThreadId {
        if (pid <= 0 || tid <= 0) {
            throw new IllegalArgumentException("thread numbers are positive: p" + pid + "." + tid);
        }
    }

    @Override
    public int compareTo(ThreadId other) {
        int byProcess = Long.compare(pid, other.pid);
        return byProcess != 0 ? byProcess : Long.compare(tid, other.tid);
    }

    /** The protocol's notation, {@code pPID.TID} in hexadecimal. */
    @Override
    public String toString() {
        return "p" + Long.toHexString(pid) + "." + Long.toHexString(tid);
    }
}
