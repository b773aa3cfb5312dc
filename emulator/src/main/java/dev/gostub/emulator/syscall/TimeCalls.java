package dev.gostub.emulator.syscall;

import static dev.gostub.emulator.abi.Clocks.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Task;

/** Clocks and sleeping. */
final class TimeCalls {
    private static final long SECOND = 1_000_000_000L;
    /** Tick of the coarse clocks: 250 Hz. */
    private static final long COARSE = 4_000_000L;

    private TimeCalls() {}

    /** nanosleep(2). */
    static SyscallResult nanosleep(SyscallContext call) {
        if (call.isRetry()) {
            return SyscallResult.OK;
        }
        long nanos = call.timespec(call.argument(0));
        return sleep(call, call.deadlineAfter(nanos), call.argument(1));
    }

    private static SyscallResult sleep(SyscallContext call, long deadline, long remainder) {
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.OK;
        }
        Block block = Block.onNothing().until(deadline).restart(Block.Restart.REST_OF_TIME);
        return SyscallResult.wait(block.remainderTo(remainder));
    }

    /** clock_nanosleep(2). */
    static SyscallResult clockNanosleep(SyscallContext call) {
        if (call.isRetry()) {
            return SyscallResult.OK;
        }
        int clock = call.integer(0);
        long now = read(call, clock);
        requireSleeper(clock);
        long nanos = call.timespec(call.argument(2));
        if (clock < 0 && (clock & 4) != 0 && owner(call, clock) == call.task()) {
            return SyscallResult.failure(Errno.EINVAL); // its time stands still while it sleeps (posix_cpu_nsleep)
        }
        if ((call.integer(1) & TIMER_ABSTIME) == 0) {
            return sleep(call, call.deadlineAfter(nanos), call.argument(3));
        }
        long deadline = nanos - now + call.clock().monotonic();
        if (deadline <= call.clock().monotonic()) {
            return SyscallResult.OK;
        }
        return SyscallResult.wait(Block.onNothing().until(deadline).restart(Block.Restart.NEVER));
    }

    /** Those without nsleep in kernel/time/posix-timers.c, and alarms, which need a clock that wakes the machine. */
    private static void requireSleeper(int clock) {
        switch (clock) {
            case CLOCK_THREAD_CPUTIME_ID,
                    CLOCK_MONOTONIC_RAW,
                    CLOCK_REALTIME_COARSE,
                    CLOCK_MONOTONIC_COARSE,
                    CLOCK_REALTIME_ALARM,
                    CLOCK_BOOTTIME_ALARM -> throw new SyscallException(Errno.EOPNOTSUPP);
            default -> {}
        }
    }

    /** clock_settime(2): the clock follows the instructions, so that nobody may set it. */
    static SyscallResult clockSettime(SyscallContext call) {
        int clock = call.integer(0);
        if (clock >= 0 && clock != CLOCK_REALTIME) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        read(call, clock);
        call.timespec(call.argument(1));
        return SyscallResult.failure(Errno.EPERM);
    }

    /** settimeofday(2). */
    static SyscallResult settimeofday(SyscallContext call) {
        if (call.argument(0) != 0) {
            byte[] time = call.read(call.argument(0), TimeLayouts.TIMEVAL_BYTES);
            if (!TimeLayouts.validTimeval(time, 0)) {
                return SyscallResult.failure(Errno.EINVAL);
            }
        }
        if (call.argument(1) != 0) {
            call.read64(call.argument(1));
        }
        return SyscallResult.failure(Errno.EPERM);
    }

    /** adjtimex(2): what a clock that nobody disciplines says. */
    static SyscallResult adjtimex(SyscallContext call) {
        return timex(call, call.argument(0));
    }

    /** clock_adjtime(2). */
    static SyscallResult clockAdjtime(SyscallContext call) {
        read(call, call.integer(0));
        return call.integer(0) == CLOCK_REALTIME
                ? timex(call, call.argument(1))
                : SyscallResult.failure(Errno.EOPNOTSUPP);
    }

    private static SyscallResult timex(SyscallContext call, long address) {
        byte[] timex = call.read(address, TimeLayouts.TIMEX_BYTES);
        int modes = LittleEndian.get32(timex, 0);
        // ADJ_OFFSET_SS_READ asks only.
        if (modes != 0 && modes != TimeLayouts.ADJ_OFFSET_SS_READ) {
            return SyscallResult.failure(Errno.EPERM);
        }
        call.write(address, TimeLayouts.undisciplined(modes, call.clock().realtime()));
        return SyscallResult.value(TimeLayouts.TIME_ERROR);
    }

    /** clock_gettime(2). */
    static SyscallResult clockGettime(SyscallContext call) {
        call.writeTimespec(call.argument(1), read(call, call.integer(0)));
        return SyscallResult.OK;
    }

    /** A clock's time in nanoseconds; EINVAL for a clock that there is not. */
    static long read(SyscallContext call, int clock) {
        if (clock < 0) {
            return readProcessorTime(call, clock);
        }
        return switch (clock) {
            case CLOCK_REALTIME, CLOCK_REALTIME_ALARM, CLOCK_TAI -> call.clock().realtime();
            case CLOCK_REALTIME_COARSE -> call.clock().realtime() / COARSE * COARSE;
            case CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME, CLOCK_BOOTTIME_ALARM ->
                call.clock().monotonic();
            case CLOCK_MONOTONIC_COARSE -> call.clock().monotonic() / COARSE * COARSE;
            case CLOCK_PROCESS_CPUTIME_ID -> call.process().cpuTime();
            case CLOCK_THREAD_CPUTIME_ID -> call.task().cpuTime();
            default -> throw new SyscallException(Errno.EINVAL);
        };
    }

    /** The clock of another task or process: the number is the complement of its id, times 8, plus what to count (bit 2: a task). */
    private static long readProcessorTime(SyscallContext call, int clock) {
        Task task = owner(call, clock);
        return (clock & 4) != 0 ? task.cpuTime() : task.process().cpuTime();
    }

    /** Whose processor time a clock below 0 tells (pid_for_clock of kernel/time/posix-cpu-timers.c); EINVAL for a task of another process. */
    static Task owner(SyscallContext call, int clock) {
        int id = ~(clock >> 3);
        boolean ofTask = (clock & 4) != 0;
        if ((clock & 3) == 3) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (id == 0) {
            return call.task();
        }
        return call.kernel()
                .task(id)
                .filter(task -> ofTask ? task.process() == call.process() : isWhole(call, task))
                .orElseThrow(() -> new SyscallException(Errno.EINVAL));
    }

    private static boolean isWhole(SyscallContext call, Task task) {
        return task.id() == task.process().id() || task == call.task();
    }

    /** clock_getres(2). */
    static SyscallResult clockGetres(SyscallContext call) {
        int clock = call.integer(0);
        read(call, clock);
        if (call.argument(1) != 0) {
            boolean coarse = clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE;
            call.writeTimespec(call.argument(1), coarse ? COARSE : 1);
        }
        return SyscallResult.OK;
    }

    /** gettimeofday(2). */
    static SyscallResult gettimeofday(SyscallContext call) {
        if (call.argument(0) != 0) {
            byte[] b = new byte[TimeLayouts.TIMEVAL_BYTES];
            TimeLayouts.putTimeval(b, 0, call.clock().realtime());
            call.write(call.argument(0), b);
        }
        if (call.argument(1) != 0) {
            call.write64(call.argument(1), 0); // struct timezone: UTC
        }
        return SyscallResult.OK;
    }

    /** time(2). */
    static SyscallResult time(SyscallContext call) {
        long seconds = call.clock().realtime() / SECOND;
        if (call.argument(0) != 0) {
            call.write64(call.argument(0), seconds);
        }
        return SyscallResult.value(seconds);
    }
}
