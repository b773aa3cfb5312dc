package dev.gostub.emulator.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes of a file's permissions, owner, times and extended attributes by its path. */
final class Modes {
    static final int S_IFMT = 0xF000;
    static final int S_IFDIR = 0x4000;
    static final int S_IFREG = 0x8000;
    static final int S_ISGID = 02000;
    static final int ALL = 07777;
    private static final PosixFilePermission[] BY_BIT = PosixFilePermission.values();
    private static final String USER_ATTRIBUTE = "user.";

    private Modes() {}

    /** What a new file is made with; the umask of this process still counts. */
    static FileAttribute<Set<PosixFilePermission>> ofNew(int permissions) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < BY_BIT.length; i++) { // from OWNER_READ, the highest bit, to OTHERS_EXECUTE
            if ((permissions >> BY_BIT.length - 1 - i & 1) != 0) {
                set.add(BY_BIT[i]);
            }
        }
        return PosixFilePermissions.asFileAttribute(set);
    }

    static void change(Path path, HostChange change, LinkOption... options) throws IOException {
        switch (change) {
            case HostChange.Permissions(int bits) -> Files.setAttribute(path, "unix:mode", bits, options);
            case HostChange.Owner(int user, int group) -> {
                if (user != -1) {
                    Files.setAttribute(path, "unix:uid", user, options);
                }
                if (group != -1) {
                    Files.setAttribute(path, "unix:gid", group, options);
                }
            }
            case HostChange.Times(long accessed, long modified) ->
                Files.getFileAttributeView(path, BasicFileAttributeView.class, options)
                        .setTimes(time(modified), time(accessed), null);
            case HostChange.Attribute(String name, byte[] value) ->
                view(path, options).write(own(name), ByteBuffer.wrap(value));
            case HostChange.NoAttribute(String name) -> view(path, options).delete(own(name));
        }
    }

    /** Null for Java to leave the time as it is. */
    private static @Nullable FileTime time(long nanos) {
        if (nanos == HostChange.Times.OMIT) {
            return null;
        }
        return nanos == HostChange.Times.NOW
                ? FileTime.from(Instant.now())
                : FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }

    private static UserDefinedFileAttributeView view(Path path, LinkOption... options) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, options);
    }

    /** Java knows the attributes of the user only, and names them without that word. */
    private static String own(String name) throws IOException {
        if (!name.startsWith(USER_ATTRIBUTE)) {
            throw new IOException("Operation not supported");
        }
        return name.substring(USER_ATTRIBUTE.length());
    }
}
