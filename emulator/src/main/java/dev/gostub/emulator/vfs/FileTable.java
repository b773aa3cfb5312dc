package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of a process. Holds one reference to each of its open files; methods that take an {@link OpenFile} take over the
 * caller's reference, also when they fail.
 */
public final class FileTable {
    /** What Linux starts programs with: the soft and the hard {@code RLIMIT_NOFILE}. */
    public static final int USUAL_LIMIT = 1024;

    public static final int LARGEST_LIMIT = 1 << 20;

    private static final int FIRST_SLOTS = 16;

    private @Nullable OpenFile[] files = new @Nullable OpenFile[FIRST_SLOTS];
    private BitSet closeOnExec = new BitSet();
    private int limit = USUAL_LIMIT;
    /** Processes that have this table. */
    private int users = 1;

    /** Puts a file at the lowest free descriptor; of {@code flags} only {@code O_CLOEXEC} counts. */
    public int add(OpenFile file, int flags) throws FileFailure {
        return addFrom(0, file, flags);
    }

    /** Puts a file at the lowest free descriptor not below {@code lowest} ({@code fcntl(F_DUPFD)}). */
    public int addFrom(int lowest, OpenFile file, int flags) throws FileFailure {
        if (lowest < 0 || lowest >= limit) {
            file.release();
            throw new FileFailure(Errno.EINVAL);
        }
        int fd = lowest;
        while (fd < files.length && files[fd] != null) {
            fd++;
        }
        if (fd >= limit) {
            file.release();
            throw new FileFailure(Errno.EMFILE);
        }
        place(fd, file, flags);
        return fd;
    }

    /** Puts a file at this descriptor; what was there is closed ({@code dup3(2)}). */
    public void replace(int fd, OpenFile file, int flags) throws FileFailure {
        if (fd < 0 || fd >= limit) {
            file.release();
            throw new FileFailure(Errno.EBADF);
        }
        Optional<OpenFile> before = find(fd);
        place(fd, file, flags);
        before.ifPresent(closed -> closed.closedBy(this));
    }

    private void place(int fd, OpenFile file, int flags) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.max(fd + 1, files.length * 2));
        }
        files[fd] = file;
        closeOnExec.set(fd, (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    /** The open file of a descriptor, or {@code EBADF}. */
    public OpenFile get(int fd) throws FileFailure {
        return find(fd).orElseThrow(() -> new FileFailure(Errno.EBADF));
    }

    public Optional<OpenFile> find(int fd) {
        return fd < 0 || fd >= files.length ? Optional.empty() : Optional.ofNullable(files[fd]);
    }

    /** {@code close(2)}. */
    public void close(int fd) throws FileFailure {
        OpenFile file = get(fd);
        files[fd] = null;
        closeOnExec.clear(fd);
        file.closedBy(this);
    }

    /** {@code fcntl(F_GETFD)}: {@code FD_CLOEXEC} or 0. */
    public int descriptorFlags(int fd) {
        return closeOnExec.get(fd) ? 1 : 0;
    }

    /** {@code fcntl(F_SETFD)}. */
    public void setDescriptorFlags(int fd, int flags) {
        closeOnExec.set(fd, (flags & 1) != 0);
    }

    /** The descriptors in use, in order. */
    public List<Integer> descriptors() {
        List<Integer> used = new ArrayList<>();
        for (int fd = 0; fd < files.length; fd++) {
            if (files[fd] != null) {
                used.add(fd);
            }
        }
        return used;
    }

    /** One more than the largest descriptor that may be given. */
    public int limit() {
        return limit;
    }

    /** Sets the soft limit ({@code setrlimit(RLIMIT_NOFILE)}); descriptors above it stay open. */
    public void setLimit(int descriptors) {
        limit = Math.clamp(descriptors, 0, LARGEST_LIMIT);
    }

    /** The table as {@code execve} leaves it: a process that shared it has one of its own, and the descriptors marked so are closed. */
    public FileTable forExec() {
        FileTable own = own();
        for (int fd = 0; fd < own.files.length; fd++) {
            if (own.closeOnExec.get(fd)) {
                own.drop(fd);
            }
        }
        return own;
    }

    /** This table, or a copy for one of several processes that have it. */
    public FileTable own() {
        FileTable own = users > 1 ? copy() : this;
        users -= own == this ? 0 : 1;
        return own;
    }

    /** Another process uses the same table (CLONE_FILES). */
    public FileTable share() {
        users++;
        return this;
    }

    /** What the end of a process does; the last one closes the files. */
    public void leave() {
        if (--users > 0) {
            return;
        }
        RuntimeException defect = null;
        for (int fd = 0; fd < files.length; fd++) {
            try {
                drop(fd);
            } catch (RuntimeException failed) {
                // Our mistake, which is not to keep the other files open: the first is passed on when all are closed.
                defect = defect == null ? failed : defect;
            }
        }
        if (defect != null) {
            throw defect;
        }
    }

    private void drop(int fd) {
        OpenFile file = files[fd];
        if (file != null) {
            files[fd] = null;
            closeOnExec.clear(fd);
            file.closedBy(this);
        }
    }

    /** A table of its own with the same open files ({@code fork}). */
    public FileTable copy() {
        FileTable copy = new FileTable();
        copy.files = files.clone();
        copy.closeOnExec = (BitSet) closeOnExec.clone();
        copy.limit = limit;
        for (OpenFile file : files) {
            if (file != null) {
                file.retain();
            }
        }
        return copy;
    }

    /** The table now. The state of the open files themselves is in {@link Vfs#capture}. */
    public FileTableSnapshot capture() {
        return new FileTableSnapshot(files.clone(), (BitSet) closeOnExec.clone(), limit, users);
    }

    /** Puts the table back; the references it held are those that {@link Vfs#restore} puts back. */
    public void restore(FileTableSnapshot snapshot) {
        files = snapshot.files().clone();
        closeOnExec = (BitSet) snapshot.closeOnExec().clone();
        limit = snapshot.limit();
        users = snapshot.users();
    }
}
