package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of this computer below a root folder, through {@code java.nio}. */
public final class LiveFiles implements HostFiles {
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xA000;
    private static final long NANOS = 1_000_000_000L;

    private final String root;

    /** Guest's {@code /} is {@code root}. */
    public LiveFiles(Path root) {
        this.root = HostPaths.name(root.toAbsolutePath().normalize());
    }

    @Override
    public Optional<HostStat> stat(String path) {
        try {
            Path file = resolve(path);
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return Optional.of(unix(Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS)));
            }
            return Optional.of(
                    portable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), path));
        } catch (IOException | HostFailure _) {
            // Not there, or hidden from this user: for the guest there is no such file.
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String path) throws HostFailure {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(path))) {
            for (Path entry : entries) {
                names.add(name(entry));
            }
        } catch (DirectoryIteratorException _) {
            throw new HostFailure(Reason.INPUT_OUTPUT, path);
        } catch (IOException e) {
            throw failure(e, path);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public String readLink(String path) throws HostFailure {
        try {
            return HostPaths.name(Files.readSymbolicLink(resolve(path)));
        } catch (IOException e) {
            throw failure(e, path);
        }
    }

    @Override
    public HostFile open(String path) throws HostFailure {
        try {
            return new Channel(FileChannel.open(resolve(path), StandardOpenOption.READ), path);
        } catch (IOException e) {
            throw failure(e, path);
        }
    }

    private Path resolve(String path) throws HostFailure {
        try {
            return HostPaths.of(root + "/" + path);
        } catch (InvalidPathException _) {
            // A name that this host cannot have is that of no file.
            throw new HostFailure(Reason.NOT_FOUND, path);
        }
    }

    private static String name(Path entry) {
        String path = HostPaths.name(entry);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static HostStat unix(Map<String, Object> facts) {
        return new HostStat(
                number(facts, "dev"),
                number(facts, "ino"),
                (int) number(facts, "nlink"),
                (int) number(facts, "mode"),
                (int) number(facts, "uid"),
                (int) number(facts, "gid"),
                number(facts, "rdev"),
                number(facts, "size"),
                time(facts, "lastAccessTime"),
                time(facts, "lastModifiedTime"),
                time(facts, "ctime"));
    }

    /** Where there are no Unix attributes: everybody may read, and the path stands in for the inode. */
    private static HostStat portable(BasicFileAttributes facts, String path) {
        int mode = facts.isDirectory() ? DIRECTORY | 0755 : facts.isSymbolicLink() ? LINK | 0777 : REGULAR | 0755;
        HostUser user = HostUser.USUAL;
        long modified = nanos(facts.lastModifiedTime());
        long accessed = nanos(facts.lastAccessTime());
        long inode = path.hashCode() & 0xFFFF_FFFFL;
        return new HostStat(
                1, inode, 1, mode, user.user(), user.group(), 0, facts.size(), accessed, modified, modified);
    }

    private static long number(Map<String, Object> facts, String key) {
        return facts.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private static long time(Map<String, Object> facts, String key) {
        return facts.get(key) instanceof FileTime time ? nanos(time) : 0;
    }

    private static long nanos(FileTime time) {
        Instant instant = time.toInstant();
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    private static HostFailure failure(IOException e, String path) {
        return new HostFailure(
                switch (e) {
                    case NoSuchFileException _ -> Reason.NOT_FOUND;
                    case AccessDeniedException _ -> Reason.DENIED;
                    case NotDirectoryException _ -> Reason.NOT_A_DIRECTORY;
                    case NotLinkException _ -> Reason.NOT_A_LINK;
                    case FileSystemException f
                    when f.getMessage() != null && f.getMessage().contains("Too many open files") ->
                        Reason.TOO_MANY_OPEN;
                    default -> Reason.INPUT_OUTPUT;
                },
                path);
    }

    private record Channel(FileChannel channel, String path) implements HostFile {
        @Override
        public int read(long offset, byte[] into, int at, int length) throws HostFailure {
            ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
            try {
                while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position() - at) >= 0) {
                    // Until it is full or the file ends.
                }
                return buffer.position() - at;
            } catch (IOException e) {
                throw failure(e, path);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException _) {
                // Opened for reading: closing it cannot lose anything.
            }
        }
    }
}
