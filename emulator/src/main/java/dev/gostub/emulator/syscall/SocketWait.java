package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;

/** Waits until a file, the call's first argument if nothing else is said, can be read or written: without end, but for sockets with a limit of time. */
final class SocketWait {
    private SocketWait() {}

    static SyscallResult toRead(SyscallContext call, OpenFile file) {
        return waiting(call, 0, Poll.READABLE, limit(file, SocketOption.SO_RCVTIMEO), 0);
    }

    /** The file is that of another argument. */
    static SyscallResult toRead(SyscallContext call, int index) throws FileFailure {
        return waiting(call, index, Poll.READABLE, limit(call.file(index), SocketOption.SO_RCVTIMEO), 0);
    }

    /** Until the attempt to connect is over; the call is then made again, and tells. */
    static SyscallResult toConnect(SyscallContext call) throws FileFailure {
        SyscallResult wait = toWrite(call, 0, 0);
        return wait.equals(SyscallResult.failure(Errno.EAGAIN)) ? SyscallResult.failure(Errno.EINPROGRESS) : wait;
    }

    /** With what has been written already, which is the result when the time is over. */
    static SyscallResult toWrite(SyscallContext call, long done) throws FileFailure {
        return toWrite(call, 0, done);
    }

    /** The file is that of another argument. */
    static SyscallResult toWrite(SyscallContext call, int index, long done) throws FileFailure {
        return waiting(call, index, Poll.WRITABLE, limit(call.file(index), SocketOption.SO_SNDTIMEO), done);
    }

    private static long limit(OpenFile file, SocketOption option) {
        return file.object() instanceof SocketObject socket ? socket.options().get(option) : SocketOption.FOREVER;
    }

    private static SyscallResult waiting(SyscallContext call, int index, int events, long limit, long done) {
        Block block = Block.onFile(call.integer(index), events | Poll.ALWAYS).after(done);
        if (limit == SocketOption.FOREVER) {
            return SyscallResult.wait(block);
        }
        if (limit == 0 || call.hasTimedOut()) {
            return done > 0 ? SyscallResult.value(done) : SyscallResult.failure(Errno.EAGAIN);
        }
        // sock_intr_errno: who waits for a limited time is not started again.
        return SyscallResult.wait(block.until(call.deadlineAfter(limit)).restart(Block.Restart.NEVER));
    }
}
