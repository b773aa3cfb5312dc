package dev.gostub.app;

import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.vfs.At;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.Vfs;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.FileStatus;
import dev.gostub.server.target.GuestFiles;
import dev.gostub.server.target.TargetException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The guest's files for the debugger, read-only: what the first process sees, its {@code /proc} included. */
final class VfsFiles implements GuestFiles {
    private static final int ACCESS_MODE = 3;
    private static final int LONGEST_READ = 1 << 20;
    private static final long NANOS = 1_000_000_000L;

    private final Supplier<Optional<Tree>> tree;
    private final Map<Integer, OpenFile> open = new TreeMap<>();

    /**
     * Files of whatever machine there is at the time of a request.
     *
     * @param tree empty while there is no machine
     */
    VfsFiles(Supplier<Optional<Tree>> tree) {
        this.tree = tree;
    }

    /** Whose view of which files. */
    record Tree(Vfs vfs, FileSystemContext directories) {
        At here() {
            return directories.here();
        }
    }

    @Override
    public int open(String path, int flags, int mode) throws TargetException {
        if ((flags & ACCESS_MODE) != 0) {
            throw new TargetException(Errno.EROFS, "the guest's files are read-only to the debugger");
        }
        OpenFile file;
        try {
            Tree files = tree();
            // Without O_CREAT, O_TRUNC and the like: to look must not change anything.
            file = files.vfs().open(files.here(), path, 0, 0);
        } catch (FileFailure failure) {
            throw failed(path, failure);
        }
        int descriptor = 0;
        while (open.containsKey(descriptor)) descriptor++;
        open.put(descriptor, file);
        return descriptor;
    }

    @Override
    public byte[] pread(int descriptor, int count, long offset) throws TargetException {
        byte[] bytes = new byte[Math.clamp(count, 0, LONGEST_READ)];
        long read = file(descriptor).readAt(offset, bytes, 0, bytes.length);
        if (read < 0) throw new TargetException(Errno.of((int) -read), "cannot read: error " + -read);
        return Arrays.copyOf(bytes, (int) read);
    }

    @Override
    public FileStatus fstat(int descriptor) throws TargetException {
        return status(file(descriptor).stat());
    }

    @Override
    public FileStatus stat(String path) throws TargetException {
        return stat(path, 0);
    }

    @Override
    public FileStatus lstat(String path) throws TargetException {
        return stat(path, Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    private FileStatus stat(String path, int flags) throws TargetException {
        try {
            Tree files = tree();
            return status(files.vfs().facts().stat(files.here(), path, flags));
        } catch (FileFailure failure) {
            throw failed(path, failure);
        }
    }

    @Override
    public String readlink(String path) throws TargetException {
        try {
            Tree files = tree();
            return files.vfs().facts().readLink(files.here(), path);
        } catch (FileFailure failure) {
            throw failed(path, failure);
        }
    }

    @Override
    public void close(int descriptor) throws TargetException {
        file(descriptor).release();
        open.remove(descriptor);
    }

    @Override
    public void closeAll() {
        open.values().forEach(OpenFile::release);
        open.clear();
    }

    private Tree tree() throws TargetException {
        return tree.get().orElseThrow(() -> new TargetException(Errno.ENOENT, "there is no program yet"));
    }

    private OpenFile file(int descriptor) throws TargetException {
        OpenFile file = open.get(descriptor);
        if (file == null) throw new TargetException(Errno.EBADF, "no open file " + descriptor);
        return file;
    }

    private static TargetException failed(String path, FileFailure failure) {
        return new TargetException(Errno.of(failure.errno().number()), path + ": " + failure.errno());
    }

    private static FileStatus status(Stat stat) {
        return new FileStatus(
                stat.device(),
                stat.inode(),
                stat.mode(),
                (int) stat.links(),
                stat.user(),
                stat.group(),
                stat.rawDevice(),
                stat.sizeBytes(),
                stat.blockSizeBytes(),
                stat.blocks512(),
                Math.floorDiv(stat.accessed(), NANOS),
                Math.floorDiv(stat.modified(), NANOS),
                Math.floorDiv(stat.changed(), NANOS));
    }
}
