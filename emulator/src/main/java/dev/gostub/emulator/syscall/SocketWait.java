package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SocketOption;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;

/** Waits until the file of a call's first argument can be read or written: without end, but for sockets with a limit of time. */
final class SocketWait {
    private SocketWait() {}

    static SyscallResult toRead(SyscallContext call, OpenFile file) {
        return waiting(call, Poll.READABLE, limit(file, SocketOption.SO_RCVTIMEO), 0);
    }

    /** With what has been written already, which is the result when the time is over. */
    static SyscallResult toWrite(SyscallContext call, long done) throws FileFailure {
        return waiting(call, Poll.WRITABLE, limit(call.file(0), SocketOption.SO_SNDTIMEO), done);
    }

    private static long limit(OpenFile file, SocketOption option) {
        return file.object() instanceof SocketObject socket ? socket.options().get(option) : SocketOption.FOREVER;
    }

    private static SyscallResult waiting(SyscallContext call, int events, long limit, long done) {
        Block block = Block.onFile(call.integer(0), events | Poll.ALWAYS).afterBytes(done);
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
