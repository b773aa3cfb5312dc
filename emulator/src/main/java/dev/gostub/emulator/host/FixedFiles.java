package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small tree of files held in memory: all owned by {@link HostUser#USUAL}, all of one date. */
public final class FixedFiles implements HostFiles {
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xA000;

    private final Map<String, Entry> entries = new TreeMap<>();
    private final long dateNanos;

    public FixedFiles(long dateNanos) {
        this.dateNanos = dateNanos;
        entries.put("/", new Entry(DIRECTORY | 0755, new byte[0], 1));
    }

    /** Adds a directory and those above it. */
    public FixedFiles directory(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            directory(path.substring(0, slash));
        }
        if (!entries.containsKey(path)) {
            put(path, DIRECTORY | 0755, new byte[0]);
        }
        return this;
    }

    /** Adds a regular file with these permissions, and the directories above it. */
    public FixedFiles file(String path, int permissions, byte[] content) {
        directory(parent(path));
        put(path, REGULAR | permissions, content.clone());
        return this;
    }

    /** Adds a regular file that everybody may read. */
    public FixedFiles file(String path, String content) {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a symbolic link. */
    public FixedFiles link(String path, String target) {
        directory(parent(path));
        put(path, LINK | 0777, target.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    @Override
    public Optional<HostStat> stat(String path) {
        Entry entry = entries.get(path);
        if (entry == null) {
            return Optional.empty();
        }
        HostUser user = HostUser.USUAL;
        return Optional.of(new HostStat(
                1,
                entry.inode,
                1,
                entry.mode,
                user.user(),
                user.group(),
                0,
                entry.content.length,
                dateNanos,
                dateNanos,
                dateNanos));
    }

    @Override
    public List<String> list(String path) throws HostFailure {
        if ((find(path).mode & 0xF000) != DIRECTORY) {
            throw new HostFailure(Reason.NOT_A_DIRECTORY, path);
        }
        List<String> names = new ArrayList<>();
        for (String candidate : entries.keySet()) {
            if (!candidate.equals("/") && parent(candidate).equals(path)) {
                names.add(candidate.substring(candidate.lastIndexOf('/') + 1));
            }
        }
        return names;
    }

    @Override
    public String readLink(String path) throws HostFailure {
        Entry entry = find(path);
        if ((entry.mode & 0xF000) != LINK) {
            throw new HostFailure(Reason.NOT_A_LINK, path);
        }
        return new String(entry.content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public HostFile open(String path) throws HostFailure {
        Entry entry = find(path);
        if ((entry.mode & 0444) == 0) {
            throw new HostFailure(Reason.DENIED, path);
        }
        return new Opened(entry.content);
    }

    private Entry find(String path) throws HostFailure {
        Entry entry = entries.get(path);
        if (entry == null) {
            throw new HostFailure(Reason.NOT_FOUND, path);
        }
        return entry;
    }

    private void put(String path, int mode, byte[] content) {
        entries.put(path, new Entry(mode, content, entries.size() + 1));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private record Entry(int mode, byte[] content, long inode) {}

    private record Opened(byte[] content) implements HostFile {
        @Override
        public int read(long offset, byte[] into, int at, int length) {
            int count = (int) Math.clamp(content.length - offset, 0L, (long) length);
            if (count > 0) {
                System.arraycopy(content, (int) offset, into, at, count);
            }
            return count;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
