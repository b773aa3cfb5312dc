package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.Splice;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.syscall.TransferCalls.Range;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.PipeEnd;
import dev.gostub.emulator.vfs.SocketObject;
import java.util.Optional;

/** Moves bytes by way of pipes: {@code splice(2)}, {@code tee(2)}, {@code vmsplice(2)}; {@code fs/splice.c}. */
final class SpliceCalls {
    private static final int PAGE = AddressSpace.PAGE_SIZE;

    private SpliceCalls() {}

    /** splice(2). */
    static SyscallResult splice(SyscallContext call) throws FileFailure {
        if (call.argument(4) == 0) {
            return SyscallResult.OK;
        }
        requireKnown(call.integer(5));
        OpenFile in = opened(call, 0);
        OpenFile out = opened(call, 2);
        Optional<PipeEnd> from = pipe(in);
        Optional<PipeEnd> to = pipe(out);
        if (from.isPresent() && call.argument(1) != 0 || to.isPresent() && call.argument(3) != 0) {
            return SyscallResult.failure(Errno.ESPIPE);
        }
        Position sink = Position.of(call, 3, out);
        Position source = Position.of(call, 1, in);
        requireAccess(in, out);
        boolean waits = (call.integer(5) & Splice.SPLICE_F_NONBLOCK) == 0;
        if (from.isPresent() && to.isPresent()) {
            if (from.get().isOf(to.get())) {
                return SyscallResult.failure(Errno.EINVAL);
            }
            Pipes pipes = new Pipes(from.get(), 0, to.get(), 2);
            waits &= !in.isNonBlocking() && !out.isNonBlocking();
            Optional<SyscallResult> obstacle = unready(call, pipes, waits);
            return obstacle.orElseGet(() -> SyscallResult.value(from.get().moveTo(to.get(), call.argument(4))));
        }
        if (from.isPresent()) {
            return fromPipe(call, from.get(), sink, waits && !in.isNonBlocking());
        }
        if (to.isPresent()) {
            return toPipe(call, source, new Inlet(to.get(), 2, call.argument(4), waits && !out.isNonBlocking()));
        }
        return SyscallResult.failure(Errno.EINVAL);
    }

    /** tee(2). */
    static SyscallResult tee(SyscallContext call) throws FileFailure {
        requireKnown(call.integer(3));
        if (call.argument(2) == 0) {
            return SyscallResult.OK;
        }
        OpenFile in = opened(call, 0);
        OpenFile out = opened(call, 1);
        requireAccess(in, out);
        Optional<PipeEnd> from = pipe(in);
        Optional<PipeEnd> to = pipe(out);
        if (from.isEmpty() || to.isEmpty() || from.get().isOf(to.get())) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        boolean patient = (call.integer(3) & Splice.SPLICE_F_NONBLOCK) == 0;
        boolean waits = patient && !in.isNonBlocking() && !out.isNonBlocking();
        Optional<SyscallResult> obstacle = unready(call, new Pipes(from.get(), 0, to.get(), 1), waits);
        return obstacle.orElseGet(() -> SyscallResult.value(from.get().copyTo(to.get(), call.argument(2))));
    }

    private static void requireKnown(int flags) {
        if ((flags & ~Splice.SPLICE_F_ALL) != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    private static OpenFile opened(SyscallContext call, int index) throws FileFailure {
        OpenFile file = call.file(index);
        if ((file.flags() & OpenFlags.O_PATH) != 0) {
            throw new SyscallException(Errno.EBADF);
        }
        return file;
    }

    private static void requireAccess(OpenFile in, OpenFile out) {
        if (!OpenFlags.readable(in.flags()) || !OpenFlags.writable(out.flags())) {
            throw new SyscallException(Errno.EBADF);
        }
    }

    static Optional<PipeEnd> pipe(OpenFile file) {
        return file.object() instanceof PipeEnd end ? Optional.of(end) : Optional.empty();
    }

    /** Two pipes, and which arguments their descriptors are. */
    private record Pipes(PipeEnd from, int in, PipeEnd to, int out) {}

    /** What is in the way of moving something from pipe to pipe, or the answer that there will be nothing ({@code ipipe_prep}, {@code opipe_prep}). */
    private static Optional<SyscallResult> unready(SyscallContext call, Pipes pipes, boolean waits) throws FileFailure {
        boolean empty = pipes.from.available() == 0;
        if (empty && pipes.from.hasWriters()) {
            return Optional.of(waits ? SocketWait.toRead(call, pipes.in) : SyscallResult.failure(Errno.EAGAIN));
        }
        return noRoom(call, new Inlet(pipes.to, pipes.out, 0, waits));
    }

    /**
     * The way into a pipe.
     *
     * @param index the argument that is its descriptor
     */
    record Inlet(PipeEnd pipe, int index, long length, boolean waits) {}

    /** {@code wait_for_space}. */
    private static Optional<SyscallResult> noRoom(SyscallContext call, Inlet to) throws FileFailure {
        if (!to.pipe.hasReaders()) {
            return Optional.of(TransferCalls.broken(call, Errno.EPIPE.result(), 0, true));
        }
        if (to.pipe.freeSlots() > 0) {
            return Optional.empty();
        }
        return Optional.of(to.waits ? SocketWait.toWrite(call, to.index, 0) : SyscallResult.failure(Errno.EAGAIN));
    }

    // ---- from a pipe

    private static SyscallResult fromPipe(SyscallContext call, PipeEnd pipe, Position sink, boolean waits)
            throws FileFailure {
        OpenFile out = sink.file();
        boolean appends = (out.flags() & OpenFlags.O_APPEND) != 0;
        if (!sink.isValid() || appends || call.argument(4) < 0 || !out.object().splicesIn()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long length = Math.min(call.argument(4), TransferCalls.MOST);
        int most = out.object() instanceof SocketObject ? Splice.PIPE_DEF_BUFFERS : Integer.MAX_VALUE;
        long done = call.done();
        byte[] bytes = new byte[(int) Math.min(pipe.available(), length - done)];
        while (done < length && pipe.available() > 0) {
            int count = pipe.peek(bytes, (int) Math.min(bytes.length, length - done), most);
            long put = sink.write(bytes, count);
            if (put < 0) {
                return unspliced(call, sink, put, done);
            }
            pipe.skip((int) put);
            done += put;
        }
        if (done == 0 && pipe.hasWriters()) {
            return waits ? SocketWait.toRead(call, 0) : SyscallResult.failure(Errno.EAGAIN);
        }
        sink.leave(call);
        return SyscallResult.value(done);
    }

    private static SyscallResult unspliced(SyscallContext call, Position sink, long error, long done)
            throws FileFailure {
        sink.leave(call);
        if (error == Errno.EAGAIN.result() && !sink.file().isNonBlocking()) {
            return SocketWait.toWrite(call, 2, done);
        }
        boolean packets = sink.file().object() instanceof SocketObject socket && socket.type() != Sockets.SOCK_STREAM;
        return TransferCalls.broken(call, error, done, !packets);
    }

    // ---- into a pipe

    /** Reads once what there is room for; the descriptor of the source is the call's first or, for {@code sendfile(2)}, second argument. */
    static SyscallResult toPipe(SyscallContext call, Position source, Inlet to) throws FileFailure {
        OpenFile in = source.file();
        if (!source.isValid() || to.length < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Optional<SyscallResult> obstacle = noRoom(call, to);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        if (!in.object().splicesOut()) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        int intoPage = (int) source.offset() & PAGE - 1;
        long room = (long) to.pipe.freeSlots() * PAGE - intoPage;
        byte[] bytes = new byte[(int) Math.min(to.length, room)];
        long got = source.read(bytes);
        if (got == Errno.EAGAIN.result() && waitsToRead(in, to)) {
            return SocketWait.toRead(call, to.index == 0 ? 1 : 0);
        }
        if (got > 0) {
            to.pipe.fill(bytes, (int) got, intoPage);
            source.leave(call);
        }
        return SyscallResult.of(got);
    }

    /** Local streams go by SPLICE_F_NONBLOCK, others by the descriptor alone. */
    private static boolean waitsToRead(OpenFile in, Inlet to) {
        boolean local = in.object() instanceof SocketObject socket
                && socket.family() == Sockets.AF_UNIX
                && socket.type() == Sockets.SOCK_STREAM;
        return !in.isNonBlocking() && (to.waits || !local);
    }

    // ---- memory

    /** vmsplice(2). */
    static SyscallResult vmsplice(SyscallContext call) throws FileFailure {
        requireKnown(call.integer(3));
        OpenFile file = opened(call, 0);
        boolean writes = OpenFlags.writable(file.flags());
        long total = 0;
        for (Range range : TransferCalls.ranges(call)) {
            total += range.length();
        }
        if (total == 0) {
            return SyscallResult.OK;
        }
        Optional<PipeEnd> pipe = pipe(file);
        if (pipe.isEmpty()) {
            return SyscallResult.failure(Errno.EBADF);
        }
        boolean waits = (call.integer(3) & Splice.SPLICE_F_NONBLOCK) == 0;
        return writes ? give(call, new Inlet(pipe.get(), 0, total, waits)) : take(call, pipe.get(), waits);
    }

    private static SyscallResult give(SyscallContext call, Inlet to) throws FileFailure {
        Optional<SyscallResult> obstacle = noRoom(call, to);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        long done = 0;
        for (Range range : TransferCalls.ranges(call)) {
            for (long at = 0; at < range.length(); ) {
                int intoPage = (int) (range.address() + at) & PAGE - 1;
                byte[] part = new byte[(int) Math.min(PAGE - intoPage, range.length() - at)];
                boolean there = call.memory().copyIn(range.address() + at, part, 0, part.length) == part.length;
                if (!there || to.pipe.freeSlots() == 0) {
                    return SyscallResult.of(done > 0 ? done : Errno.EFAULT.result());
                }
                to.pipe.fill(part, part.length, intoPage);
                at += part.length;
                done += part.length;
            }
        }
        return SyscallResult.value(done);
    }

    private static SyscallResult take(SyscallContext call, PipeEnd pipe, boolean waits) throws FileFailure {
        if (pipe.available() == 0 && pipe.hasWriters()) {
            return waits ? SocketWait.toRead(call, 0) : SyscallResult.failure(Errno.EAGAIN);
        }
        long done = 0;
        for (Range range : TransferCalls.ranges(call)) {
            byte[] bytes = new byte[(int) Math.min(pipe.available(), range.length())];
            int count = pipe.peek(bytes, bytes.length, Integer.MAX_VALUE);
            int written = call.memory().copyOut(range.address(), bytes, 0, count);
            pipe.skip(written);
            done += written;
            if (written < count) {
                return SyscallResult.of(done > 0 ? done : Errno.EFAULT.result());
            }
        }
        return SyscallResult.value(done);
    }
}
