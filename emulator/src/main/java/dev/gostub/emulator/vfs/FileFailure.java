package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.host.HostFailure;

/** A path operation failed with an errno. Checked, so that none can leave the machine; stackless, because guests cause it at will. */
public final class FileFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public FileFailure(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    static FileFailure of(HostFailure failure) {
        return new FileFailure(errno(failure));
    }

    static Errno errno(HostFailure failure) {
        return switch (failure.reason()) {
            case NOT_FOUND -> Errno.ENOENT;
            case DENIED -> Errno.EACCES;
            case NOT_A_DIRECTORY -> Errno.ENOTDIR;
            case NOT_A_LINK -> Errno.EINVAL;
            case TOO_MANY_OPEN -> Errno.ENFILE;
            case INPUT_OUTPUT -> Errno.EIO;
            case NOT_PERMITTED -> Errno.EPERM;
            case EXISTS -> Errno.EEXIST;
            case IS_A_DIRECTORY -> Errno.EISDIR;
            case NOT_EMPTY -> Errno.ENOTEMPTY;
            case BUSY -> Errno.EBUSY;
            case CROSS_DEVICE -> Errno.EXDEV;
            case READ_ONLY -> Errno.EROFS;
            case NO_SPACE -> Errno.ENOSPC;
            case OVER_QUOTA -> Errno.EDQUOT;
            case TOO_LARGE -> Errno.EFBIG;
            case NAME_TOO_LONG -> Errno.ENAMETOOLONG;
            case LOOP -> Errno.ELOOP;
            case TOO_MANY_LINKS -> Errno.EMLINK;
            case EXECUTING -> Errno.ETXTBSY;
            case NO_ATTRIBUTE -> Errno.ENODATA;
            case NOT_SUPPORTED -> Errno.EOPNOTSUPP;
            case INVALID -> Errno.EINVAL;
            case STALE -> Errno.ESTALE;
        };
    }
}
