package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.EpollEvent;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.vfs.Epoll;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.TimerFile;
import dev.gostub.emulator.vfs.Vfs.PipePair;
import java.util.List;

/** Descriptors that are no files: pipes, event counters, timers, memory files, epoll sets. */
final class EventCalls {
    private static final int SIGNAL_SET_BYTES = 8;
    private static final int LARGEST_NAME = 249;
    private static final long MILLISECOND = 1_000_000L;
    private static final int MOST_EVENTS = Integer.MAX_VALUE / EpollEvent.BYTES;
    private static final int CLOEXEC_NONBLOCK = OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK;
    private static final int MEMORY_FILE_FLAGS =
            Fcntl.MFD_CLOEXEC | Fcntl.MFD_ALLOW_SEALING | Fcntl.MFD_NOEXEC_SEAL | Fcntl.MFD_EXEC;

    private EventCalls() {}

    private static void requireOnly(int flags, int allowed) {
        if ((flags & ~allowed) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    /** pipe(2). */
    static SyscallResult pipe(SyscallContext call) throws FileFailure {
        return pipe(call, 0);
    }

    /** pipe2(2). */
    static SyscallResult pipe2(SyscallContext call) throws FileFailure {
        requireOnly(call.integer(1), CLOEXEC_NONBLOCK | OpenFlags.O_DIRECT);
        return pipe(call, call.integer(1));
    }

    private static SyscallResult pipe(SyscallContext call, int flags) throws FileFailure {
        return givePair(call, call.vfs().pipe(Paths.context(call), flags), flags, call.argument(0));
    }

    /** Puts two files at descriptors and their numbers, two ints, at an address; both or none. */
    static SyscallResult givePair(SyscallContext call, PipePair pair, int flags, long address) throws FileFailure {
        int reader;
        try {
            reader = call.files().add(pair.reader(), flags);
        } catch (FileFailure full) {
            pair.writer().release();
            throw full;
        }
        int writer;
        try {
            writer = call.files().add(pair.writer(), flags);
        } catch (FileFailure full) {
            call.files().close(reader);
            throw full;
        }
        call.write64(address, Integer.toUnsignedLong(reader) | (long) writer << 32);
        return SyscallResult.OK;
    }

    /** eventfd(2). */
    static SyscallResult eventfd(SyscallContext call) throws FileFailure {
        return give(call, call.vfs().eventCounter(Paths.context(call), call.integer(0), 0), 0);
    }

    /** eventfd2(2). */
    static SyscallResult eventfd2(SyscallContext call) throws FileFailure {
        int flags = call.integer(1);
        requireOnly(flags, CLOEXEC_NONBLOCK | Fcntl.EFD_SEMAPHORE);
        return give(call, call.vfs().eventCounter(Paths.context(call), call.integer(0), flags), flags);
    }

    /** memfd_create(2). */
    static SyscallResult memfdCreate(SyscallContext call) throws FileFailure {
        int flags = call.integer(1);
        requireOnly(flags, MEMORY_FILE_FLAGS);
        String name = call.text(call.argument(0), LARGEST_NAME + 1, Errno.EINVAL);
        int descriptorFlags = (flags & Fcntl.MFD_CLOEXEC) != 0 ? OpenFlags.O_CLOEXEC : 0;
        return give(call, call.vfs().memoryFile(Paths.context(call), name, flags), descriptorFlags);
    }

    private static SyscallResult give(SyscallContext call, OpenFile file, int flags) throws FileFailure {
        return SyscallResult.value(call.files().add(file, flags));
    }

    /** timerfd_create(2). */
    static SyscallResult timerfdCreate(SyscallContext call) throws FileFailure {
        int flags = call.integer(1);
        requireOnly(flags, CLOEXEC_NONBLOCK);
        TimerFile.Clock clock = switch (call.integer(0)) {
            case 0, 8 -> TimerFile.Clock.REALTIME;
            case 1, 7, 9 -> TimerFile.Clock.MONOTONIC;
            default -> throw new SyscallException(Errno.EINVAL);
        };
        return give(call, call.vfs().timer(Paths.context(call), clock, flags), flags);
    }

    /** timerfd_settime(2). */
    static SyscallResult timerfdSettime(SyscallContext call) throws FileFailure {
        int flags = call.integer(1);
        requireOnly(flags, Fcntl.TFD_TIMER_ABSTIME | Fcntl.TFD_TIMER_CANCEL_ON_SET);
        TimerFile timer = timer(call);
        byte[] b = call.read(call.argument(2), TimeLayouts.ITIMERSPEC_BYTES);
        if (!TimeLayouts.validTimespec(b, 0) || !TimeLayouts.validTimespec(b, TimeLayouts.TIMESPEC_BYTES)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long interval = TimeLayouts.timespecNanos(b, 0);
        long value = TimeLayouts.timespecNanos(b, TimeLayouts.TIMESPEC_BYTES);
        TimerFile.Setting before =
                (flags & Fcntl.TFD_TIMER_ABSTIME) != 0 ? timer.armAt(value, interval) : timer.arm(value, interval);
        if (call.argument(3) != 0) {
            giveSetting(call, 3, before);
        }
        return SyscallResult.OK;
    }

    /** timerfd_gettime(2). */
    static SyscallResult timerfdGettime(SyscallContext call) throws FileFailure {
        giveSetting(call, 1, timer(call).setting());
        return SyscallResult.OK;
    }

    private static void giveSetting(SyscallContext call, int index, TimerFile.Setting setting) {
        byte[] b = new byte[TimeLayouts.ITIMERSPEC_BYTES];
        TimeLayouts.putTimespec(b, 0, setting.intervalNanos());
        TimeLayouts.putTimespec(b, TimeLayouts.TIMESPEC_BYTES, setting.remainingNanos());
        call.write(call.argument(index), b);
    }

    private static TimerFile timer(SyscallContext call) throws FileFailure {
        if (call.file(0).object() instanceof TimerFile timer) {
            return timer;
        }
        throw new SyscallException(Errno.EINVAL);
    }

    /** epoll_create(2). */
    static SyscallResult epollCreate(SyscallContext call) throws FileFailure {
        if (call.integer(0) <= 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return give(call, call.vfs().epoll(Paths.context(call)), 0);
    }

    /** epoll_create1(2). */
    static SyscallResult epollCreate1(SyscallContext call) throws FileFailure {
        requireOnly(call.integer(0), EpollEvent.EPOLL_CLOEXEC);
        return give(call, call.vfs().epoll(Paths.context(call)), call.integer(0));
    }

    /** epoll_ctl(2). */
    static SyscallResult epollCtl(SyscallContext call) throws FileFailure {
        int operation = call.integer(1);
        int fd = call.integer(2);
        EpollEvent event = new EpollEvent(0, 0);
        if (operation != EpollEvent.EPOLL_CTL_DEL) {
            event = EpollEvent.get(call.read(call.argument(3), EpollEvent.BYTES), 0);
        }
        OpenFile set = call.file(0);
        OpenFile file = call.files().get(fd);
        Epoll epoll = epoll(set);
        return SyscallResult.of(
                switch (operation) {
                    case EpollEvent.EPOLL_CTL_ADD -> epoll.add(fd, file, event);
                    case EpollEvent.EPOLL_CTL_MOD -> epoll.modify(fd, file, event);
                    case EpollEvent.EPOLL_CTL_DEL -> epoll.remove(fd, file);
                    default -> Errno.EINVAL.result();
                });
    }

    private static Epoll epoll(OpenFile file) {
        if (file.object() instanceof Epoll epoll) {
            return epoll;
        }
        throw new SyscallException(Errno.EINVAL);
    }

    /** epoll_wait(2). */
    static SyscallResult epollWait(SyscallContext call) throws FileFailure {
        return await(call, milliseconds(call.integer(3)));
    }

    /** epoll_pwait(2). */
    static SyscallResult epollPwait(SyscallContext call) throws FileFailure {
        applyMask(call, 4);
        return await(call, milliseconds(call.integer(3)));
    }

    /** epoll_pwait2(2). */
    static SyscallResult epollPwait2(SyscallContext call) throws FileFailure {
        long nanos = call.argument(3) == 0 ? Long.MAX_VALUE : call.timespec(call.argument(3));
        applyMask(call, 4);
        return await(call, nanos);
    }

    /** A time-out in milliseconds; negative is for ever. */
    static long milliseconds(int timeout) {
        return timeout < 0 ? Long.MAX_VALUE : timeout * MILLISECOND;
    }

    /** The signal mask for the time of the wait: its address is argument {@code index}, its size the next. */
    static void applyMask(SyscallContext call, int index) {
        if (call.argument(index) != 0) {
            if (call.argument(index + 1) != SIGNAL_SET_BYTES) {
                throw new SyscallException(Errno.EINVAL);
            }
            call.task().setTemporarySignalMask(call.read64(call.argument(index)));
        }
    }

    private static SyscallResult await(SyscallContext call, long timeoutNanos) throws FileFailure {
        Epoll epoll = epoll(call.file(0));
        int most = call.integer(2);
        if (most <= 0 || most > MOST_EVENTS) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        List<EpollEvent> events = epoll.take(most);
        if (!events.isEmpty()) {
            byte[] b = new byte[events.size() * EpollEvent.BYTES];
            for (int i = 0; i < events.size(); i++) {
                events.get(i).put(b, i * EpollEvent.BYTES);
            }
            call.write(call.argument(1), b);
            return SyscallResult.value(events.size());
        }
        if (timeoutNanos == 0 || call.hasTimedOut()) {
            return SyscallResult.OK;
        }
        Block block = Block.onFile(call.integer(0), Poll.READABLE);
        return SyscallResult.wait(block.until(call.deadlineAfter(timeoutNanos)).restart(Block.Restart.NEVER));
    }
}
