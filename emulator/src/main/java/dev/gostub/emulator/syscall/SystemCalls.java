package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Clocks;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Scheduling;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.Clock;
import java.util.List;

/** Facts about the system, limits, usage, random numbers. */
final class SystemCalls {
    /** What uname(2) says: a kernel new enough for all that Go and C libraries ask of one. */
    private static final List<String> UNAME =
            List.of("Linux", "gostub", "6.12.0", "#1 SMP PREEMPT_DYNAMIC gostub", "x86_64", "(none)");

    private static final long SECOND = 1_000_000_000L;
    private static final int ADDR_NO_RANDOMIZE = 0x40000;
    private static final int LARGEST_RANDOM = 33_554_431;
    private static final int CHUNK = 1 << 16;

    private SystemCalls() {}

    /** uname(2). */
    static SyscallResult uname(SyscallContext call) {
        call.write(call.argument(0), SystemLayouts.utsname(UNAME));
        return SyscallResult.OK;
    }

    /** sysinfo(2). */
    static SyscallResult sysinfo(SyscallContext call) {
        long total = call.kernel().memoryBytes();
        long used = call.memory().residentBytes();
        long uptime = call.clock().monotonic() / SECOND;
        int count = call.kernel().tasks().size();
        call.write(call.argument(0), SystemLayouts.sysinfo(uptime, total, Math.max(total / 8, total - used), count));
        return SyscallResult.OK;
    }

    /** times(2). */
    static SyscallResult times(SyscallContext call) {
        long tick = SECOND / Clocks.USER_HZ;
        if (call.argument(0) != 0) {
            byte[] b = new byte[32];
            Usage own = Usage.of(call.process());
            Usage children = Usage.ofChildren(call.process());
            LittleEndian.put64(b, 0, own.user() / tick);
            LittleEndian.put64(b, 8, own.system() / tick);
            LittleEndian.put64(b, 16, children.user() / tick);
            LittleEndian.put64(b, 24, children.system() / tick);
            call.write(call.argument(0), b);
        }
        return SyscallResult.value((call.clock().monotonic() - Clock.UPTIME_AT_START_NANOS) / tick);
    }

    /** getrusage(2). */
    static SyscallResult getrusage(SyscallContext call) {
        Usage usage = switch (call.integer(0)) {
            case Scheduling.RUSAGE_SELF -> Usage.of(call.process());
            case Scheduling.RUSAGE_THREAD -> Usage.of(call.task());
            case Scheduling.RUSAGE_CHILDREN -> Usage.ofChildren(call.process());
            default -> throw new SyscallException(Errno.EINVAL);
        };
        byte[] b = usage.toBytes();
        LittleEndian.put64(b, 32, call.memory().residentBytes() / 1024);
        call.write(call.argument(1), b);
        return SyscallResult.OK;
    }

    /** personality(2). */
    static SyscallResult personality(SyscallContext call) {
        int wanted = call.integer(0);
        return wanted == -1 || (wanted & ~ADDR_NO_RANDOMIZE) == 0
                ? SyscallResult.value(ADDR_NO_RANDOMIZE)
                : SyscallResult.failure(Errno.EINVAL);
    }

    /** getrandom(2), from the machine's seed. */
    static SyscallResult getrandom(SyscallContext call) {
        int known = Scheduling.GRND_NONBLOCK | Scheduling.GRND_RANDOM | Scheduling.GRND_INSECURE;
        int flags = call.integer(2);
        boolean contradiction = (flags & Scheduling.GRND_RANDOM) != 0 && (flags & Scheduling.GRND_INSECURE) != 0;
        if ((flags & ~known) != 0 || contradiction) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long length = Long.compareUnsigned(call.argument(1), LARGEST_RANDOM) > 0 ? LARGEST_RANDOM : call.argument(1);
        byte[] chunk = new byte[(int) Math.min(length, CHUNK)];
        for (long done = 0; done < length; done += chunk.length) {
            int count = (int) Math.min(chunk.length, length - done);
            call.kernel().entropy().fill(chunk, 0, count);
            call.write(call.argument(0) + done, chunk, count);
        }
        return SyscallResult.value(length);
    }
}
