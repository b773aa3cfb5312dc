package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.Stat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An open file description: what {@code open} makes and {@code dup} and {@code fork} share. Holds position and status flags.
 *
 * <p>It is counted: whoever keeps one holds a reference, made by opening or {@link #retain} and given up by {@link #release}.
 */
public final class OpenFile implements Stateful {
    private final OpenFiles registry;
    private final long number;
    private final FileObject object;
    private final String path;
    private Dentry dentry;
    private int flags;
    private long offset;
    private int references = 1;

    /**
     * What is special about one opening.
     *
     * @param path as {@code /proc/PID/fd} shows it
     */
    record Opening(long number, String path, Dentry dentry) {}

    OpenFile(OpenFiles registry, Opening opening, FileObject object, int flags) {
        this.registry = registry;
        this.number = opening.number;
        this.object = object;
        this.flags = flags;
        this.path = opening.path;
        this.dentry = opening.dentry;
    }

    void renamed(Dentry from, Dentry to) {
        if (dentry.equals(from)) {
            dentry = to;
        }
    }

    /** Tells those who watch the file what was done with it. */
    void notify(int event) {
        if (registry.fsnotify().count() > 0 && (flags & OpenFlags.O_PATH) == 0) {
            registry.fsnotify().file(dentry, object.node(), event);
        }
    }

    private long notified(long count, int event) {
        if (count > 0) {
            notify(event);
        }
        return count;
    }

    /** Number of this open file: unique in the machine, never used again. */
    public long number() {
        return number;
    }

    public FileObject object() {
        return object;
    }

    /** Access mode and status flags, as {@code fcntl(F_GETFL)} shows them. */
    public int flags() {
        return flags;
    }

    /** Changes the status flags that may be changed ({@code fcntl(F_SETFL)}). */
    public void setFlags(int wanted) {
        flags = flags & ~OpenFlags.CHANGEABLE | wanted & OpenFlags.CHANGEABLE;
    }

    public boolean isNonBlocking() {
        return (flags & OpenFlags.O_NONBLOCK) != 0;
    }

    /** The path it was opened by, or a label such as {@code pipe:[7]}, as {@code /proc/PID/fd} shows it. */
    public String path() {
        boolean deleted = object.node().attributes().links() == 0 && path.startsWith("/");
        return deleted ? path + " (deleted)" : path;
    }

    public Stat stat() {
        object.node().refresh();
        return object.node().stat();
    }

    /** The mount that it was opened through; nothing for what has no name, or was opened by a magic link. */
    Optional<Mount> mount() {
        return object.node() instanceof Directory directory
                ? Optional.of(directory.mount())
                : dentry.parent().map(Directory::mount);
    }

    public long offset() {
        return offset;
    }

    void setOffset(long position) {
        offset = position;
    }

    /** {@code read(2)}. */
    public long read(byte[] into, int at, int length) {
        if (!OpenFlags.readable(flags)) {
            return Errno.EBADF.result();
        }
        if (object instanceof SeekableObject seekable) {
            long count = seekable.readAt(offset, into, at, length);
            offset += Math.max(count, 0);
            return notified(count, InotifyEvent.IN_ACCESS);
        }
        return object instanceof DirectoryObject
                ? Errno.EISDIR.result()
                : notified(object.read(into, at, length), InotifyEvent.IN_ACCESS);
    }

    /** {@code write(2)}; with {@code O_APPEND} the position is the end of the file. */
    public long write(byte[] from, int at, int length) {
        if (!OpenFlags.writable(flags)) {
            return Errno.EBADF.result();
        }
        if (object instanceof SeekableObject seekable) {
            boolean appends = (flags & OpenFlags.O_APPEND) != 0;
            long count = appends ? seekable.append(from, at, length) : seekable.writeAt(offset, from, at, length);
            if (count >= 0) {
                offset = appends ? seekable.sizeBytes() : offset + count;
            }
            return notified(synced(seekable, count), InotifyEvent.IN_MODIFY);
        }
        return notified(object.write(from, at, length), InotifyEvent.IN_MODIFY);
    }

    /** {@code pread64(2)}. */
    public long readAt(long position, byte[] into, int at, int length) {
        if (!OpenFlags.readable(flags)) {
            return Errno.EBADF.result();
        }
        return switch (object) {
            case SeekableObject seekable ->
                position < 0
                        ? Errno.EINVAL.result()
                        : notified(seekable.readAt(position, into, at, length), InotifyEvent.IN_ACCESS);
            case DirectoryObject _ -> Errno.EISDIR.result();
            default -> Errno.ESPIPE.result();
        };
    }

    /** {@code pwrite64(2)}; Linux appends regardless of the position when {@code O_APPEND} is set. */
    public long writeAt(long position, byte[] from, int at, int length) {
        if (!OpenFlags.writable(flags)) {
            return Errno.EBADF.result();
        }
        if (!(object instanceof SeekableObject seekable)) {
            return Errno.ESPIPE.result();
        }
        if (position < 0) {
            return Errno.EINVAL.result();
        }
        boolean appends = (flags & OpenFlags.O_APPEND) != 0;
        long count = appends ? seekable.append(from, at, length) : seekable.writeAt(position, from, at, length);
        return notified(synced(seekable, count), InotifyEvent.IN_MODIFY);
    }

    /** With {@code O_DSYNC}, of which {@code O_SYNC} is a part, a write is done when it is on the disk (generic_write_sync of include/linux/fs.h). */
    private long synced(SeekableObject seekable, long count) {
        if (count <= 0 || (flags & OpenFlags.O_DSYNC) == 0) {
            return count;
        }
        long result = seekable.sync((flags & OpenFlags.O_SYNC) == OpenFlags.O_SYNC);
        return result < 0 ? result : count;
    }

    /**
     * {@code fsync(2)}: 0 or a negative errno.
     *
     * @param attributes and not the content alone
     */
    public long sync(boolean attributes) {
        if (object instanceof SeekableObject seekable && seekable.isStored()) {
            return seekable.sync(attributes);
        }
        if (!(object.node() instanceof Directory directory)) {
            return Errno.EINVAL.result();
        }
        try {
            directory.sync();
            return 0;
        } catch (FileFailure failure) {
            return failure.errno().result();
        }
    }

    /** {@code lseek(2)}: the new position or a negative errno. */
    public long seek(long distance, int whence) {
        if ((flags & OpenFlags.O_PATH) != 0) {
            return Errno.EBADF.result();
        }
        return switch (object) {
            case SeekableObject seekable when !seekable.hasPositions() -> 0;
            case SeekableObject seekable -> seekTo(target(distance, whence, seekable.sizeBytes()));
            case DirectoryObject _ -> seekTo(target(distance, whence, Long.MAX_VALUE));
            default -> object.ignoresSeeking() ? 0 : Errno.ESPIPE.result();
        };
    }

    private long seekTo(long position) {
        if (position >= 0) {
            offset = position;
        }
        return position;
    }

    private long target(long distance, int whence, long size) {
        long position = switch (whence) {
            case Fcntl.SEEK_SET -> distance;
            case Fcntl.SEEK_CUR -> offset + distance;
            case Fcntl.SEEK_END -> size + distance;
            // No file is told to have holes, which Linux allows: all is data, then comes one hole at the end.
            case Fcntl.SEEK_DATA -> distance < size && distance >= 0 ? distance : Errno.ENXIO.result();
            case Fcntl.SEEK_HOLE -> distance < size && distance >= 0 ? size : Errno.ENXIO.result();
            default -> -1;
        };
        boolean named = whence == Fcntl.SEEK_DATA || whence == Fcntl.SEEK_HOLE;
        return position < 0 && !named ? Errno.EINVAL.result() : position;
    }

    /** {@code ioctl(FIONREAD)}: of a regular file what is left behind the position; a count or a negative errno. */
    public long available() {
        long whole = object.available();
        return object instanceof RegularStream ? whole - offset : whole;
    }

    /** {@code POLL*} bits that hold now, also those that the access mode makes useless. */
    public int readiness() {
        return (flags & OpenFlags.O_PATH) != 0 ? Poll.POLLNVAL : object.readiness();
    }

    // ---- locks; a table's are those of the processes that have it

    /** The lock of somebody else that stands in the way. */
    public Optional<FileLocks.Lock> conflict(FileTable table, FileLocks.Wanted wanted) {
        return registry.locks().conflict(object.node(), owner(table, wanted), wanted);
    }

    /** Takes a lock that has no {@link #conflict}; {@code process} is the number of who asks. */
    public void lock(FileTable table, FileLocks.Wanted wanted, int process) {
        registry.locks().take(object.node(), owner(table, wanted), wanted, process);
    }

    public void unlock(FileTable table, FileLocks.Wanted wanted) {
        registry.locks().drop(object.node(), owner(table, wanted), wanted);
    }

    private Object owner(FileTable table, FileLocks.Wanted wanted) {
        return wanted.kind() == FileLocks.Kind.OF_PROCESS ? table : this;
    }

    /** A descriptor of a table is closed: the locks that its process has of the file go, whichever descriptor took them. */
    void closedBy(FileTable table) {
        registry.locks().dropAll(object.node(), table);
        release();
    }

    /** One more holder. */
    public OpenFile retain() {
        references++;
        return this;
    }

    /** One holder less; with the last one the file is closed. */
    public void release() {
        if (references <= 0) {
            throw new IllegalStateException("open file " + number + " (" + path + ") released too often");
        }
        references--;
        if (references == 0) {
            notify(OpenFlags.writable(flags) ? InotifyEvent.IN_CLOSE_WRITE : InotifyEvent.IN_CLOSE_NOWRITE);
            registry.remove(this);
            registry.locks().dropAll(object.node(), this);
            object.released();
            registry.checkGone(object.node());
        }
    }

    @Override
    public Saved capture() {
        return new State(this, flags, offset, references, dentry);
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(object);
        visit.accept(object.node());
    }

    private record State(OpenFile owner, int flags, long offset, int references, Dentry dentry) implements Saved {
        @Override
        public void restore() {
            owner.flags = flags;
            owner.offset = offset;
            owner.references = references;
            owner.dentry = dentry;
        }
    }
}
