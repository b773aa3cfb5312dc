package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;

/** Moves bytes from file to file. */
final class CopyCalls {
    private CopyCalls() {}

    /** sendfile(2). */
    static SyscallResult sendfile(SyscallContext call) throws FileFailure {
        OpenFile out = call.file(0);
        OpenFile in = call.file(1);
        if (!(in.object() instanceof SeekableObject) || (out.flags() & OpenFlags.O_APPEND) != 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long from = call.argument(2) == 0 ? in.offset() : call.read64(call.argument(2));
        if (from < 0 || call.argument(3) < 0) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long moved = copy(in, from, out, TransferCalls.NO_POSITION, Math.min(call.argument(3), TransferCalls.MOST));
        if (moved < 0) {
            return TransferCalls.unwritten(call, moved, 0, TransferCalls.plainWrite(out));
        }
        leave(call, in, 2, from + moved);
        return SyscallResult.value(moved);
    }

    /** copy_file_range(2). */
    static SyscallResult copyFileRange(SyscallContext call) throws FileFailure {
        OpenFile in = call.file(0);
        OpenFile out = call.file(2);
        if (call.integer(5) != 0 || !isRegular(in) || !isRegular(out)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        if ((out.flags() & OpenFlags.O_APPEND) != 0) {
            return SyscallResult.failure(Errno.EBADF);
        }
        long from = call.argument(1) == 0 ? in.offset() : call.read64(call.argument(1));
        long to = call.argument(3) == 0 ? out.offset() : call.read64(call.argument(3));
        long length = Math.min(call.argument(4), TransferCalls.MOST);
        if (from < 0
                || to < 0
                || length < 0
                || in.object().node() == out.object().node() && overlap(from, to, length)) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        long moved = copy(in, from, out, to, length);
        if (moved > 0) {
            leave(call, in, 1, from + moved);
            leave(call, out, 3, to + moved);
        }
        return SyscallResult.of(moved);
    }

    private static boolean isRegular(OpenFile file) {
        int type = file.stat().mode() & FileMode.S_IFMT;
        return type == FileMode.S_IFREG && file.object() instanceof SeekableObject;
    }

    private static boolean overlap(long from, long to, long length) {
        return from - to < length && to - from < length;
    }

    private static long copy(OpenFile in, long from, OpenFile out, long to, long length) {
        byte[] piece = new byte[Math.clamp(length, 0, TransferCalls.PIECE)];
        long done = 0;
        while (done < length) {
            long got = in.readAt(from + done, piece, 0, (int) Math.min(piece.length, length - done));
            if (got <= 0) {
                return done > 0 ? done : got;
            }
            long put = to == TransferCalls.NO_POSITION
                    ? out.write(piece, 0, (int) got)
                    : out.writeAt(to + done, piece, 0, (int) got);
            if (put < 0) {
                return done > 0 ? done : put;
            }
            done += put;
            if (put < got) {
                return done;
            }
        }
        return done;
    }

    /** The position after the copy goes to where it came from: the guest's variable, or the file. */
    private static void leave(SyscallContext call, OpenFile file, int index, long position) {
        if (call.argument(index) == 0) {
            file.seek(position, Fcntl.SEEK_SET);
        } else {
            call.write64(call.argument(index), position);
        }
    }
}
