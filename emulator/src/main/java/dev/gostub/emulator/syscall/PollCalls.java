package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.WaitCondition.Interest;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.OpenFile;
import java.util.ArrayList;
import java.util.List;

/** Waits for one of several descriptors: {@code poll(2)} and {@code select(2)}. */
final class PollCalls {
    private static final int WORD_BITS = 64;

    private PollCalls() {}

    /** poll(2). */
    static SyscallResult poll(SyscallContext call) {
        return poll(call, EventCalls.milliseconds(call.integer(2)), Block.Restart.REST_OF_TIME);
    }

    /** ppoll(2): leaves the rest of the time in the caller's timespec. */
    static SyscallResult ppoll(SyscallContext call) {
        long timeout = call.argument(2) == 0 ? Long.MAX_VALUE : call.timespec(call.argument(2));
        EventCalls.applyMask(call, 3);
        SyscallResult result = poll(call, timeout, Block.Restart.NEVER);
        return withRest(call, 2, timeout, result);
    }

    private static SyscallResult poll(SyscallContext call, long timeoutNanos, Block.Restart restart) {
        int count = call.integer(1);
        if (count < 0 || count > call.files().limit()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] entries = call.read(call.argument(0), count * Poll.POLLFD_BYTES);
        List<Interest> interests = new ArrayList<>();
        int ready = 0;
        for (int at = 0; at < entries.length; at += Poll.POLLFD_BYTES) {
            int fd = LittleEndian.get32(entries, at);
            int wanted = LittleEndian.get16(entries, at + Poll.POLLFD_EVENTS) | Poll.ALWAYS | Poll.POLLNVAL;
            int bits = fd < 0 ? 0 : readiness(call.files(), fd) & wanted;
            LittleEndian.put16(entries, at + Poll.POLLFD_REVENTS, bits);
            ready += bits != 0 ? 1 : 0;
            if (fd >= 0) {
                interests.add(new Interest(fd, wanted));
            }
        }
        if (ready == 0 && timeoutNanos != 0 && !call.hasTimedOut()) {
            return wait(call, interests, timeoutNanos, restart);
        }
        call.write(call.argument(0), entries);
        return SyscallResult.value(ready);
    }

    private static int readiness(FileTable files, int fd) {
        return files.find(fd).map(OpenFile::readiness).orElse(Poll.POLLNVAL);
    }

    private static SyscallResult wait(
            SyscallContext call, List<Interest> interests, long timeoutNanos, Block.Restart restart) {
        long deadline = call.deadlineAfter(timeoutNanos);
        return SyscallResult.wait(Block.onFiles(interests).until(deadline).restart(restart));
    }

    /** Writes what is left of the time, as Linux does, when the call is over. */
    private static SyscallResult withRest(SyscallContext call, int index, long timeout, SyscallResult result) {
        if (timeout == Long.MAX_VALUE || call.argument(index) == 0) {
            return result;
        }
        if (result instanceof SyscallResult.Wait(Block block)) {
            return SyscallResult.wait(block.remainderTo(call.argument(index)));
        }
        long rest = Math.max(0, call.deadlineAfter(timeout) - call.clock().monotonic());
        call.writeTimespec(call.argument(index), rest);
        return result;
    }

    /** select(2). */
    static SyscallResult select(SyscallContext call) throws FileFailure {
        long timeout = Long.MAX_VALUE;
        if (call.argument(4) != 0) {
            byte[] b = call.read(call.argument(4), TimeLayouts.TIMEVAL_BYTES);
            if (!TimeLayouts.validTimeval(b, 0)) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            timeout = TimeLayouts.timevalNanos(b, 0);
        }
        SyscallResult result = select(call, timeout);
        if (call.argument(4) != 0 && !(result instanceof SyscallResult.Wait)) {
            byte[] rest = new byte[TimeLayouts.TIMEVAL_BYTES];
            TimeLayouts.putTimeval(
                    rest,
                    0,
                    Math.max(0, call.deadlineAfter(timeout) - call.clock().monotonic()));
            call.write(call.argument(4), rest);
        }
        return result;
    }

    /** pselect6(2): the sixth argument points at a mask and its size. */
    static SyscallResult pselect6(SyscallContext call) throws FileFailure {
        long timeout = call.argument(4) == 0 ? Long.MAX_VALUE : call.timespec(call.argument(4));
        if (call.argument(5) != 0) {
            long mask = call.read64(call.argument(5));
            if (mask != 0) {
                if (call.read64(call.argument(5) + 8) != Long.BYTES) {
                    return SyscallResult.failure(Errno.EINVAL);
                }
                call.task().setTemporarySignalMask(call.read64(mask));
            }
        }
        return withRest(call, 4, timeout, select(call, timeout));
    }

    private static SyscallResult select(SyscallContext call, long timeoutNanos) throws FileFailure {
        int count = call.integer(0);
        if (count < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int words = (Math.min(count, call.files().limit()) + WORD_BITS - 1) / WORD_BITS;
        List<Interest> interests = new ArrayList<>();
        byte[][] results = new byte[3][];
        int ready = 0;
        int[] bitsOfSet = {Poll.SELECT_READ, Poll.SELECT_WRITE, Poll.SELECT_EXCEPTION};
        for (int set = 0; set < 3; set++) {
            byte[] asked = set(call, set + 1, words);
            results[set] = new byte[asked.length];
            for (int fd = 0; fd < Math.min(count, asked.length * Byte.SIZE); fd++) {
                if ((asked[fd / Byte.SIZE] >> fd % Byte.SIZE & 1) != 0) {
                    interests.add(new Interest(fd, bitsOfSet[set]));
                    if ((call.files().get(fd).readiness() & bitsOfSet[set]) != 0) {
                        results[set][fd / Byte.SIZE] |= (byte) (1 << fd % Byte.SIZE);
                        ready++;
                    }
                }
            }
        }
        if (ready == 0 && timeoutNanos != 0 && !call.hasTimedOut()) {
            return wait(call, interests, timeoutNanos, Block.Restart.NEVER);
        }
        for (int set = 0; set < 3; set++) {
            if (call.argument(set + 1) != 0) {
                call.write(call.argument(set + 1), results[set]);
            }
        }
        return SyscallResult.value(ready);
    }

    private static byte[] set(SyscallContext call, int index, int words) {
        return call.argument(index) == 0 ? new byte[0] : call.read(call.argument(index), words * Long.BYTES);
    }
}
