package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Clocks;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.SystemLayouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All timers that send signals, and when those that count processor time are due. */
public final class IntervalTimers {
    /** Key of the timer that counts against RLIMIT_CPU. */
    private static final int PROCESSOR_TIME = -4;

    private static final long SECOND = 1_000_000_000L;
    /** So often at most a timer is looked at whose signal is ignored (posix_timer_fn of kernel/time/posix-timers.c). */
    private static final long TICK = 4_000_000L;

    private final Kernel kernel;
    /** Armed timers that count processor time. */
    private final ArrayList<IntervalTimer> counting = new ArrayList<>();

    IntervalTimers(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A timer takes the place of one queued signal. */
    public boolean mayCreate(Process process) {
        return kernel.signaling().hasPlace(process);
    }

    /** {@code timer_create(2)}; {@code notice} gets its number from here. */
    public IntervalTimer create(
            Task creator, IntervalTimer.Measure measure, IntervalTimer.Notice notice, int countedTask) {
        Process process = creator.process();
        int number = process.nextTimer++;
        // Without an explicit value si_value is the timer's number (sys_timer_create).
        long value = notice.timerId() == Integer.MIN_VALUE ? number : notice.value();
        IntervalTimer timer = new IntervalTimer(
                process,
                number,
                measure,
                new IntervalTimer.Notice(notice.signal(), number, notice.task(), value),
                countedTask);
        process.timers.put(number, timer);
        return timer;
    }

    public Optional<IntervalTimer> find(Process process, int number) {
        return number < 0 ? Optional.empty() : Optional.ofNullable(process.timers.get(number));
    }

    /** The timer of {@code setitimer(2)}. */
    public IntervalTimer interval(Process process, int which) {
        return process.timers.computeIfAbsent(-1 - which, _ -> {
            int signal = switch (which) {
                case Clocks.ITIMER_REAL -> Signals.SIGALRM;
                case Clocks.ITIMER_VIRTUAL -> Signals.SIGVTALRM;
                default -> Signals.SIGPROF;
            };
            IntervalTimer.Measure measure = switch (which) {
                case Clocks.ITIMER_REAL -> IntervalTimer.Measure.MONOTONIC;
                case Clocks.ITIMER_VIRTUAL -> IntervalTimer.Measure.PROCESS_USER;
                default -> IntervalTimer.Measure.PROCESS_CPU;
            };
            return new IntervalTimer(process, -1 - which, measure, new IntervalTimer.Notice(signal, -1, 0, 0), 0);
        });
    }

    public void delete(IntervalTimer timer) {
        disarm(timer);
        timer.process().timers.remove(timer.key());
    }

    /** The timer's clock now, in nanoseconds. */
    public long now(IntervalTimer timer) {
        return switch (timer.measure()) {
            case MONOTONIC -> kernel.clock().monotonic();
            case REALTIME -> kernel.clock().realtime();
            case PROCESS_CPU -> timer.process().cpuTime();
            case PROCESS_USER -> timer.process().cpuTime() - timer.process().systemTime();
            case TASK_CPU -> kernel.task(timer.countedTask()).map(Task::cpuTime).orElse(Long.MAX_VALUE);
        };
    }

    /** Time until the timer goes off, in nanoseconds; 0 if it is not armed. */
    public long remaining(IntervalTimer timer) {
        if (!timer.isArmed()) {
            return 0;
        }
        long left = timer.deadline - now(timer);
        if (left <= 0 && timer.interval > 0) {
            left = timer.interval - -left % timer.interval;
        }
        return timer.isSilent() ? Math.max(0, left) : Math.max(1, left);
    }

    /** Sets when the timer goes off, on its own clock, and how often after that; a deadline of 0 disarms it. */
    public void arm(IntervalTimer timer, long deadline, long interval) {
        disarm(timer);
        timer.deadline = deadline;
        timer.interval = interval;
        timer.overruns = 0;
        start(timer);
    }

    /** One that tells nobody need not go off: what is left is worked out when somebody asks. */
    private void start(IntervalTimer timer) {
        if (!timer.isArmed() || timer.isSilent()) {
            return;
        }
        if (timer.countsCpu()) {
            counting.add(timer);
        } else {
            plan(timer);
        }
    }

    private void plan(IntervalTimer timer) {
        timer.timeout = kernel.timers().plan(monotonic(timer), () -> expire(timer));
    }

    private long monotonic(IntervalTimer timer) {
        return timer.measure() == IntervalTimer.Measure.REALTIME
                ? timer.deadline + kernel.clock().monotonicMinusRealtime()
                : timer.deadline;
    }

    private void disarm(IntervalTimer timer) {
        kernel.timers().cancel(timer.timeout);
        timer.timeout = Timers.Timeout.NONE;
        counting.remove(timer);
        timer.deadline = 0;
        timer.waiting = false;
        if (timer.isCreated()) {
            kernel.signaling().forgetTimer(timer.process(), timer.key());
        }
    }

    private void expire(IntervalTimer timer) {
        if (timer.key() == PROCESSOR_TIME) {
            limitReached(timer);
        } else if (timer.isCreated()) {
            expireCreated(timer);
        } else {
            if (timer.interval > 0) {
                timer.forward(now(timer));
                replan(timer);
            } else {
                timer.deadline = 0;
            }
            kernel.signaling().send(timer.process(), timer.information());
        }
    }

    private void replan(IntervalTimer timer) {
        if (!timer.countsCpu()) {
            plan(timer);
        }
    }

    /** It goes on when its signal is taken (posixtimer_rearm). */
    private void expireCreated(IntervalTimer timer) {
        Signaling.Sent sent = notify(timer);
        if (timer.interval == 0) {
            timer.deadline = 0;
        } else if (sent == Signaling.Sent.QUEUED) {
            timer.waiting = true;
        } else {
            goOn(timer, TICK);
        }
    }

    private void goOn(IntervalTimer timer, long atLeast) {
        timer.waiting = false;
        timer.forward(now(timer) + Math.max(0, atLeast - timer.interval));
        replan(timer);
    }

    /** A signal that a timer has sent is taken: it says what the timer has missed by then, and the timer goes on. */
    SignalInformation taken(Process process, SignalInformation information) {
        IntervalTimer timer = process.timers.get((int) information.first());
        if (information.code() != Signals.SI_TIMER || timer == null || !timer.isCreated()) {
            return information;
        }
        timer.overruns = 0;
        if (timer.waiting) {
            timer.waiting = false;
            timer.overruns = timer.forward(now(timer));
            start(timer);
        }
        return timer.information();
    }

    /** What a signal's senders wait for will not happen: it is ignored from now on. */
    void discarded(Process process, int signal) {
        for (IntervalTimer timer : List.copyOf(process.timers.values())) {
            if (timer.waiting && timer.notice().signal() == signal) {
                timer.waiting = false;
                timer.forward(now(timer));
                start(timer);
            }
        }
    }

    private Signaling.Sent notify(IntervalTimer timer) {
        if (timer.notice().task() == 0) {
            return kernel.signaling().send(timer.process(), timer.information());
        }
        return kernel.task(timer.notice().task())
                .map(task -> kernel.signaling().send(task, timer.information()))
                .orElse(Signaling.Sent.IGNORED);
    }

    // ---- RLIMIT_CPU

    /** Counts a process's time against its limit from now on. */
    public void limitProcessorTime(Process process) {
        long soft = process.softLimit(SystemLayouts.RLIMIT_CPU);
        boolean limited = soft >= 0 && soft < Long.MAX_VALUE / SECOND;
        if (!limited && !process.timers.containsKey(PROCESSOR_TIME)) {
            return;
        }
        IntervalTimer.Notice notice = new IntervalTimer.Notice(Signals.SIGXCPU, -1, 0, 0);
        IntervalTimer timer = process.timers.computeIfAbsent(
                PROCESSOR_TIME,
                _ -> new IntervalTimer(process, PROCESSOR_TIME, IntervalTimer.Measure.PROCESS_CPU, notice, 0));
        arm(timer, limited ? Math.max(1, soft * SECOND) : 0, SECOND);
    }

    /** check_process_timers of kernel/time/posix-cpu-timers.c: SIGXCPU each second from the soft limit on, and the soft limit goes with it. */
    private void limitReached(IntervalTimer timer) {
        Process process = timer.process();
        long soft = process.softLimit(SystemLayouts.RLIMIT_CPU);
        long hard = process.hardLimit(SystemLayouts.RLIMIT_CPU);
        if (hard >= 0 && hard < Long.MAX_VALUE / SECOND && now(timer) >= hard * SECOND) {
            timer.deadline = 0;
            kernel.signaling().send(process, SignalInformation.kernel(Signals.SIGKILL));
            return;
        }
        timer.deadline += SECOND;
        process.limit(SystemLayouts.RLIMIT_CPU, soft + 1, hard);
        kernel.signaling().send(process, timer.information());
    }

    // ---- processor time

    /** How many instructions a task may retire before a timer that counts processor time is due. */
    public long untilDue(Task task) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < counting.size(); i++) {
            IntervalTimer timer = counting.get(i);
            if (counts(timer, task)) {
                least = Math.min(least, Math.max(1, timer.deadline - now(timer)));
            }
        }
        return least;
    }

    /** Lets those go off that a task's turn has made due. */
    public void expireCounting() {
        for (int i = 0; i < counting.size(); ) {
            IntervalTimer timer = counting.get(i);
            if (now(timer) >= timer.deadline) {
                expire(timer);
                if (timer.deadline == 0 || timer.waiting) {
                    counting.remove(timer);
                    continue;
                }
            }
            i++;
        }
    }

    private static boolean counts(IntervalTimer timer, Task task) {
        return timer.measure() == IntervalTimer.Measure.TASK_CPU
                ? timer.countedTask() == task.id()
                : timer.process() == task.process();
    }

    void forget(Task task) {
        for (IntervalTimer timer : List.copyOf(counting)) {
            if (timer.measure() == IntervalTimer.Measure.TASK_CPU && timer.countedTask() == task.id()) {
                disarm(timer);
            }
        }
    }

    void forget(Process process) {
        for (IntervalTimer timer : List.copyOf(process.timers.values())) {
            disarm(timer);
        }
        process.timers.clear();
    }

    /** Those of {@code timer_create(2)} go with the program, those of {@code setitimer(2)} stay. */
    void forgetCreated(Process process) {
        for (IntervalTimer timer : List.copyOf(process.timers.values())) {
            if (timer.key() >= 0) {
                delete(timer);
            }
        }
    }

    /** Plans again what a restored snapshot says. */
    void restored(IntervalTimer timer, long place) {
        if (!timer.isArmed() || timer.isSilent() || timer.waiting) {
            return;
        }
        if (timer.countsCpu()) {
            counting.add(timer);
        } else {
            timer.timeout = kernel.timers().plan(monotonic(timer), place, () -> expire(timer));
        }
    }

    void clear() {
        counting.clear();
    }
}
