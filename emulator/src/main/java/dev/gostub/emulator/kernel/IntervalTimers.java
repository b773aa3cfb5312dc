package dev.gostub.emulator.kernel;

import dev.gostub.emulator.abi.Clocks;
import dev.gostub.emulator.abi.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All timers that send signals, and when those that count processor time are due. */
public final class IntervalTimers {
    private final Kernel kernel;
    /** Armed timers that count processor time. */
    private final ArrayList<IntervalTimer> counting = new ArrayList<>();

    IntervalTimers(Kernel kernel) {
        this.kernel = kernel;
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
        return timer.isArmed() ? Math.max(1, timer.deadline - now(timer)) : 0;
    }

    /** Sets when the timer goes off, on its own clock, and how often after that; a deadline of 0 disarms it. */
    public void arm(IntervalTimer timer, long deadline, long interval) {
        disarm(timer);
        timer.deadline = deadline;
        timer.interval = interval;
        if (deadline == 0) {
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
    }

    private void expire(IntervalTimer timer) {
        long late = now(timer) - timer.deadline;
        long skipped = timer.interval > 0 ? late / timer.interval : 0;
        timer.overruns = (int) Math.min(skipped, Integer.MAX_VALUE);
        if (timer.interval > 0) {
            timer.deadline += timer.interval * (skipped + 1);
            if (!timer.countsCpu()) {
                plan(timer);
            }
        } else {
            timer.deadline = 0;
        }
        if (!timer.isSilent()) {
            notify(timer);
        }
    }

    private void notify(IntervalTimer timer) {
        if (timer.notice().task() == 0) {
            kernel.signaling().send(timer.process(), timer.information());
        } else {
            kernel.task(timer.notice().task())
                    .ifPresent(task -> kernel.signaling().send(task, timer.information()));
        }
    }

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
                if (timer.deadline == 0) {
                    counting.remove(i);
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
        if (!timer.isArmed()) {
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
