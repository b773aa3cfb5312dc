package dev.gostub.emulator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Asks {@code java.nio} what {@code stat(2)} tells. */
final class HostStats {
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xA000;
    private static final long NANOS = 1_000_000_000L;
    /** Not {@code *}: the names of user and group, which are among them, are a search in /etc/passwd. */
    private static final String WANTED =
            "unix:dev,ino,nlink,mode,uid,gid,rdev,size,lastAccessTime,lastModifiedTime,ctime";

    private HostStats() {}

    /**
     * Asks of one file.
     *
     * @param label stands in for the inode where there is none
     */
    static HostStat of(Path file, String label, LinkOption... options) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? unix(Files.readAttributes(file, WANTED, options))
                : portable(Files.readAttributes(file, BasicFileAttributes.class, options), label);
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
}
