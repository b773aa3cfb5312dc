package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.Sockets;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.vfs.Ancillary;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Message;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;
import dev.gostub.emulator.vfs.SocketObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Moves bytes: {@code read(2)}, {@code write(2)} and their kin. */
final class TransferCalls {
    /** MAX_RW_COUNT of Linux. */
    static final long MOST = 0x7ffff000L;
    /** So much is moved in one piece between a file and the guest's memory. */
    static final int PIECE = 1 << 20;
    /** Use the file's own position. */
    static final long NO_POSITION = -1;

    /** Flags of {@code preadv2(2)}: {@code linux/fs.h}. */
    private static final int RWF_HIPRI = 1;

    private static final int RWF_DSYNC = 2;
    private static final int RWF_SYNC = 4;
    private static final int RWF_NOWAIT = 8;
    private static final int RWF_APPEND = 0x10;

    private TransferCalls() {}

    /** A part of the guest's memory. */
    record Range(long address, long length) {}

    /** read(2). */
    static SyscallResult read(SyscallContext call) throws FileFailure {
        return readInto(call, List.of(range(call, 1)), NO_POSITION);
    }

    /** write(2). */
    static SyscallResult write(SyscallContext call) throws FileFailure {
        return writeFrom(call, List.of(range(call, 1)), NO_POSITION);
    }

    /** pread64(2). */
    static SyscallResult pread64(SyscallContext call) throws FileFailure {
        return readInto(call, List.of(range(call, 1)), position(call, 3));
    }

    /** pwrite64(2). */
    static SyscallResult pwrite64(SyscallContext call) throws FileFailure {
        return writeFrom(call, List.of(range(call, 1)), position(call, 3));
    }

    /** readv(2). */
    static SyscallResult readv(SyscallContext call) throws FileFailure {
        return readInto(call, ranges(call), NO_POSITION);
    }

    /** writev(2). */
    static SyscallResult writev(SyscallContext call) throws FileFailure {
        return writeFrom(call, ranges(call), NO_POSITION);
    }

    /** preadv(2): on amd64 the position is in one argument, its upper half in the next is ignored. */
    static SyscallResult preadv(SyscallContext call) throws FileFailure {
        return readInto(call, ranges(call), position(call, 3));
    }

    /** pwritev(2). */
    static SyscallResult pwritev(SyscallContext call) throws FileFailure {
        return writeFrom(call, ranges(call), position(call, 3));
    }

    /** preadv2(2): -1 means the file's own position. */
    static SyscallResult preadv2(SyscallContext call) throws FileFailure {
        long position = call.argument(3) == -1 ? NO_POSITION : position(call, 3);
        requireKnownFlags(call);
        return hasty(call, readInto(call, ranges(call), position));
    }

    /** pwritev2(2). */
    static SyscallResult pwritev2(SyscallContext call) throws FileFailure {
        long position = call.argument(3) == -1 ? NO_POSITION : position(call, 3);
        requireKnownFlags(call);
        OpenFile file = call.file(0);
        if ((call.integer(5) & RWF_APPEND) == 0 || !(file.object() instanceof SeekableObject seekable)) {
            return hasty(call, writeFrom(call, ranges(call), position));
        }
        if (position == NO_POSITION) {
            file.seek(seekable.sizeBytes(), Fcntl.SEEK_SET);
            return writeFrom(call, ranges(call), NO_POSITION);
        }
        return writeFrom(call, ranges(call), seekable.sizeBytes());
    }

    /** Those of {@code kiocb_set_rw_flags} that all files take. */
    private static void requireKnownFlags(SyscallContext call) {
        int flags = call.integer(5);
        if ((flags & ~(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_NOWAIT | RWF_APPEND)) != 0) {
            throw new SyscallException(Errno.EOPNOTSUPP);
        }
    }

    /** With RWF_NOWAIT nobody waits. */
    private static SyscallResult hasty(SyscallContext call, SyscallResult result) {
        boolean hurries = (call.integer(5) & RWF_NOWAIT) != 0;
        if (hurries && result instanceof SyscallResult.Wait(Block block)) {
            return SyscallResult.of(block.done() > 0 ? block.done() : Errno.EAGAIN.result());
        }
        return result;
    }

    private static long position(SyscallContext call, int index) {
        if (call.argument(index) < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return call.argument(index);
    }

    private static Range range(SyscallContext call, int index) {
        long length = call.argument(index + 1);
        if (length < 0) {
            throw new SyscallException(Errno.EFAULT);
        }
        return new Range(call.argument(index), Math.min(length, MOST));
    }

    /** The {@code iovec}s that the second and third argument name. */
    static List<Range> ranges(SyscallContext call) {
        int count = call.integer(2);
        if (count < 0 || count > Fcntl.IOV_MAX) {
            throw new SyscallException(Errno.EINVAL);
        }
        byte[] vector = call.read(call.argument(1), count * SystemLayouts.IOVEC_BYTES);
        List<Range> ranges = new ArrayList<>();
        long left = MOST;
        for (int i = 0; i < count; i++) {
            long length = LittleEndian.get64(vector, i * SystemLayouts.IOVEC_BYTES + 8);
            if (length < 0) {
                throw new SyscallException(Errno.EINVAL);
            }
            ranges.add(new Range(LittleEndian.get64(vector, i * SystemLayouts.IOVEC_BYTES), Math.min(length, left)));
            left -= Math.min(length, left);
        }
        return ranges;
    }

    /** The last byte has a position, too (rw_verify_area of fs/read_write.c). */
    private static void requirePositions(long position, List<Range> ranges) {
        long length = ranges.stream().mapToLong(Range::length).sum();
        if (position != NO_POSITION && position > Long.MAX_VALUE - length) {
            throw new SyscallException(Errno.EINVAL);
        }
    }

    private static SyscallResult readInto(SyscallContext call, List<Range> ranges, long position) throws FileFailure {
        OpenFile file = call.file(0);
        requirePositions(position, ranges);
        if (file.object() instanceof SocketObject && ranges.size() > 1) {
            return readMessage(call, file, ranges);
        }
        long done = 0;
        for (Range range : ranges) {
            long got = readRange(call, file, range, position == NO_POSITION ? NO_POSITION : position + done);
            if (got < 0) {
                return done > 0 ? SyscallResult.value(done) : readResult(call, file, got);
            }
            done += got;
            if (got < range.length) {
                break;
            }
        }
        // A read of nothing still has to say EBADF.
        return done == 0 && ranges.isEmpty()
                ? SyscallResult.of(file.read(new byte[0], 0, 0))
                : SyscallResult.value(done);
    }

    /** One message, whatever the number of ranges. */
    private static SyscallResult readMessage(SyscallContext call, OpenFile file, List<Range> ranges) {
        long room = ranges.stream().mapToLong(Range::length).sum();
        byte[] bytes = new byte[(int) Math.min(room, PIECE)];
        long got = file.read(bytes, 0, bytes.length);
        if (got < 0) {
            return readResult(call, file, got);
        }
        int at = 0;
        for (Range range : ranges) {
            int part = (int) Math.min(range.length, got - at);
            call.write(range.address, Arrays.copyOfRange(bytes, at, at + part));
            at += part;
        }
        return SyscallResult.value(got);
    }

    private static long readRange(SyscallContext call, OpenFile file, Range range, long position) {
        long done = 0;
        do {
            byte[] piece = new byte[(int) Math.min(PIECE, range.length - done)];
            long got = position == NO_POSITION
                    ? file.read(piece, 0, piece.length)
                    : file.readAt(position + done, piece, 0, piece.length);
            if (got < 0) {
                return done > 0 ? done : got;
            }
            int stored = call.memory().copyOut(range.address + done, piece, 0, (int) got);
            done += stored;
            if (stored < got) {
                takeBack(file, position, got - stored);
                return done > 0 ? done : Errno.EFAULT.result();
            }
            if (got < piece.length || !(file.object() instanceof SeekableObject)) {
                break;
            }
        } while (done < range.length);
        return done;
    }

    /** The file's own position counts what has arrived in the guest's memory. */
    private static void takeBack(OpenFile file, long position, long bytes) {
        if (position == NO_POSITION && file.object() instanceof SeekableObject) {
            file.seek(-bytes, Fcntl.SEEK_CUR);
        }
    }

    private static SyscallResult readResult(SyscallContext call, OpenFile file, long error) {
        if (error == Errno.EAGAIN.result() && !file.isNonBlocking()) {
            return SocketWait.toRead(call, file);
        }
        return SyscallResult.of(error);
    }

    private static SyscallResult writeFrom(SyscallContext call, List<Range> ranges, long position) throws FileFailure {
        OpenFile file = call.file(0);
        if (!OpenFlags.writable(file.flags())) {
            return SyscallResult.failure(Errno.EBADF);
        }
        requirePositions(position, ranges);
        boolean socket = file.object() instanceof SocketObject;
        Ancillary with = socket ? Ancillary.from(SocketCalls.caller(call)) : Ancillary.NONE;
        Source bytes = new Gathered(call.memory(), ranges);
        if (bytes.length() > 0) {
            long room = FileSizeLimit.room(call, file, position, bytes.length());
            bytes = room < bytes.length() ? new Beginning(bytes, room) : bytes;
        }
        if (socket && !file.object().takesBytesInPortions() && bytes.length() > PIECE) {
            return SyscallResult.failure(Errno.EMSGSIZE);
        }
        return writeAll(call, file, new Cargo(bytes, with), position, plainWrite(call, file));
    }

    /** What is to be written, had piece by piece: a length that a program names costs nothing before there is a byte. */
    private sealed interface Source {
        long length();

        /** The next bytes, at most so many; fewer where the guest's memory cannot be read further. */
        byte[] piece(long from, int mostBytes);
    }

    private record Gathered(AddressSpace memory, List<Range> ranges) implements Source {
        @Override
        public long length() {
            return ranges.stream().mapToLong(Range::length).sum();
        }

        @Override
        public byte[] piece(long from, int mostBytes) {
            byte[] bytes = new byte[mostBytes];
            int got = 0;
            long start = 0;
            for (Range range : ranges) {
                long within = Math.max(from + got - start, 0);
                int wanted = (int) Math.clamp(range.length - within, 0L, (long) mostBytes - got);
                int read = memory.copyIn(range.address + within, bytes, got, wanted);
                got += read;
                if (read < wanted || got == mostBytes) {
                    break;
                }
                start += range.length;
            }
            return got == mostBytes ? bytes : Arrays.copyOf(bytes, got);
        }
    }

    /** As much as there is room for. */
    private record Beginning(Source of, long length) implements Source {
        @Override
        public byte[] piece(long from, int mostBytes) {
            return of.piece(from, mostBytes);
        }
    }

    private record Whole(byte[] bytes) implements Source {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public byte[] piece(long from, int mostBytes) {
            return from == 0 && mostBytes == bytes.length
                    ? bytes
                    : Arrays.copyOfRange(bytes, (int) from, (int) from + mostBytes);
        }
    }

    /** What is to be written and what goes with it. */
    private record Cargo(Source bytes, Ancillary with) {}

    /**
     * What a write does where it cannot go on.
     *
     * @param waits it waits for room, and on pipes and streams goes on until everything is taken
     * @param signals SIGPIPE comes with EPIPE
     * @param before what has been moved before it waited
     */
    record Manner(boolean waits, boolean signals, long before) {}

    static Manner plainWrite(SyscallContext call, OpenFile file) {
        boolean packets = file.object() instanceof SocketObject socket && socket.type() == Sockets.SOCK_SEQPACKET;
        return new Manner(!file.isNonBlocking(), !packets, call.done());
    }

    /** Writes to a stream, whose descriptor is the call's first argument. */
    static SyscallResult writeStream(SyscallContext call, OpenFile file, Message message, Manner manner)
            throws FileFailure {
        return writeAll(call, file, new Cargo(new Whole(message.bytes()), message.with()), NO_POSITION, manner);
    }

    private static SyscallResult writeAll(SyscallContext call, OpenFile file, Cargo cargo, long position, Manner manner)
            throws FileFailure {
        long length = cargo.bytes.length();
        long done = manner.before;
        do {
            byte[] piece = cargo.bytes.piece(done, (int) Math.min(PIECE, length - done));
            if (piece.length == 0 && done < length) {
                return SyscallResult.of(done > 0 ? done : Errno.EFAULT.result());
            }
            // Descriptors go with the first byte.
            Ancillary with = done == 0 ? cargo.with : cargo.with.withoutFiles();
            long count = position == NO_POSITION
                    ? put(file, piece, with)
                    : file.writeAt(position + done, piece, 0, piece.length);
            if (count < 0) {
                return unwritten(call, count, done, manner);
            }
            done += count;
            if (count < piece.length && !file.object().takesBytesInPortions()) {
                break;
            }
        } while (done < length);
        return SyscallResult.value(done);
    }

    private static long put(OpenFile file, byte[] bytes, Ancillary with) {
        return file.object() instanceof SocketObject socket
                ? socket.send(bytes, 0, bytes.length, with)
                : file.write(bytes, 0, bytes.length);
    }

    /** What a write to the descriptor in the call's first argument comes to that met an error after so many bytes. */
    static SyscallResult unwritten(SyscallContext call, long error, long done, Manner manner) throws FileFailure {
        if (error == Errno.EAGAIN.result() && manner.waits) {
            return SocketWait.toWrite(call, done);
        }
        return broken(call, error, done, manner.signals);
    }

    /** What has been written, or the error, with the signal that goes with EPIPE. */
    static SyscallResult broken(SyscallContext call, long error, long done, boolean signals) {
        if (error == Errno.EPIPE.result() && signals) {
            call.signaling()
                    .send(call.task(), SignalInformation.from(Signals.SIGPIPE, Signals.SI_USER, call.process()));
        }
        return SyscallResult.of(done > 0 ? done : error);
    }
}
