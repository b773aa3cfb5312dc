package dev.gostub.emulator.host;

import dev.gostub.emulator.host.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of this computer, through {@code java.nio}. Each step from folder to folder is made from one that is held open ({@link Anchors}). */
public final class LiveFolder implements HostFolder {
    private static final String USER_ATTRIBUTE = "user.";

    private final Anchors anchors;
    private final Optional<LiveFolder> above;
    private final String name;
    private final long device;
    private final long inode;

    private LiveFolder(Anchors anchors, Optional<LiveFolder> above, String name, HostStat stat) {
        this.anchors = anchors;
        this.above = above;
        this.name = name;
        this.device = stat.device();
        this.inode = stat.inode();
    }

    /** The folder at a path, in which links are followed: it was named by who starts the machine. */
    public static LiveFolder at(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return new LiveFolder(new Anchors(), Optional.empty(), HostPaths.name(real), HostStats.of(real, ""));
    }

    boolean is(HostStat stat) {
        return stat.device() == device && stat.inode() == inode;
    }

    /** Where the folder lies, seen from the one above. */
    Path place() throws HostFailure {
        return above.isEmpty() ? HostPaths.of(name) : above.get().path(name);
    }

    private Path path(String child) throws HostFailure {
        try {
            return HostPaths.of(HostPaths.name(anchors.path(this)) + "/" + child);
        } catch (InvalidPathException _) {
            // A name that this host cannot have is that of no file.
            throw new HostFailure(Reason.NOT_FOUND, child);
        }
    }

    @Override
    public Optional<HostStat> stat(String child) throws HostFailure {
        try {
            return Optional.of(HostStats.of(path(child), child, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            HostFailure failure = HostFailures.of(e, child);
            if (failure.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<String> list() throws HostFailure {
        return LiveFiles.names(path("."), name);
    }

    @Override
    public String readLink(String child) throws HostFailure {
        try {
            return HostPaths.name(Files.readSymbolicLink(path(child)));
        } catch (IOException e) {
            throw HostFailures.of(e, child);
        }
    }

    @Override
    public HostFolder folder(String child, HostStat known) {
        return new LiveFolder(anchors, Optional.of(this), child, known);
    }

    @Override
    public HostOpenFile open(String child, HostStat known, Access access) throws HostFailure {
        Set<OpenOption> options = switch (access) {
            case READ -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            case WRITE -> Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            case READ_WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        };
        Opened file = opened(child, options, 0);
        if (!file.isStill(known)) {
            file.close();
            throw new HostFailure(Reason.STALE, child);
        }
        return new LiveOpenFile(file);
    }

    @Override
    public HostOpenFile create(String child, int permissions) throws HostFailure {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS);
        Opened file = opened(child, options, permissions);
        try {
            setPermissions(child, permissions, file.stat());
        } catch (HostFailure failure) {
            file.close();
            throw failure;
        }
        return new LiveOpenFile(file);
    }

    private Opened opened(String child, Set<OpenOption> options, int permissions) throws HostFailure {
        try {
            Path path = path(child);
            FileChannel channel = options.contains(StandardOpenOption.CREATE_NEW)
                    ? FileChannel.open(path, options, Modes.ofNew(permissions))
                    : FileChannel.open(path, options);
            return new Opened(this, child, channel, HostStats.of(path, child, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw HostFailures.of(e, child);
        }
    }

    /** The permissions of something new: the umask of this process has no part in it, but a set-group-id bit that a folder hands on stays. */
    private void setPermissions(String child, int permissions, HostStat made) throws HostFailure {
        int wanted = permissions | made.mode() & Modes.S_ISGID;
        if ((made.mode() & Modes.ALL) != wanted) {
            change(child, new HostChange.Permissions(wanted));
        }
    }

    @Override
    public void makeFolder(String child, int permissions) throws HostFailure {
        attempt(child, path -> Files.createDirectory(path, Modes.ofNew(permissions)));
        HostStat made = stat(child).orElseThrow(() -> new HostFailure(Reason.NOT_FOUND, child));
        setPermissions(child, permissions, made);
    }

    @Override
    public void makeSymbolicLink(String child, String text) throws HostFailure {
        attempt(child, path -> Files.createSymbolicLink(path, target(text)));
    }

    /** Java drops slashes that say nothing ({@code a//b/}) from the text of a link. */
    private static Path target(String text) {
        if (text.startsWith("/")) {
            return HostPaths.of(text);
        }
        Path path = Path.of("");
        for (String component : text.split("/", -1)) {
            if (!component.isEmpty()) {
                path = path.resolve(HostPaths.of("/" + component).getFileName());
            }
        }
        return path;
    }

    @Override
    public void link(String child, HostFolder from, String oldName) throws HostFailure {
        Path old = ((LiveFolder) from).path(oldName);
        attempt(child, path -> Files.createLink(path, old));
    }

    @Override
    public void unlink(String child) throws HostFailure {
        attempt(child, Files::delete);
    }

    @Override
    public void removeFolder(String child) throws HostFailure {
        attempt(child, Files::delete);
    }

    @Override
    public void rename(String child, HostFolder to, String newName) throws HostFailure {
        Path target = ((LiveFolder) to).path(newName);
        attempt(child, path -> Files.move(path, target, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void change(String child, HostChange change) throws HostFailure {
        if (change instanceof HostChange.Permissions && !child.equals(".")) {
            changePermissions(child, change);
        } else {
            attempt(child, path -> Modes.change(path, change, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /** Java follows links there whatever it is told (JDK 25, {@code unix:mode}): so only what is held open is changed. */
    private void changePermissions(String child, HostChange change) throws HostFailure {
        HostStat stat = stat(child).orElseThrow(() -> new HostFailure(Reason.NOT_FOUND, child));
        switch (stat.mode() & Modes.S_IFMT) {
            case Modes.S_IFDIR -> folder(child, stat).change(".", change);
            case Modes.S_IFREG -> {
                try (HostOpenFile file = openAnyhow(child, stat)) {
                    file.change(change);
                }
            }
            default -> throw new HostFailure(Reason.NOT_SUPPORTED, child);
        }
    }

    private HostOpenFile openAnyhow(String child, HostStat stat) throws HostFailure {
        try {
            return open(child, stat, Access.READ);
        } catch (HostFailure failure) {
            if (failure.reason() != Reason.DENIED) {
                throw failure;
            }
            return open(child, stat, Access.WRITE);
        }
    }

    @Override
    public List<String> attributes(String child) throws HostFailure {
        List<String> names = new ArrayList<>();
        attempt(child, path -> {
            for (String attribute : view(path).list()) {
                names.add(USER_ATTRIBUTE + attribute);
            }
        });
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public byte[] attribute(String child, String attribute) throws HostFailure {
        if (!attribute.startsWith(USER_ATTRIBUTE)) {
            throw new HostFailure(Reason.NOT_SUPPORTED, child);
        }
        String own = attribute.substring(USER_ATTRIBUTE.length());
        ByteBuffer[] value = new ByteBuffer[1];
        attempt(child, path -> {
            UserDefinedFileAttributeView view = view(path);
            if (!view.list().contains(own)) {
                throw new IOException("Attribute not found");
            }
            value[0] = ByteBuffer.allocate(view.size(own));
            view.read(own, value[0]);
        });
        return value[0].array();
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void sync() throws HostFailure {
        attempt(".", path -> {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        });
    }

    @Override
    public HostSpace space() throws HostFailure {
        HostSpace[] space = new HostSpace[1];
        attempt(".", path -> {
            FileStore store = Files.getFileStore(path);
            space[0] = new HostSpace(
                    store.type(),
                    store.getBlockSize(),
                    store.getTotalSpace(),
                    store.getUnallocatedSpace(),
                    store.getUsableSpace());
        });
        return space[0];
    }

    /** Something done to a path. */
    @FunctionalInterface
    interface Deed {
        void on(Path path) throws IOException;
    }

    private void attempt(String child, Deed deed) throws HostFailure {
        try {
            deed.on(path(child));
        } catch (IOException e) {
            throw HostFailures.of(e, child);
        } catch (InvalidPathException | UnsupportedOperationException _) {
            throw new HostFailure(Reason.NOT_SUPPORTED, child);
        }
    }

    @Override
    public String toString() {
        return above.map(folder -> folder + "/" + name).orElse(name);
    }

    /** An open file with the name that it was opened by. */
    record Opened(LiveFolder folder, String name, FileChannel channel, HostStat stat) {
        /** Does the name, or any other thing, still lead to what was opened. */
        boolean isStill(HostStat other) {
            return stat.device() == other.device() && stat.inode() == other.inode();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException _) {
                // What was written is the kernel's by now; close(2) of Linux tells of nothing else but on network file
                // systems.
            }
        }
    }
}
