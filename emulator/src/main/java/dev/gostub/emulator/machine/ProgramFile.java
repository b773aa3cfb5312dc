package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.vfs.DirectoryObject;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.OpenFile;
import dev.gostub.emulator.vfs.SeekableObject;
import dev.gostub.emulator.vfs.Vfs;
import java.util.Arrays;

/** Program files in the guest's tree: reading one, and putting one there that exists only as bytes. */
final class ProgramFile {
    private static final int EXECUTABLE = 0755;

    private final Vfs vfs;
    private final FileSystemContext directories;

    ProgramFile(Vfs vfs, FileSystemContext directories) {
        this.vfs = vfs;
        this.directories = directories;
    }

    /** A whole file; {@code path} is absolute, without links. */
    record Content(String path, byte[] bytes) {}

    Content read(String path) throws FileFailure {
        OpenFile file = vfs.open(directories.here(), path, OpenFlags.O_RDONLY, 0);
        try {
            if (file.object() instanceof DirectoryObject) {
                throw new FileFailure(Errno.EISDIR);
            }
            if (!(file.object() instanceof SeekableObject seekable)) {
                throw new FileFailure(Errno.EACCES);
            }
            byte[] content = new byte[Math.toIntExact(Math.min(seekable.sizeBytes(), Integer.MAX_VALUE - 8))];
            int done = 0;
            while (done < content.length) {
                long count = seekable.readAt(done, content, done, content.length - done);
                if (count < 0) {
                    throw new FileFailure(Errno.of(count));
                }
                if (count == 0) {
                    return new Content(file.path(), Arrays.copyOf(content, done));
                }
                done += (int) count;
            }
            return new Content(file.path(), content);
        } finally {
            file.release();
        }
    }

    /** Makes a file that belongs to the guest alone, with the directories that lead to it. */
    void install(String path, byte[] content) throws FileFailure {
        makeDirectories(path.substring(0, path.lastIndexOf('/') + 1));
        asRoot(() -> {
            int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
            OpenFile file = vfs.open(directories.here(), path, flags, EXECUTABLE);
            try {
                long count = file.write(content, 0, content.length);
                if (count != content.length) {
                    throw new FileFailure(Errno.ENOSPC);
                }
            } finally {
                file.release();
            }
        });
    }

    /** Makes the directories of a path that are not there. */
    void makeDirectories(String path) throws FileFailure {
        asRoot(() -> {
            for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
                makeDirectory(path.substring(0, end));
            }
            makeDirectory(path);
        });
    }

    private void makeDirectory(String path) throws FileFailure {
        if (path.isEmpty()) {
            return;
        }
        try {
            vfs.names().makeDirectory(directories.here(), path, EXECUTABLE);
        } catch (FileFailure failure) {
            if (failure.errno() != Errno.EEXIST) {
                throw failure;
            }
        }
    }

    private void asRoot(Change change) throws FileFailure {
        dev.gostub.emulator.vfs.Credentials owner = directories.credentials();
        directories.setCredentials(new dev.gostub.emulator.vfs.Credentials(0, 0));
        try {
            change.make();
        } finally {
            directories.setCredentials(owner);
        }
    }

    private interface Change {
        void make() throws FileFailure;
    }
}
