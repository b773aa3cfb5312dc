package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.abi.SystemLayouts;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;

/** RLIMIT_FSIZE: generic_write_check_limits of fs/read_write.c and inode_newsize_ok of fs/attr.c. */
final class FileSizeLimit {
    private FileSizeLimit() {}

    /** The largest size that the caller may give a file. */
    static long of(SyscallContext call) {
        long limit = call.process().softLimit(SystemLayouts.RLIMIT_FSIZE);
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    /** How many of so many bytes, more than none, may be written at a file's own position or another; with none of them SIGXFSZ comes with EFBIG. */
    static long room(SyscallContext call, OpenFile file, long position, long length) {
        long limit = of(call);
        if (limit == Long.MAX_VALUE || !(file.object() instanceof SeekableObject seekable) || !seekable.isStored()) {
            return length;
        }
        boolean appends = (file.flags() & OpenFlags.O_APPEND) != 0;
        long start = appends ? seekable.sizeBytes() : position == TransferCalls.NO_POSITION ? file.offset() : position;
        if (start >= limit) {
            signal(call);
            throw new SyscallException(Errno.EFBIG);
        }
        return Math.min(length, limit - start);
    }

    /** Changes a size. */
    @FunctionalInterface
    interface Resizing {
        /** Fails with EFBIG beyond the largest size. */
        void resize(long largest) throws FileFailure;
    }

    static void resize(SyscallContext call, Resizing resizing) throws FileFailure {
        try {
            resizing.resize(of(call));
        } catch (FileFailure failure) {
            if (failure.errno() == Errno.EFBIG) {
                signal(call);
            }
            throw failure;
        }
    }

    private static void signal(SyscallContext call) {
        call.signaling().send(call.task(), SignalInformation.from(Signals.SIGXFSZ, Signals.SI_USER, call.process()));
    }
}
