package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.syscall.TransferCalls.Manner;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.SocketObject.Peek;
import dev.gostub.emulator.vfs.SocketObject.Received;

/** Moves the data of sockets. {@code read} and {@code write} work on them, too. */
final class MessageCalls {
    private static final int LARGEST_PIECE = 1 << 20;
    private static final int MSG_TRUNC = 0x20;

    /** Offsets in {@code struct msghdr} of amd64. */
    private static final int HEADER_BYTES = 56;

    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 24;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;

    private MessageCalls() {}

    /** sendto(2). */
    static SyscallResult sendto(SyscallContext call) throws FileFailure {
        byte[] bytes = call.read(call.argument(1), (int) Math.clamp(call.argument(2), 0L, LARGEST_PIECE));
        long to = call.argument(4);
        return send(call, bytes, to, call.integer(5), call.integer(3));
    }

    /** sendmsg(2). */
    static SyscallResult sendmsg(SyscallContext call) throws FileFailure {
        byte[] header = call.read(call.argument(1), HEADER_BYTES);
        if (LittleEndian.get64(header, CONTROL_LENGTH) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        byte[] vector = vector(call, header);
        int total = 0;
        for (int at = 8; at < vector.length; at += SystemLayouts.IOVEC_BYTES) {
            total += (int) Math.clamp(LittleEndian.get64(vector, at), 0L, LARGEST_PIECE - total);
        }
        byte[] bytes = new byte[total];
        int done = 0;
        for (int at = 0; at < vector.length && done < total; at += SystemLayouts.IOVEC_BYTES) {
            int length = (int) Math.clamp(LittleEndian.get64(vector, at + 8), 0L, total - done);
            System.arraycopy(call.read(LittleEndian.get64(vector, at), length), 0, bytes, done, length);
            done += length;
        }
        long to = LittleEndian.get64(header, 0);
        return send(call, bytes, to, LittleEndian.get32(header, NAME_LENGTH), call.integer(2));
    }

    private static byte[] vector(SyscallContext call, byte[] header) {
        long count = LittleEndian.get64(header, VECTOR_LENGTH);
        if (count < 0 || count > Fcntl.IOV_MAX) {
            throw new SyscallException(Errno.EMSGSIZE);
        }
        return call.read(LittleEndian.get64(header, VECTOR), (int) count * SystemLayouts.IOVEC_BYTES);
    }

    private static SyscallResult send(SyscallContext call, byte[] bytes, long to, int toLength, int flags)
            throws FileFailure {
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        Manner manner = new Manner(waits(file, flags), (flags & Sockets.MSG_NOSIGNAL) == 0);
        if (to == 0 && socket.takesBytesInPortions()) {
            return TransferCalls.writeStream(call, file, bytes, manner);
        }
        long count = to == 0
                ? socket.write(bytes, 0, bytes.length)
                : call.vfs().network().send(Paths.here(call), socket, bytes, SocketCalls.address(call, to, toLength));
        return count < 0 ? TransferCalls.unwritten(call, count, 0, manner) : SyscallResult.value(count);
    }

    private static boolean waits(OpenFile file, int flags) {
        return !file.isNonBlocking() && (flags & Sockets.MSG_DONTWAIT) == 0;
    }

    /** recvfrom(2). */
    static SyscallResult recvfrom(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        int flags = call.integer(3);
        byte[] into = new byte[(int) Math.clamp(call.argument(2), 0L, LARGEST_PIECE)];
        Received received = socket.receive(into, 0, into.length, peek(flags));
        if (received.count() < 0) {
            return missed(call, file, flags, received.count());
        }
        int copied = (int) Math.min(received.count(), into.length);
        call.write(call.argument(1), into, copied);
        SocketCalls.giveAddress(call, SocketCalls.sender(socket, received.from()), call.argument(4), call.argument(5));
        return SyscallResult.value((flags & MSG_TRUNC) != 0 ? received.count() : copied);
    }

    private static Peek peek(int flags) {
        return (flags & Sockets.MSG_PEEK) != 0 ? Peek.LEAVE : Peek.TAKE;
    }

    private static SyscallResult missed(SyscallContext call, OpenFile file, int flags, long error) {
        if (error == Errno.EAGAIN.result() && waits(file, flags)) {
            return SyscallResult.wait(Block.onFile(call.integer(0), Poll.READABLE | Poll.ALWAYS));
        }
        return SyscallResult.of(error);
    }

    /** recvmsg(2). */
    static SyscallResult recvmsg(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        int flags = call.integer(2);
        byte[] header = call.read(call.argument(1), HEADER_BYTES);
        byte[] vector = vector(call, header);
        long room = 0;
        for (int at = 8; at < vector.length; at += SystemLayouts.IOVEC_BYTES) {
            room += Math.clamp(LittleEndian.get64(vector, at), 0L, LARGEST_PIECE);
        }
        byte[] into = new byte[(int) Math.min(room, LARGEST_PIECE)];
        Received received = socket.receive(into, 0, into.length, peek(flags));
        if (received.count() < 0) {
            return missed(call, file, flags, received.count());
        }
        int copied = (int) Math.min(received.count(), into.length);
        scatter(call, vector, into, copied);
        byte[] from = SocketCalls.sender(socket, received.from());
        if (LittleEndian.get64(header, 0) != 0) {
            int nameRoom = LittleEndian.get32(header, NAME_LENGTH);
            call.write(LittleEndian.get64(header, 0), from, Math.clamp(from.length, 0, Math.max(nameRoom, 0)));
        }
        LittleEndian.put32(header, NAME_LENGTH, from.length);
        LittleEndian.put64(header, CONTROL_LENGTH, 0);
        LittleEndian.put32(header, FLAGS, received.count() > copied ? MSG_TRUNC : 0);
        call.write(call.argument(1), header);
        return SyscallResult.value((flags & MSG_TRUNC) != 0 ? received.count() : copied);
    }

    private static void scatter(SyscallContext call, byte[] vector, byte[] bytes, int count) {
        int done = 0;
        for (int at = 0; at < vector.length && done < count; at += SystemLayouts.IOVEC_BYTES) {
            int length = (int) Math.clamp(LittleEndian.get64(vector, at + 8), 0L, count - done);
            byte[] part = new byte[length];
            System.arraycopy(bytes, done, part, 0, length);
            call.write(LittleEndian.get64(vector, at), part);
            done += length;
        }
    }
}
