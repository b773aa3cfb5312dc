package dev.gostub.server.handler;

import dev.gostub.server.packet.Escapes;
import dev.gostub.server.packet.FileCommand;
import dev.gostub.server.packet.Reply;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.FileStatus;
import dev.gostub.server.target.GuestFiles;
import dev.gostub.server.target.TargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives the client the guest's files. Flags, errors and structures are those of gdb's File-I/O (manual, E.13). */
public final class FileHandler {
    private static final int REPLY_HEAD_BYTES = 16;
    private static final int STATUS_BYTES = 64;

    private final Dialogue dialogue;

    /** Serves one session. */
    public FileHandler(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Answers {@code command}; what the target refuses is an answer here, not an error of the packet. */
    public Reply handle(FileCommand command) {
        try {
            return answer(command, dialogue.target().files());
        } catch (TargetException refused) {
            return Reply.text("F-1," + Integer.toHexString(fileIoErrno(refused.errno())));
        }
    }

    private Reply answer(FileCommand command, GuestFiles files) throws TargetException {
        return switch (command) {
            case FileCommand.SetFileSystem _ -> result(0);
            case FileCommand.Open(String path, int flags, int mode) ->
                result(files.open(path, linuxFlags(flags), mode & 07777));
            case FileCommand.Close(int descriptor) -> close(files, descriptor);
            case FileCommand.Pread(int descriptor, int count, long offset) -> pread(files, descriptor, count, offset);
            case FileCommand.Pwrite(int descriptor, long offset, byte[] bytes) ->
                result(files.pwrite(descriptor, bytes, offset));
            case FileCommand.Fstat(int descriptor) -> status(files.fstat(descriptor));
            case FileCommand.Stat(String path) -> status(files.stat(path));
            case FileCommand.Lstat(String path) -> status(files.lstat(path));
            case FileCommand.Readlink(String path) -> data(files.readlink(path).getBytes(StandardCharsets.ISO_8859_1));
            case FileCommand.Unknown _ -> Reply.unsupported();
        };
    }

    private static Reply close(GuestFiles files, int descriptor) throws TargetException {
        files.close(descriptor);
        return result(0);
    }

    private static Reply pread(GuestFiles files, int descriptor, int count, long offset) throws TargetException {
        if (offset < 0) {
            throw new TargetException(Errno.EINVAL, "negative offset");
        }
        int room = Dialogue.PACKET_BYTES - REPLY_HEAD_BYTES;
        byte[] bytes = files.pread(descriptor, Math.min(count, room), offset);
        return data(Arrays.copyOf(bytes, Escapes.fitting(bytes, room)));
    }

    private static Reply result(int value) {
        return Reply.text("F" + Integer.toHexString(value));
    }

    private static Reply data(byte[] data) {
        return new Reply.Bytes("F" + Integer.toHexString(data.length) + ";", data);
    }

    /** {@code struct fio_stat}, big-endian. */
    private static Reply status(FileStatus status) {
        ByteBuffer buffer = ByteBuffer.allocate(STATUS_BYTES);
        buffer.putInt((int) status.device()).putInt((int) status.inode()).putInt(status.mode());
        buffer.putInt(status.links()).putInt(status.userId()).putInt(status.groupId());
        buffer.putInt((int) status.specialDevice()).putLong(status.sizeBytes());
        buffer.putLong(status.blockSizeBytes()).putLong(status.blocks());
        buffer.putInt((int) status.accessSeconds()).putInt((int) status.modifySeconds());
        buffer.putInt((int) status.changeSeconds());
        return data(buffer.array());
    }

    /** File-I/O's open flags to Linux's on amd64; the access mode is the same. */
    private static int linuxFlags(int flags) {
        int linux = flags & 3;
        linux |= (flags & 0x8) != 0 ? 0x400 : 0; // O_APPEND
        linux |= (flags & 0x200) != 0 ? 0x40 : 0; // O_CREAT
        linux |= (flags & 0x400) != 0 ? 0x200 : 0; // O_TRUNC
        linux |= (flags & 0x800) != 0 ? 0x80 : 0; // O_EXCL
        return linux;
    }

    private static int fileIoErrno(Errno errno) {
        return switch (errno) {
            case EPERM,
                    ENOENT,
                    EINTR,
                    EIO,
                    EBADF,
                    EACCES,
                    EFAULT,
                    EBUSY,
                    EEXIST,
                    ENODEV,
                    ENOTDIR,
                    EISDIR,
                    EINVAL,
                    ENFILE,
                    EMFILE,
                    EFBIG,
                    ENOSPC,
                    ESPIPE,
                    EROFS -> errno.number();
            case ENOSYS -> 88;
            case ENAMETOOLONG -> 91;
            case ESRCH, ENOMEM, ELOOP, ENOTSUP -> 9999;
        };
    }
}
