package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Poll;

/** {@code eventfd(2)}: a 64-bit counter. */
final class EventCounter implements FileObject {
    /** The largest value; the one above it is only for overflow by the kernel itself. */
    private static final long LARGEST = -2L;

    private final Node node;
    private final Activity activity;
    private final boolean semaphore;
    private long count;

    private EventCounter(Node node, Activity activity, long count, boolean semaphore) {
        this.node = node;
        this.activity = activity;
        this.count = count;
        this.semaphore = semaphore;
    }

    static EventCounter whole(Node node, Activity activity, long count) {
        return new EventCounter(node, activity, count, false);
    }

    /** With {@code EFD_SEMAPHORE} each read takes one. */
    static EventCounter semaphore(Node node, Activity activity, long count) {
        return new EventCounter(node, activity, count, true);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long read(byte[] into, int at, int length) {
        if (length < Long.BYTES) {
            return Errno.EINVAL.result();
        }
        if (count == 0) {
            return Errno.EAGAIN.result();
        }
        long taken = semaphore ? 1 : count;
        count -= taken;
        LittleEndian.put64(into, at, taken);
        activity.noteWritable();
        return Long.BYTES;
    }

    @Override
    public long write(byte[] from, int at, int length) {
        if (length < Long.BYTES) {
            return Errno.EINVAL.result();
        }
        long added = LittleEndian.get64(from, at);
        if (added == -1L) {
            return Errno.EINVAL.result();
        }
        if (Long.compareUnsigned(added, LARGEST - count) > 0) {
            return Errno.EAGAIN.result();
        }
        count += added;
        activity.noteReadable();
        return Long.BYTES;
    }

    @Override
    public int readiness() {
        return (count != 0 ? Poll.READABLE : 0) | (count != LARGEST ? Poll.WRITABLE : 0);
    }

    @Override
    public long activity(int interest) {
        return activity.count(interest);
    }

    @Override
    public boolean ignoresSeeking() {
        return true;
    }

    @Override
    public Saved capture() {
        long now = count;
        Saved events = activity.capture();
        return () -> {
            count = now;
            events.restore();
        };
    }
}
