package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.MessageHeader;
import dev.gostub.emulator.abi.SocketAddress;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.syscall.TransferCalls.Manner;
import dev.gostub.emulator.vfs.Ancillary;
import dev.gostub.emulator.vfs.DatagramSocket;
import dev.gostub.emulator.vfs.DatagramSocket.Corked;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Message;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SocketObject;
import dev.gostub.emulator.vfs.SocketObject.Peek;
import dev.gostub.emulator.vfs.SocketObject.Received;
import dev.gostub.emulator.vfs.StreamSocket;
import java.util.Arrays;
import java.util.Optional;

/** Moves the data of sockets. {@code read} and {@code write} work on them, too. */
final class MessageCalls {
    private static final int LARGEST_PIECE = 1 << 20;

    private MessageCalls() {}

    /** sendto(2). */
    static SyscallResult sendto(SyscallContext call) throws FileFailure {
        byte[] bytes = call.read(call.argument(1), (int) Math.clamp(call.argument(2), 0L, LARGEST_PIECE));
        Message message = new Message(bytes, Ancillary.from(SocketCalls.caller(call)));
        return send(
                call,
                new Sent(message, call.done()),
                new Destination(call.argument(4), call.integer(5)),
                call.integer(3));
    }

    /** sendmsg(2). */
    static SyscallResult sendmsg(SyscallContext call) throws FileFailure {
        return send(call, call.argument(1), call.integer(2), call.done());
    }

    /** Sends the message whose header is at an address, of which some bytes may have gone before. */
    static SyscallResult send(SyscallContext call, long address, int flags, long before) throws FileFailure {
        byte[] header = call.read(address, MessageHeader.BYTES);
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
        Ancillary with = ControlMessages.sent(call, SocketCalls.socket(call.file(0)), header);
        Destination to = new Destination(
                LittleEndian.get64(header, MessageHeader.NAME), LittleEndian.get32(header, MessageHeader.NAME_LENGTH));
        return send(call, new Sent(new Message(bytes, with), before), to, flags);
    }

    private static byte[] vector(SyscallContext call, byte[] header) {
        boolean named = LittleEndian.get64(header, MessageHeader.NAME) != 0;
        if (named && LittleEndian.get32(header, MessageHeader.NAME_LENGTH) < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        long count = LittleEndian.get64(header, MessageHeader.VECTOR_LENGTH);
        if (count < 0 || count > Fcntl.IOV_MAX) {
            throw new SyscallException(Errno.EMSGSIZE);
        }
        return call.read(LittleEndian.get64(header, MessageHeader.VECTOR), (int) count * SystemLayouts.IOVEC_BYTES);
    }

    /** Where the guest has the address to send to, if it gives one. */
    private record Destination(long address, int length) {
        boolean isGiven() {
            return address != 0 && length != 0;
        }
    }

    /** A message, and how many of its bytes had gone before the call waited. */
    private record Sent(Message message, long before) {}

    private static SyscallResult send(SyscallContext call, Sent sent, Destination to, int flags) throws FileFailure {
        Message message = sent.message;
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        boolean packets = socket.type() == Sockets.SOCK_SEQPACKET;
        Manner manner = new Manner(waits(file, flags), (flags & Sockets.MSG_NOSIGNAL) == 0 && !packets, sent.before);
        if (socket instanceof StreamSocket stream) {
            // TCP does not look at the address, nor do packets.
            if (to.isGiven() && socket.family() == Sockets.AF_UNIX && !packets) {
                return SyscallResult.failure(stream.isConnected() ? Errno.EISCONN : Errno.EOPNOTSUPP);
            }
            return (flags & Sockets.MSG_OOB) != 0
                    ? sendUrgent(call, stream, message, manner)
                    : TransferCalls.writeStream(call, file, message, manner);
        }
        if ((flags & Sockets.MSG_OOB) != 0) {
            return SyscallResult.failure(Errno.EOPNOTSUPP);
        }
        boolean more = (flags & Sockets.MSG_MORE) != 0;
        if (socket instanceof DatagramSocket datagram
                && (more && socket.family() != Sockets.AF_UNIX || datagram.isCorked())) {
            return sendCorked(call, datagram, message, to, more);
        }
        long count = !to.isGiven()
                ? socket.send(message.bytes(), 0, message.bytes().length, message.with())
                : call.vfs()
                        .network()
                        .send(Paths.here(call), socket, message, SocketCalls.address(call, to.address, to.length));
        return count < 0 ? TransferCalls.unwritten(call, count, 0, manner) : SyscallResult.value(count);
    }

    /** The last byte is the urgent one. */
    private static SyscallResult sendUrgent(SyscallContext call, StreamSocket stream, Message message, Manner manner)
            throws FileFailure {
        int before = message.bytes().length - 1;
        if (before < 0) {
            return SyscallResult.OK;
        }
        SyscallResult others = before == 0
                ? SyscallResult.OK
                : TransferCalls.writeStream(
                        call,
                        call.file(0),
                        new Message(Arrays.copyOf(message.bytes(), before), message.with()),
                        manner);
        if (!(others instanceof SyscallResult.Value(long count)) || count < before) {
            return others;
        }
        long result = stream.sendUrgent(message.bytes()[before]);
        return result < 0
                ? TransferCalls.broken(call, result, before, manner.signals())
                : SyscallResult.value(message.bytes().length);
    }

    /** UDP sends what came with MSG_MORE with the next that comes without. */
    private static SyscallResult sendCorked(
            SyscallContext call, DatagramSocket socket, Message message, Destination to, boolean more)
            throws FileFailure {
        Optional<SocketAddress> target =
                to.isGiven() ? Optional.of(SocketCalls.address(call, to.address, to.length)) : Optional.empty();
        Corked whole = socket.uncork(message.bytes(), target);
        int length = message.bytes().length;
        if (more) {
            socket.cork(whole);
            return SyscallResult.value(length);
        }
        Message all = new Message(whole.bytes(), message.with());
        long count = whole.to().isEmpty()
                ? socket.send(whole.bytes(), 0, whole.bytes().length, message.with())
                : call.vfs()
                        .network()
                        .send(Paths.here(call), socket, all, whole.to().get());
        return SyscallResult.of(Math.min(count, length));
    }

    private static boolean waits(OpenFile file, int flags) {
        return !file.isNonBlocking() && (flags & Sockets.MSG_DONTWAIT) == 0;
    }

    /** recvfrom(2). */
    static SyscallResult recvfrom(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        int flags = call.integer(3);
        if (asksForErrors(socket, flags)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        byte[] into = new byte[(int) Math.clamp(call.argument(2), 0L, LARGEST_PIECE)];
        Received received = receive(socket, into, flags);
        received.with().release();
        if (received.count() < 0) {
            return missed(call, file, flags, received.count());
        }
        int copied = (int) Math.min(received.count(), into.length);
        call.write(call.argument(1), into, copied);
        SocketCalls.giveAddress(call, SocketCalls.sender(socket, received.from()), call.argument(4), call.argument(5));
        return SyscallResult.value((flags & Sockets.MSG_TRUNC) != 0 ? received.count() : copied);
    }

    private static Received receive(SocketObject socket, byte[] into, int flags) {
        Peek peek = (flags & Sockets.MSG_PEEK) != 0 ? Peek.LEAVE : Peek.TAKE;
        boolean internet = socket.family() == Sockets.AF_INET || socket.family() == Sockets.AF_INET6;
        if ((flags & Sockets.MSG_OOB) == 0 || internet && !(socket instanceof StreamSocket)) {
            return socket.receive(into, 0, into.length, peek);
        }
        return socket instanceof StreamSocket stream
                ? stream.receiveUrgent(into, peek)
                : new Received(Errno.EOPNOTSUPP.result(), socket.local(), Ancillary.NONE);
    }

    /** The queue of errors, which only Internet sockets have, is always empty. */
    private static boolean asksForErrors(SocketObject socket, int flags) {
        return (flags & Sockets.MSG_ERRQUEUE) != 0 && socket.family() != Sockets.AF_UNIX;
    }

    private static SyscallResult missed(SyscallContext call, OpenFile file, int flags, long error) {
        if (error == Errno.EAGAIN.result() && waits(file, flags)) {
            return SocketWait.toRead(call, file);
        }
        return SyscallResult.of(error);
    }

    /** recvmsg(2). */
    static SyscallResult recvmsg(SyscallContext call) throws FileFailure {
        return receive(call, call.argument(1), call.integer(2));
    }

    /** Receives a message as the header at an address says. */
    static SyscallResult receive(SyscallContext call, long address, int flags) throws FileFailure {
        OpenFile file = call.file(0);
        SocketObject socket = SocketCalls.socket(file);
        if (asksForErrors(socket, flags)) {
            return SyscallResult.failure(Errno.EAGAIN);
        }
        byte[] header = call.read(address, MessageHeader.BYTES);
        byte[] vector = vector(call, header);
        long room = 0;
        for (int at = 8; at < vector.length; at += SystemLayouts.IOVEC_BYTES) {
            room += Math.clamp(LittleEndian.get64(vector, at), 0L, LARGEST_PIECE);
        }
        byte[] into = new byte[(int) Math.min(room, LARGEST_PIECE)];
        Received received = receive(socket, into, flags);
        if (received.count() < 0) {
            return missed(call, file, flags, received.count());
        }
        int copied = (int) Math.min(received.count(), into.length);
        int controlFlags;
        try {
            scatter(call, vector, into, copied);
            controlFlags = ControlMessages.give(call, socket, received.with(), header);
        } finally {
            received.with().release();
        }
        if (LittleEndian.get64(header, MessageHeader.NAME) != 0) {
            byte[] from = SocketCalls.sender(socket, received.from());
            int nameRoom = LittleEndian.get32(header, MessageHeader.NAME_LENGTH);
            call.write(
                    LittleEndian.get64(header, MessageHeader.NAME),
                    from,
                    Math.clamp(from.length, 0, Math.max(nameRoom, 0)));
            LittleEndian.put32(header, MessageHeader.NAME_LENGTH, from.length);
        }
        int cut = received.count() > copied ? Sockets.MSG_TRUNC : 0;
        LittleEndian.put32(header, MessageHeader.FLAGS, flags & Sockets.MSG_CMSG_CLOEXEC | cut | controlFlags);
        call.write(address, header);
        return SyscallResult.value((flags & Sockets.MSG_TRUNC) != 0 ? received.count() : copied);
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
