package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Signals;

/**
 * A timer that sends a signal: {@code setitimer(2)}, {@code alarm(2)}, {@code timer_create(2)}. It counts on a clock that runs by itself, or on the processor
 * time of its task or process; the latter kind is looked at after each turn of the task.
 */
public final class IntervalTimer {
    /** What the timer counts. */
    public enum Measure {
        MONOTONIC,
        REALTIME,
        PROCESS_CPU,
        /** Without the time inside the kernel. */
        PROCESS_USER,
        TASK_CPU
    }

    /** Whom the timer tells, and how. {@code task} 0: the process. {@code timerId} -1: an interval timer without a number, which sends SI_KERNEL. */
    public record Notice(int signal, int timerId, int task, long value) {}

    private final Process process;
    private final Measure measure;
    private final Notice notice;
    /** Task whose processor time counts. */
    private final int countedTask;

    private final int key;
    /** Whose places for queued signals it takes one of: those of the user who made it. */
    private final int user;

    long deadline;
    long interval;
    int overruns;
    /** Its signal was sent and nobody has taken it: until then the timer stands still, and what it misses are overruns. */
    boolean waiting;

    Timers.Timeout timeout = Timers.Timeout.NONE;

    IntervalTimer(Process process, int key, Measure measure, Notice notice, int countedTask) {
        this.key = key;
        this.process = process;
        this.measure = measure;
        this.notice = notice;
        this.countedTask = countedTask;
        this.user = process.credentials().realUser();
    }

    public Measure measure() {
        return measure;
    }

    public Notice notice() {
        return notice;
    }

    public Process process() {
        return process;
    }

    /** Takes it one of a user's places for queued signals. */
    boolean takesPlaceOf(int someUser) {
        return isCreated() && user == someUser;
    }

    /** Where the process keeps it: its number, or below zero one for each interval timer. */
    int key() {
        return key;
    }

    int countedTask() {
        return countedTask;
    }

    boolean countsCpu() {
        return measure != Measure.MONOTONIC && measure != Measure.REALTIME;
    }

    public boolean isArmed() {
        return deadline != 0;
    }

    public long intervalNanos() {
        return interval;
    }

    /** Overruns of the last signal. */
    public int overruns() {
        return overruns;
    }

    SignalInformation information() {
        return isCreated()
                ? SignalInformation.timer(notice.signal(), notice.timerId(), overruns, notice.value())
                : SignalInformation.kernel(notice.signal());
    }

    /** Of {@code timer_create(2)}, and not one of those that every process has. */
    boolean isCreated() {
        return key >= 0;
    }

    /** Moves the deadline behind a time: the whole intervals that have passed besides the one that was due. */
    int forward(long now) {
        long skipped = Math.max(0, now - deadline) / interval;
        deadline += interval * (skipped + 1);
        return (int) Math.min(skipped, Integer.MAX_VALUE);
    }

    boolean isSilent() {
        return !Signals.isSignal(notice.signal());
    }

    Snapshot capture() {
        return new Snapshot(this, deadline, interval, overruns, waiting, timeout.order());
    }

    void restore(Snapshot snapshot) {
        deadline = snapshot.deadline;
        interval = snapshot.interval;
        overruns = snapshot.overruns;
        waiting = snapshot.waiting;
        timeout = Timers.Timeout.NONE;
    }

    /** A timer at one moment. */
    record Snapshot(
            IntervalTimer timer, long deadline, long interval, int overruns, boolean waiting, long timeoutOrder) {}
}
