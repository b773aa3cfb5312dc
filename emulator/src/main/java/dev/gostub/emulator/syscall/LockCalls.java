package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileLock;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.WaitCondition;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileLocks;
import dev.gostub.emulator.vfs.FileLocks.Kind;
import dev.gostub.emulator.vfs.FileLocks.Wanted;
import dev.gostub.emulator.vfs.OpenFile;
import java.util.Optional;

/** Advisory locks: {@code flock(2)} and the lock commands of {@code fcntl(2)}. */
final class LockCalls {
    private LockCalls() {}

    /** flock(2). */
    static SyscallResult flock(SyscallContext call) throws FileFailure {
        OpenFile file = call.file(0);
        int operation = call.integer(1);
        boolean patient = (operation & Fcntl.LOCK_NB) == 0;
        if ((file.flags() & OpenFlags.O_PATH) != 0) {
            return SyscallResult.failure(Errno.EBADF);
        }
        int type = operation & ~Fcntl.LOCK_NB;
        if (type != Fcntl.LOCK_SH && type != Fcntl.LOCK_EX && type != Fcntl.LOCK_UN) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Wanted whole = new Wanted(Kind.WHOLE_FILE, type == Fcntl.LOCK_EX, 0, FileLocks.TO_THE_END);
        // A lock of the other type is given up first, and lost if the new one cannot be had (flock(2)).
        file.unlock(call.files(), whole);
        return type == Fcntl.LOCK_UN ? SyscallResult.OK : lock(call, file, whole, patient);
    }

    private static SyscallResult lock(SyscallContext call, OpenFile file, Wanted wanted, boolean patient) {
        if (file.conflict(call.files(), wanted).isEmpty()) {
            file.lock(call.files(), wanted, call.process().id());
            return SyscallResult.OK;
        }
        return patient
                ? SyscallResult.wait(Block.on(new WaitCondition.FileLock(call.integer(0), wanted)))
                : SyscallResult.failure(Errno.EAGAIN);
    }

    /** fcntl(2) with F_SETLK, F_SETLKW and their kin of open files. */
    static SyscallResult setLock(SyscallContext call, OpenFile file) {
        int command = call.integer(1);
        boolean ofOpenFile = command == Fcntl.F_OFD_SETLK || command == Fcntl.F_OFD_SETLKW;
        boolean patient = command == Fcntl.F_SETLKW || command == Fcntl.F_OFD_SETLKW;
        FileLock asked = asked(call, ofOpenFile);
        Wanted wanted = wanted(file, asked, ofOpenFile);
        boolean allowed = switch (asked.type()) {
            case Fcntl.F_RDLCK -> OpenFlags.readable(file.flags());
            case Fcntl.F_WRLCK -> OpenFlags.writable(file.flags());
            case Fcntl.F_UNLCK -> true;
            default -> throw new SyscallException(Errno.EINVAL);
        };
        if (!allowed) {
            return SyscallResult.failure(Errno.EBADF);
        }
        if (asked.type() == Fcntl.F_UNLCK) {
            file.unlock(call.files(), wanted);
            return SyscallResult.OK;
        }
        return lock(call, file, wanted, patient);
    }

    /** fcntl(2) with F_GETLK: the lock that stands in the way of the one described, if there is one. */
    static SyscallResult getLock(SyscallContext call, OpenFile file) {
        boolean ofOpenFile = call.integer(1) == Fcntl.F_OFD_GETLK;
        FileLock asked = asked(call, ofOpenFile);
        if (asked.type() != Fcntl.F_RDLCK && asked.type() != Fcntl.F_WRLCK) {
            return SyscallResult.failure(Errno.EINVAL);
        }
        Optional<FileLocks.Lock> conflict = file.conflict(call.files(), wanted(file, asked, ofOpenFile));
        FileLock answer = conflict.map(LockCalls::described)
                .orElse(new FileLock(Fcntl.F_UNLCK, asked.whence(), asked.start(), asked.length(), asked.pid()));
        call.write(call.argument(2), answer.toBytes());
        return SyscallResult.OK;
    }

    private static FileLock asked(SyscallContext call, boolean ofOpenFile) {
        FileLock asked = FileLock.of(call.read(call.argument(2), FileLock.BYTES));
        if (ofOpenFile && asked.pid() != 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        return asked;
    }

    private static FileLock described(FileLocks.Lock lock) {
        Wanted what = lock.what();
        long length = what.end() == FileLocks.TO_THE_END ? 0 : what.end() - what.start();
        int pid = what.kind() == Kind.OF_PROCESS ? lock.holder() : -1;
        int type = what.exclusive() ? Fcntl.F_WRLCK : Fcntl.F_RDLCK;
        return new FileLock(type, Fcntl.SEEK_SET, what.start(), length, pid);
    }

    /** A length of 0 reaches to the end of the file, a negative one ends at the start (flock_to_posix_lock). */
    private static Wanted wanted(OpenFile file, FileLock asked, boolean ofOpenFile) {
        long origin = switch (asked.whence()) {
            case Fcntl.SEEK_SET -> 0;
            case Fcntl.SEEK_CUR -> file.offset();
            case Fcntl.SEEK_END -> file.stat().sizeBytes();
            default -> throw new SyscallException(Errno.EINVAL);
        };
        long first = origin + asked.start();
        if (asked.start() > 0 && first < 0) {
            throw new SyscallException(Errno.EOVERFLOW);
        }
        long start = asked.length() < 0 ? first + asked.length() : first;
        long end = asked.length() < 0 ? first : first + asked.length();
        if (start < 0) {
            throw new SyscallException(Errno.EINVAL);
        }
        if (asked.length() > 0 && end < 0) {
            throw new SyscallException(Errno.EOVERFLOW);
        }
        return new Wanted(
                ofOpenFile ? Kind.OF_OPEN_FILE : Kind.OF_PROCESS,
                asked.type() == Fcntl.F_WRLCK,
                start,
                asked.length() == 0 ? FileLocks.TO_THE_END : end);
    }
}
