package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Directories that are held open, each with a path that leads to it and to nothing else, whatever is moved or replaced meanwhile: Java has no {@code openat(2)} for most of what a folder can be asked, but on
 * Linux {@code /proc/self/fd/N} stands for what descriptor N has open (proc(5)), so {@code /proc/self/fd/N/name} is the same. Elsewhere the path is the directory's own, and is checked each time.
 *
 * <p>Which descriptor a channel has Java does not tell; it is the one with the directory's numbers.
 */
final class Anchors {
    private static final int MOST_OPEN = 256;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** A descriptor is opened while others come and go. */
    private static final int TRIES = 5;

    private final LinkedHashMap<LiveFolder, Anchor> open = new LinkedHashMap<>(16, 0.75F, true);
    private final boolean linux = Files.isDirectory(DESCRIPTORS);

    /** A directory, open. */
    private record Anchor(FileChannel channel, Path path) {}

    /** The path of a directory for the next call. */
    Path path(LiveFolder folder) throws HostFailure {
        Anchor known = open.get(folder);
        if (known != null) {
            return known.path;
        }
        if (!linux) {
            return checked(folder);
        }
        try {
            Anchor anchor = anchor(folder);
            if (open.size() >= MOST_OPEN) {
                Map.Entry<LiveFolder, Anchor> eldest = open.pollFirstEntry();
                eldest.getValue().channel.close();
            }
            open.put(folder, anchor);
            return anchor.path;
        } catch (IOException e) {
            throw HostFailures.of(e, folder.toString());
        }
    }

    private static Path checked(LiveFolder folder) throws HostFailure {
        try {
            Path path = folder.place();
            if (!folder.is(HostStats.of(path, "", LinkOption.NOFOLLOW_LINKS))) {
                throw new HostFailure(Reason.STALE, folder.toString());
            }
            return path;
        } catch (IOException e) {
            throw HostFailures.of(e, folder.toString());
        }
    }

    /** The dot makes the kernel refuse what is no directory; a link that is followed here leads to other numbers. */
    private Anchor anchor(LiveFolder folder) throws IOException, HostFailure {
        Path place = folder.place().resolve(".");
        for (int i = 0; i < TRIES; i++) {
            List<Path> before = i == 0 ? List.of() : descriptors(folder::is);
            FileChannel channel = FileChannel.open(place, StandardOpenOption.READ);
            List<Path> found = descriptors(folder::is);
            found.removeAll(before);
            if (found.size() == 1) {
                return new Anchor(channel, found.getFirst());
            }
            channel.close();
            if (found.isEmpty()) {
                throw new HostFailure(Reason.STALE, folder.toString());
            }
        }
        throw new HostFailure(Reason.BUSY, folder.toString());
    }

    /** Is this the file that is looked for. */
    @FunctionalInterface
    interface Wanted {
        boolean is(HostStat stat);
    }

    /** Paths of the descriptors that have a file open. */
    static List<Path> descriptors(Wanted wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path each : all) {
                if (stat(each).filter(wanted::is).isPresent()) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    private static Optional<HostStat> stat(Path descriptor) {
        try {
            return Optional.of(HostStats.of(descriptor, ""));
        } catch (IOException _) {
            return Optional.empty(); // closed meanwhile
        }
    }
}
