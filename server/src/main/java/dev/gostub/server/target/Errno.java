package dev.gostub.server.target;

/**
 * The errors a target may answer with: Linux's names and numbers (asm-generic/errno-base.h and errno.h), as far as a
 * debugger's requests can cause them.
 */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    ESRCH(3),
    EINTR(4),
    EIO(5),
    EBADF(9),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    ENFILE(23),
    EMFILE(24),
    EFBIG(27),
    ENOSPC(28),
    ESPIPE(29),
    EROFS(30),
    ENAMETOOLONG(36),
    ENOSYS(38),
    ELOOP(40),
    ENOTSUP(95);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** Linux's number on amd64. */
    public int number() {
        return number;
    }

    /** The name for a Linux number, or {@link #EIO} for one that is not in the list. */
    public static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return EIO;
    }
}
