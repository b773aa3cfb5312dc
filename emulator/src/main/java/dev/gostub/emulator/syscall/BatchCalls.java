package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.MessageHeader;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.SocketObject;
import java.util.Optional;

/** Several messages in one call: {@code sendmmsg(2)}, {@code recvmmsg(2)}; net/socket.c. */
final class BatchCalls {
    private BatchCalls() {}

    private static long header(SyscallContext call, long index) {
        return call.argument(1) + index * MessageHeader.MULTIPLE_BYTES;
    }

    /** Sends or receives one message. */
    @FunctionalInterface
    private interface One {
        SyscallResult move(long header) throws FileFailure;
    }

    /** Failures are results here: what went before them counts. */
    private static SyscallResult result(One message, long header) {
        try {
            return message.move(header);
        } catch (SyscallException refused) {
            return SyscallResult.failure(refused.errno());
        } catch (FileFailure refused) {
            return SyscallResult.failure(refused.errno());
        }
    }

    /** Writes {@code msg_len}. */
    private static boolean leave(SyscallContext call, long index, long count) {
        try {
            call.write32(header(call, index) + MessageHeader.MULTIPLE_LENGTH, (int) count);
            return true;
        } catch (SyscallException _) {
            return false;
        }
    }

    /** sendmmsg(2). */
    static SyscallResult sendmmsg(SyscallContext call) throws FileFailure {
        int flags = call.integer(3);
        if ((flags & Sockets.MSG_CMSG_COMPAT) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        SocketCalls.socket(call.file(0));
        long most = Math.min(Integer.toUnsignedLong(call.integer(2)), Fcntl.IOV_MAX);
        long before = call.partBytes();
        long done = call.done() - (before > 0 ? 1 : 0);
        while (done < most) {
            long part = before;
            SyscallResult one = result(header -> MessageCalls.send(call, header, flags, part), header(call, done));
            before = 0;
            switch (one) {
                case SyscallResult.Value(long count) -> {
                    if (!leave(call, done, count)) {
                        return done > 0 ? SyscallResult.value(done) : SyscallResult.failure(Errno.EFAULT);
                    }
                    done++;
                }
                case SyscallResult.Wait(Block block) -> {
                    return SyscallResult.wait(waiting(call, block, done));
                }
                case SyscallResult.Failure _, SyscallResult.Done _ -> {
                    return done > 0 ? SyscallResult.value(done) : one;
                }
            }
        }
        return SyscallResult.value(done);
    }

    /** If a signal ends the wait, what has gone of the message under way is a message of its own. */
    private static Block waiting(SyscallContext call, Block block, long messages) {
        long part = block.done();
        if (part > 0) {
            leave(call, messages, part);
        }
        return block.afterMessages(part > 0 ? messages + 1 : messages, part);
    }

    /** recvmmsg(2): the time is looked at after each message only. */
    static SyscallResult recvmmsg(SyscallContext call) throws FileFailure {
        boolean timed = call.argument(4) != 0;
        int flags = call.integer(3);
        if ((flags & Sockets.MSG_CMSG_COMPAT) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long span = timed ? call.timespec(call.argument(4)) : 0;
        SocketObject socket = SocketCalls.socket(call.file(0));
        if (!call.isRetry() && (flags & Sockets.MSG_ERRQUEUE) == 0) {
            Optional<Errno> error = socket.takeError();
            if (error.isPresent()) {
                return SyscallResult.failure(error.get());
            }
        }
        long most = Integer.toUnsignedLong(call.integer(2));
        return receive(call, socket, most, timed ? end(call, span) : Block.FOREVER);
    }

    /** When the time is over; while a message is waited for, that is kept where other calls keep what has gone of one. */
    private static long end(SyscallContext call, long span) {
        long now = call.clock().monotonic();
        return call.isRetry() ? call.partBytes() : span > Block.FOREVER - now ? Block.FOREVER : now + span;
    }

    private static SyscallResult receive(SyscallContext call, SocketObject socket, long most, long end) {
        int flags = call.integer(3) & ~Sockets.MSG_WAITFORONE;
        boolean waitsForOne = (call.integer(3) & Sockets.MSG_WAITFORONE) != 0;
        long done = call.done();
        while (done < most) {
            int now = waitsForOne && done > 0 ? flags | Sockets.MSG_DONTWAIT : flags;
            SyscallResult one = result(header -> MessageCalls.receive(call, header, now), header(call, done));
            switch (one) {
                case SyscallResult.Value(long count) -> {
                    if (!leave(call, done, count)) {
                        return unreceived(socket, done, Errno.EFAULT);
                    }
                    done++;
                }
                case SyscallResult.Wait(Block block) -> {
                    return SyscallResult.wait(block.afterMessages(done, end));
                }
                case SyscallResult.Failure(Errno errno) -> {
                    return unreceived(socket, done, errno);
                }
                case SyscallResult.Done _ -> throw new IllegalStateException("a message is received or not");
            }
            if (end != Block.FOREVER && call.clock().monotonic() >= end) {
                break;
            }
        }
        if (call.argument(4) != 0 && done > 0) {
            call.writeTimespec(call.argument(4), Math.max(end - call.clock().monotonic(), 0));
        }
        return SyscallResult.value(done);
    }

    /** The error behind some messages is that of the next call. */
    private static SyscallResult unreceived(SocketObject socket, long done, Errno errno) {
        if (done == 0) {
            return SyscallResult.failure(errno);
        }
        if (errno != Errno.EAGAIN) {
            socket.fail(errno);
        }
        return SyscallResult.value(done);
    }
}
