package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.syscall.SpliceCalls.Inlet;
import dev.gostub.emulator.syscall.TransferCalls.Manner;
import dev.gostub.emulator.vfs.DirectoryObject;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.PipeEnd;
import dev.gostub.emulator.vfs.SeekableObject;
import java.util.Optional;

/** Moves bytes from file to file. */
final class CopyCalls {
    private CopyCalls() {}

    /** sendfile(2): {@code do_sendfile} of fs/read_write.c. */
    static SyscallResult sendfile(SyscallContext call) throws FileFailure {
        if (call.argument(2) != 0) {
            call.read64(call.argument(2));
        }
        OpenFile in = call.file(1);
        if (!OpenFlags.readable(in.flags())) {
            return SyscallResult.failure(Errno.EBADF);
        }
        if (call.argument(2) != 0 && !(in.object() instanceof SeekableObject)) {
            return SyscallResult.failure(Errno.ESPIPE);
        }
        Position source = Position.of(call, 2, in);
        if (source.offset() < 0 || call.argument(3) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        OpenFile out = call.file(0);
        if (!OpenFlags.writable(out.flags())) {
            return SyscallResult.failure(Errno.EBADF);
        }
        long length = Math.min(call.argument(3), TransferCalls.MOST);
        Optional<PipeEnd> pipe = SpliceCalls.pipe(out);
        if (pipe.isPresent()) {
            return SpliceCalls.toPipe(call, source, new Inlet(pipe.get(), 0, length, !out.isNonBlocking()));
        }
        boolean directly = in.object() instanceof SeekableObject && in.object().splicesOut();
        if (!directly || (out.flags() & OpenFlags.O_APPEND) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        return send(call, source, out, length);
    }

    /** A wait in the middle leaves the position where it is then, as a signal may end the call there. */
    private static SyscallResult send(SyscallContext call, Position source, OpenFile out, long length)
            throws FileFailure {
        Position sink = Position.own(out);
        long left = length - call.done();
        Copied copied = copy(source, sink, left > 0 ? FileSizeLimit.room(call, out, sink.offset(), left) : left);
        long done = call.done() + copied.count;
        source.leave(call);
        sink.leave(call);
        if (copied.error == 0) {
            return SyscallResult.value(done);
        }
        Manner manner = TransferCalls.plainWrite(call, out);
        return out.object().splicesIn()
                ? TransferCalls.unwritten(call, copied.error, done, manner)
                : SyscallResult.failure(Errno.EINVAL);
    }

    /** copy_file_range(2): {@code generic_copy_file_checks} of fs/read_write.c. */
    static SyscallResult copyFileRange(SyscallContext call) throws FileFailure {
        OpenFile in = call.file(0);
        OpenFile out = call.file(2);
        Position source = Position.of(call, 1, in);
        Position sink = Position.of(call, 3, out);
        if (call.integer(5) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        requireFiles(in, out);
        long from = source.offset();
        long to = sink.offset();
        long wanted = call.argument(4);
        if (Long.compareUnsigned(from + wanted, from) < 0 || Long.compareUnsigned(to + wanted, to) < 0) {
            return SyscallResult.failure(Errno.EOVERFLOW);
        }
        long left = Math.max(in.stat().sizeBytes() - from, 0);
        long length = Long.compareUnsigned(wanted, left) < 0 ? wanted : left;
        boolean overlap = from < to + length && to < from + length;
        if (in.object().node() == out.object().node() && overlap || from < 0 || to < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long room = length == 0 ? 0 : FileSizeLimit.room(call, out, to, length);
        Copied copied = copy(source, sink, Math.min(room, TransferCalls.MOST));
        if (copied.count > 0) {
            source.leave(call);
            sink.leave(call);
        }
        return SyscallResult.of(copied.count > 0 ? copied.count : copied.error);
    }

    private static void requireFiles(OpenFile in, OpenFile out) {
        if (in.object() instanceof DirectoryObject || out.object() instanceof DirectoryObject) {
            throw new SyscallException(Errno.EISDIR);
        }
        if (!isRegular(in) || !isRegular(out)) {
            throw new SyscallException(Errno.EINVAL);
        }
        boolean appends = (out.flags() & OpenFlags.O_APPEND) != 0;
        if (!OpenFlags.readable(in.flags()) || !OpenFlags.writable(out.flags()) || appends) {
            throw new SyscallException(Errno.EBADF);
        }
    }

    private static boolean isRegular(OpenFile file) {
        return FileMode.is(file.stat().mode(), FileMode.S_IFREG) && file.object() instanceof SeekableObject;
    }

    /**
     * What was copied, and the error that ended it.
     *
     * @param error a negative errno, or 0
     */
    private record Copied(long count, long error) {}

    private static Copied copy(Position source, Position sink, long length) {
        long done = 0;
        while (done < length) {
            byte[] piece = new byte[(int) Math.min(TransferCalls.PIECE, length - done)];
            long start = source.offset();
            long got = source.read(piece);
            if (got <= 0) {
                return new Copied(done, done > 0 ? 0 : got);
            }
            long put = sink.write(piece, (int) got);
            source.moveTo(start + Math.max(put, 0));
            if (put < 0) {
                return new Copied(done, put);
            }
            done += put;
        }
        return new Copied(done, 0);
    }
}
