package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Clocks.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.kernel.IntervalTimer;
import dev.gostub.emulator.kernel.IntervalTimer.Measure;
import dev.gostub.emulator.kernel.IntervalTimer.Notice;
import dev.gostub.emulator.kernel.IntervalTimers;
import dev.gostub.emulator.kernel.Task;

/** Timers that send signals. */
final class TimerCalls {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] NO_EVENT = {};

    private TimerCalls() {}

    /** setitimer(2). */
    static SyscallResult setitimer(SyscallContext call) {
        IntervalTimer timer = interval(call);
        byte[] before = new byte[2 * TimeLayouts.TIMEVAL_BYTES];
        putIntervals(call, timer, before);
        long first = 0;
        long interval = 0;
        if (call.argument(1) != 0) {
            byte[] b = call.read(call.argument(1), before.length);
            if (!TimeLayouts.validTimeval(b, 0) || !TimeLayouts.validTimeval(b, TimeLayouts.TIMEVAL_BYTES)) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            interval = TimeLayouts.timevalNanos(b, 0);
            first = TimeLayouts.timevalNanos(b, TimeLayouts.TIMEVAL_BYTES);
        }
        armAfter(call, timer, first, interval);
        if (call.argument(2) != 0) {
            call.write(call.argument(2), before);
        }
        return SyscallResult.OK;
    }

    /** getitimer(2). */
    static SyscallResult getitimer(SyscallContext call) {
        byte[] b = new byte[2 * TimeLayouts.TIMEVAL_BYTES];
        putIntervals(call, interval(call), b);
        call.write(call.argument(1), b);
        return SyscallResult.OK;
    }

    private static IntervalTimer interval(SyscallContext call) {
        int which = call.integer(0);
        if (which < ITIMER_REAL || which > ITIMER_PROF) {
            throw new SyscallException(Errno.EINVAL);
        }
        return timers(call).interval(call.process(), which);
    }

    private static void putIntervals(SyscallContext call, IntervalTimer timer, byte[] b) {
        TimeLayouts.putTimeval(b, 0, timer.intervalNanos());
        TimeLayouts.putTimeval(b, TimeLayouts.TIMEVAL_BYTES, timers(call).remaining(timer));
    }

    private static void armAfter(SyscallContext call, IntervalTimer timer, long nanos, long interval) {
        IntervalTimers timers = timers(call);
        timers.arm(timer, nanos == 0 ? 0 : saturatedSum(timers.now(timer), nanos), interval);
    }

    private static long saturatedSum(long a, long b) {
        return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
    }

    /** alarm(2). */
    static SyscallResult alarm(SyscallContext call) {
        IntervalTimer timer = timers(call).interval(call.process(), ITIMER_REAL);
        long left = timers(call).remaining(timer);
        armAfter(call, timer, Integer.toUnsignedLong(call.integer(0)) * SECOND, 0);
        return SyscallResult.value(left == 0 ? 0 : Math.max(1, (left + SECOND / 2) / SECOND));
    }

    /** timer_create(2). */
    static SyscallResult timerCreate(SyscallContext call) {
        byte[] event = call.argument(1) == 0 ? NO_EVENT : call.read(call.argument(1), SIGEVENT_BYTES);
        Measured measured = measured(call);
        if (!timers(call).mayCreate(call.process())) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        Notice notice = event == NO_EVENT ? new Notice(Signals.SIGALRM, Integer.MIN_VALUE, 0, 0) : notice(call, event);
        IntervalTimer timer = timers(call).create(call.task(), measured.measure, notice, measured.task);
        if (call.memory()
                        .copyOut(
                                call.argument(2),
                                LittleEndian.of32(timer.notice().timerId()),
                                0,
                                4)
                < 4) {
            timers(call).delete(timer);
            return SyscallResult.failure(Errno.EFAULT);
        }
        return SyscallResult.OK;
    }

    /** What a timer counts, and whose time if it is a task's. */
    private record Measured(Measure measure, int task) {}

    /** Clocks that wake a sleeping machine need one that has such a clock (alarmtimer_get_rtcdev); raw and coarse ones have no timers. */
    private static Measured measured(SyscallContext call) {
        int clock = call.integer(0);
        int self = call.task().id();
        if (clock < 0) {
            return measuredProcessor(call, clock);
        }
        return switch (clock) {
            case CLOCK_MONOTONIC, CLOCK_BOOTTIME -> new Measured(Measure.MONOTONIC, self);
            case CLOCK_REALTIME, CLOCK_TAI -> new Measured(Measure.REALTIME, self);
            case CLOCK_PROCESS_CPUTIME_ID -> new Measured(Measure.PROCESS_CPU, self);
            case CLOCK_THREAD_CPUTIME_ID -> new Measured(Measure.TASK_CPU, self);
            case CLOCK_MONOTONIC_RAW,
                    CLOCK_REALTIME_COARSE,
                    CLOCK_MONOTONIC_COARSE,
                    CLOCK_REALTIME_ALARM,
                    CLOCK_BOOTTIME_ALARM -> throw new SyscallException(Errno.EOPNOTSUPP);
            default -> throw new SyscallException(Errno.EINVAL);
        };
    }

    /** Only one's own processor time is counted for a timer. */
    private static Measured measuredProcessor(SyscallContext call, int clock) {
        Task task = TimeCalls.owner(call, clock);
        if (task.process() != call.process()) {
            throw new SyscallException(Errno.EINVAL);
        }
        return new Measured((clock & 4) != 0 ? Measure.TASK_CPU : Measure.PROCESS_CPU, task.id());
    }

    private static Notice notice(SyscallContext call, byte[] event) {
        long value = LittleEndian.get64(event, 0);
        int signal = LittleEndian.get32(event, 8);
        int how = LittleEndian.get32(event, 12);
        int receiver = 0;
        switch (how) {
            case Signals.SIGEV_NONE -> signal = 0;
            // The kernel sends a signal for SIGEV_THREAD; C libraries never ask for it (good_sigevent).
            case Signals.SIGEV_SIGNAL, Signals.SIGEV_THREAD -> requireSignal(signal);
            case Signals.SIGEV_THREAD_ID -> {
                receiver = LittleEndian.get32(event, 16);
                requireOwn(call, receiver);
                requireSignal(signal);
            }
            default -> throw new SyscallException(Errno.EINVAL);
        }
        return new Notice(signal, 0, receiver, value);
    }

    private static void requireOwn(SyscallContext call, int taskId) {
        boolean own = call.kernel()
                .task(taskId)
                .map(Task::process)
                .filter(process -> process == call.process())
                .isPresent();
        if (!own) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    private static void requireSignal(int signal) {
        if (!Signals.isSignal(signal)) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    /** timer_settime(2). */
    static SyscallResult timerSettime(SyscallContext call) {
        if (call.argument(2) == 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] b = call.read(call.argument(2), TimeLayouts.ITIMERSPEC_BYTES);
        if (!TimeLayouts.validTimespec(b, 0) || !TimeLayouts.validTimespec(b, TimeLayouts.TIMESPEC_BYTES)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        IntervalTimer timer = timer(call);
        byte[] before = specification(call, timer);
        long interval = TimeLayouts.timespecNanos(b, 0);
        long first = TimeLayouts.timespecNanos(b, TimeLayouts.TIMESPEC_BYTES);
        if ((call.integer(1) & TIMER_ABSTIME) != 0) {
            timers(call).arm(timer, first, interval);
        } else {
            armAfter(call, timer, first, interval);
        }
        if (call.argument(3) != 0) {
            call.write(call.argument(3), before);
        }
        return SyscallResult.OK;
    }

    private static byte[] specification(SyscallContext call, IntervalTimer timer) {
        byte[] b = new byte[TimeLayouts.ITIMERSPEC_BYTES];
        TimeLayouts.putTimespec(b, 0, timer.intervalNanos());
        TimeLayouts.putTimespec(b, TimeLayouts.TIMESPEC_BYTES, timers(call).remaining(timer));
        return b;
    }

    /** timer_gettime(2). */
    static SyscallResult timerGettime(SyscallContext call) {
        call.write(call.argument(1), specification(call, timer(call)));
        return SyscallResult.OK;
    }

    /** timer_getoverrun(2). */
    static SyscallResult timerGetoverrun(SyscallContext call) {
        return SyscallResult.value(timer(call).overruns());
    }

    /** timer_delete(2). */
    static SyscallResult timerDelete(SyscallContext call) {
        timers(call).delete(timer(call));
        return SyscallResult.OK;
    }

    private static IntervalTimer timer(SyscallContext call) {
        return timers(call).find(call.process(), call.integer(0)).orElseThrow(() -> new SyscallException(Errno.EINVAL));
    }

    private static IntervalTimers timers(SyscallContext call) {
        return call.kernel().intervalTimers();
    }
}
