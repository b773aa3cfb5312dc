package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The files of this computer below a root folder, through {@code java.nio}. */
public final class LiveFiles implements HostFiles {
    private final String root;

    /** Guest's {@code /} is {@code root}. */
    public LiveFiles(Path root) {
        this.root = HostPaths.name(root.toAbsolutePath().normalize());
    }

    @Override
    public Optional<HostStat> stat(String path) {
        try {
            Path file = resolve(path);
            return Optional.of(HostStats.of(file, path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | HostFailure _) {
            // Not there, or hidden from this user: for the guest there is no such file.
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String path) throws HostFailure {
        return names(resolve(path), path);
    }

    /** Names in a folder, sorted; {@code shown} stands for it in a failure. */
    static List<String> names(Path folder, String shown) throws HostFailure {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(name(entry));
            }
        } catch (DirectoryIteratorException _) {
            throw new HostFailure(Reason.INPUT_OUTPUT, shown);
        } catch (IOException e) {
            throw HostFailures.of(e, shown);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public String readLink(String path) throws HostFailure {
        try {
            return HostPaths.name(Files.readSymbolicLink(resolve(path)));
        } catch (IOException e) {
            throw HostFailures.of(e, path);
        }
    }

    @Override
    public HostFile open(String path) throws HostFailure {
        try {
            return new Channel(FileChannel.open(resolve(path), StandardOpenOption.READ), path);
        } catch (IOException e) {
            throw HostFailures.of(e, path);
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
                throw HostFailures.of(e, path);
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
