package dev.gostub.server.target;

/**
 * Files as the guest sees them, its {@code /proc} included, for the debugger's {@code vFile} requests. Descriptors are of
 * this interface's own making and have nothing to do with the guest's. All failures are a {@link TargetException} with
 * the errno that Linux would give.
 */
public interface GuestFiles {
    /**
     * Opens a file.
     *
     * @param flags Linux's {@code O_*} on amd64; a target may refuse all but reading with {@link Errno#EROFS}
     * @param mode permission bits for a file that is created
     * @return a descriptor, not negative
     */
    int open(String path, int flags, int mode) throws TargetException;

    /** At most {@code count} bytes from {@code offset}; empty at the end of the file. */
    byte[] pread(int descriptor, int count, long offset) throws TargetException;

    /** Writes, and returns how many bytes were taken. */
    default int pwrite(int descriptor, byte[] bytes, long offset) throws TargetException {
        throw new TargetException(Errno.EROFS, "the guest's files are read-only to the debugger");
    }

    FileStatus fstat(int descriptor) throws TargetException;

    /** Status of a path, symbolic links followed. */
    FileStatus stat(String path) throws TargetException;

    /** Status of a path, a last symbolic link not followed. */
    FileStatus lstat(String path) throws TargetException;

    String readlink(String path) throws TargetException;

    void close(int descriptor) throws TargetException;

    /** Closes whatever a client left open; called when its session ends. */
    void closeAll();
}
