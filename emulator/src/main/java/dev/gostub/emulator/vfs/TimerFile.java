package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Poll;

/** {@code timerfd_create(2)}: a timer that is read. Times are nanoseconds on the timer's own clock. */
public final class TimerFile implements FileObject {
    /** Which of the guest's clocks a timer follows. */
    public enum Clock {
        MONOTONIC,
        REALTIME
    }

    /** What {@code timerfd_gettime(2)} tells: time left (0 when disarmed) and period. */
    public record Setting(long remainingNanos, long intervalNanos) {}

    private final Node node;
    private final GuestClock clock;
    private final Changes changes;
    private final Clock which;
    /** When it goes off next as seen from the last arming or read; 0 when disarmed. */
    private long expiry;

    private long interval;
    /** Grows with each arming and by the expirations read, so that edge-triggered epoll sees each expiry as something new. */
    private long past;

    TimerFile(Node node, GuestClock clock, Changes changes, Clock which) {
        this.node = node;
        this.clock = clock;
        this.changes = changes;
        this.which = which;
    }

    private long now() {
        return which == Clock.MONOTONIC ? clock.monotonicNanos() : clock.realtimeNanos();
    }

    /** Arms for a time after now; 0 disarms. Gives the setting before. */
    public Setting arm(long afterNanos, long intervalNanos) {
        Setting before = setting();
        set(afterNanos == 0 ? 0 : saturatedSum(now(), afterNanos), intervalNanos);
        return before;
    }

    /** Arms for a time on the clock; 0 disarms. Gives the setting before. */
    public Setting armAt(long timeNanos, long intervalNanos) {
        Setting before = setting();
        set(timeNanos, intervalNanos);
        return before;
    }

    private void set(long time, long intervalNanos) {
        expiry = time;
        interval = intervalNanos;
        past++;
        changes.note();
    }

    public Setting setting() {
        if (expiry == 0) {
            return new Setting(0, interval);
        }
        long late = now() - expiry;
        long remaining = late < 0 ? -late : interval == 0 ? 0 : interval - late % interval;
        return new Setting(remaining, interval);
    }

    private long expirations() {
        if (expiry == 0 || now() < expiry) {
            return 0;
        }
        return interval == 0 ? 1 : (now() - expiry) / interval + 1;
    }

    /** The monotonic time of the next expiry; {@link Long#MAX_VALUE} if there is none or it has passed unread. */
    long deadlineMonotonic() {
        if (expiry == 0) {
            return Long.MAX_VALUE;
        }
        long passed = expirations();
        if (passed > 0 && interval == 0) {
            return Long.MAX_VALUE;
        }
        long next = expiry + passed * interval;
        return which == Clock.MONOTONIC ? next : saturatedSum(clock.monotonicNanos(), next - now());
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
        long count = expirations();
        if (count == 0) {
            return Errno.EAGAIN.result();
        }
        past += count;
        expiry = interval == 0 ? 0 : expiry + count * interval;
        LittleEndian.put64(into, at, count);
        return Long.BYTES;
    }

    @Override
    public int readiness() {
        return expirations() > 0 ? Poll.READABLE : 0;
    }

    @Override
    public long activity(int interest) {
        return past + expirations();
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < a ? Long.MAX_VALUE : sum;
    }

    @Override
    public boolean ignoresSeeking() {
        return true;
    }

    @Override
    public Saved capture() {
        long time = expiry;
        long period = interval;
        long count = past;
        return () -> {
            expiry = time;
            interval = period;
            past = count;
        };
    }
}
