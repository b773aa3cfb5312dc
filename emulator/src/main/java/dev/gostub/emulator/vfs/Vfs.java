package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Fcntl;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.host.Entropy;
import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.Host;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostUser;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The files of one machine.
 *
 * <pre>
 * Vfs ── root TreeDirectory ── children (host's, overlay's), /dev, /proc, /sys
 *  ├──── OpenFiles ── OpenFile ── FileObject (RegularStream, PipeEnd, Epoll, …) ── Node
 *  ├──── Namespace (mkdir, rename, …), FileFacts (stat, chmod, …)
 *  └──── StandardInput ◄── pollHost() ── Host
 * </pre>
 *
 * <p>Descriptors and current directories belong to processes: {@link FileTable}, {@link FileSystemContext}. The machine calls {@link
 * #pollHost} between turns; that alone brings input in.
 */
public final class Vfs {
    private static final int MOST_INOTIFY = 128;

    private final Host host;
    private final GuestClock clock;
    private final Changes changes = new Changes();
    private final OpenFiles openFiles = new OpenFiles();
    private final Inodes inodes;
    private final Credentials owner;
    private final Entropy entropy;
    private final TreeDirectory root;
    private final NewNodes making;
    private final Mounts mounts = new Mounts();
    private final Namespace namespace;
    private final FileFacts facts;
    private final ExtendedAttributes extended = new ExtendedAttributes();
    private final Opener opener;
    private final StandardStreams streams;
    private final Network network;
    private Optional<SystemSettings> settings = Optional.empty();

    /** The tree of a host, with /dev and /sys; /proc comes with {@link #mountProc}. */
    public Vfs(Host host, GuestClock clock) {
        this.host = host;
        this.clock = clock;
        HostUser user = host.user();
        owner = new Credentials(user.user(), user.group());
        // Another sequence than the kernel's (getrandom, AT_RANDOM), or both would give the same numbers.
        entropy = new Entropy(host.seed() ^ 0x6465762F72616E64L);
        inodes = new Inodes(clock);
        HostOrigin origin = new HostOrigin(host.files(), "/");
        Attributes rootAttributes =
                origin.stat().map(Attributes::of).orElseGet(() -> inodes.fresh(FileMode.S_IFDIR | 0755, owner));
        making = new NewNodes(inodes, clock, changes, Inodes.OVERLAY_DEVICE);
        Mount overlay = mounts.create(
                new MemorySystem("overlay", "overlay", Inodes.OVERLAY_DEVICE, FileStatistics.OVERLAYFS_SUPER_MAGIC),
                false);
        root = new TreeDirectory(making, overlay, rootAttributes, origin);
        mounts.place(overlay, root);
        namespace = new Namespace(openFiles);
        facts = new FileFacts(clock, openFiles.fsnotify(), mounts);
        streams = new StandardStreams(host.terminal(), changes, inodes, owner);
        network = new Network(openFiles, inodes, namespace, changes, host.network());
        DeviceTree devices = new DeviceTree(making, entropy, streams);
        opener = new Opener(openFiles, clock, devices);
        devices.mount(root, mounts);
    }

    /** Adds /proc and /sys, which show what the kernel knows. */
    public void mountProc(Processes processes) {
        GeneratedNodes nodes = new GeneratedNodes(inodes);
        ProcTree proc = new ProcTree(nodes, processes, entropy, mounts);
        proc.mount(root, clock);
        settings = Optional.of(proc.settings());
        new SysTree(nodes, processes).mount(root, mounts);
    }

    /** Lays something over the tree. It is a part of how the machine is set up: a snapshot does not take it back. */
    public void mount(GuestMount wanted) throws FileFailure {
        new MountPoints(root, making, mounts, host.user()).mount(wanted);
    }

    /** What a first process starts with: the root, a current directory, the host's user. */
    public FileSystemContext newContext(String workingDirectory) throws FileFailure {
        FileSystemContext context = new FileSystemContext(root, root, owner);
        chdir(context, context.here(), workingDirectory);
        return context;
    }

    /** What a first process starts with: descriptors 0, 1 and 2. */
    public FileTable newFileTable() throws FileFailure {
        FileTable table = new FileTable();
        for (StandardStreams.Standard standard : streams.standard()) {
            table.add(openFiles.create(standard.object(), standard.flags(), standard.path()), 0);
        }
        return table;
    }

    /** {@code openat(2)}. The caller holds the one reference to the result. */
    public OpenFile open(At at, String path, int flags, int mode) throws FileFailure {
        return opener.open(at, path, flags, mode);
    }

    /** Opens what the kernel or loader made itself, see {@link FileObject}. */
    public OpenFile open(FileObject object, int flags, String label) {
        return openFiles.create(object, flags, label);
    }

    /** {@code chdir(2)}. */
    public void chdir(FileSystemContext context, At at, String path) throws FileFailure {
        context.enter(opener.directory(at, path));
    }

    /** {@code fchdir(2)}. */
    public void chdir(FileSystemContext context, OpenFile file) throws FileFailure {
        context.enter(opener.directory(context, file));
    }

    /** {@code chroot(2)}: for the superuser. */
    public void chroot(FileSystemContext context, String path) throws FileFailure {
        context.setRoot(opener.root(context, path));
    }

    /** The directory of a descriptor, from which relative paths start ({@code ENOTDIR} if it is none). */
    public At at(FileSystemContext context, OpenFile file) throws FileFailure {
        return new At(context, opener.directory(file));
    }

    /**
     * Writes what the guest has made or changed without anybody on the host seeing it to a folder there.
     *
     * @return paths of the files, in the guest's tree
     */
    public List<String> save(HostFolder into) throws HostFailure {
        Saving saving = new Saving(into);
        saving.save(root, "");
        return saving.saved();
    }

    /** {@code sync(2)}; as there, what goes wrong is not told. */
    public void sync() {
        openFiles.all().forEach(file -> file.sync(true));
    }

    public Namespace names() {
        return namespace;
    }

    public ExtendedAttributes attributes() {
        return extended;
    }

    public FileFacts facts() {
        return facts;
    }

    /** The sockets inside the machine. */
    public Network network() {
        return network;
    }

    /** Both ends of a pipe, each with one reference. */
    public record PipePair(OpenFile reader, OpenFile writer) {}

    /** {@code pipe2(2)}; of the flags those of {@code open} that may be changed are kept. */
    public PipePair pipe(FileSystemContext context, int flags) {
        Attributes attributes = inodes.anonymous(FileMode.S_IFIFO | 0600, context.credentials());
        String label = "pipe:[" + attributes.inode() + "]";
        Node node = new AnonymousNode(attributes, label);
        Pipe pipe = new Pipe(new Activity(changes));
        int status = flags & OpenFlags.CHANGEABLE;
        return new PipePair(
                openFiles.create(new PipeEnd(pipe, node, OpenFlags.O_RDONLY), status | OpenFlags.O_RDONLY, label),
                openFiles.create(new PipeEnd(pipe, node, OpenFlags.O_WRONLY), status | OpenFlags.O_WRONLY, label));
    }

    /** {@code eventfd2(2)}. */
    public OpenFile eventCounter(FileSystemContext context, int count, int flags) {
        Node node = anonymousNode(context, "[eventfd]");
        long first = Integer.toUnsignedLong(count);
        EventCounter counter = (flags & Fcntl.EFD_SEMAPHORE) != 0
                ? EventCounter.semaphore(node, activity(), first)
                : EventCounter.whole(node, activity(), first);
        return openFiles.create(counter, OpenFlags.O_RDWR | flags & OpenFlags.CHANGEABLE, "anon_inode:[eventfd]");
    }

    /** {@code epoll_create1(2)}. */
    public OpenFile epoll(FileSystemContext context) {
        Epoll epoll = new Epoll(anonymousNode(context, "[eventpoll]"), activity());
        return openFiles.create(epoll, OpenFlags.O_RDWR, "anon_inode:[eventpoll]");
    }

    /** {@code timerfd_create(2)}. */
    public OpenFile timer(FileSystemContext context, TimerFile.Clock which, int flags) {
        TimerFile timer = new TimerFile(anonymousNode(context, "[timerfd]"), clock, changes, which);
        return openFiles.create(timer, OpenFlags.O_RDWR | flags & OpenFlags.CHANGEABLE, "anon_inode:[timerfd]");
    }

    /** {@code inotify_init1(2)}; EMFILE if there are as many as fs.inotify.max_user_instances. */
    public OpenFile inotify(FileSystemContext context, int flags) throws FileFailure {
        if (openFiles.fsnotify().count() >= MOST_INOTIFY) {
            throw new FileFailure(Errno.EMFILE);
        }
        Inotify set = new Inotify(
                new AnonymousNode(inodes.anonymous(0600, context.credentials()), "anon_inode:inotify"),
                activity(),
                openFiles.fsnotify());
        return openFiles.create(set, OpenFlags.O_RDONLY | flags & OpenFlags.CHANGEABLE, "anon_inode:inotify");
    }

    /** {@code inotify_add_watch(2)}: the number of the watch or a negative errno. */
    public long watch(Inotify set, At at, String path, int mask) throws FileFailure {
        LastLink last = (mask & InotifyEvent.IN_DONT_FOLLOW) != 0 ? LastLink.KEEP : LastLink.FOLLOW;
        Node node = PathWalker.walk(at, path, last).require();
        if ((mask & InotifyEvent.IN_ONLYDIR) != 0 && !(node instanceof Directory)) {
            throw new FileFailure(Errno.ENOTDIR);
        }
        at.context().credentials().require(node, FileMode.R_OK);
        return set.watch(node, mask);
    }

    /** {@code memfd_create(2)}: a regular file without a name; without {@code MFD_ALLOW_SEALING} it can never be sealed. */
    public OpenFile memoryFile(FileSystemContext context, String name, int flags) {
        Attributes attributes =
                inodes.anonymous(FileMode.S_IFREG | 0777, context.credentials()).withLinks(0, clock.realtimeNanos());
        RegularFile file = new RegularFile(attributes, new FileContent());
        if ((flags & Fcntl.MFD_ALLOW_SEALING) == 0) {
            file.seal(Fcntl.F_SEAL_SEAL);
        }
        return openFiles.create(new RegularStream(file, clock), OpenFlags.O_RDWR, "/memfd:" + name);
    }

    /** Memory that processes share ({@code mmap(2)} with MAP_SHARED and MAP_ANONYMOUS): a file that only its mappings know. */
    public SeekableObject sharedMemory(FileSystemContext context, long lengthBytes) {
        Attributes attributes =
                inodes.anonymous(FileMode.S_IFREG | 0777, context.credentials()).withLinks(0, clock.realtimeNanos());
        RegularFile file = new RegularFile(attributes, new FileContent());
        file.truncate(lengthBytes, clock.realtimeNanos());
        return new RegularStream(file, clock);
    }

    /** A node for a {@link FileObject} that another package brings along. */
    public Node anonymousNode(FileSystemContext context, String label) {
        return new AnonymousNode(inodes.anonymous(0600, context.credentials()), "anon_inode:" + label);
    }

    /** A counter of events for a {@link FileObject} that another package brings along. */
    public Activity activity() {
        return new Activity(changes);
    }

    /** Grows whenever a waiting task might have become ready. */
    public Changes changes() {
        return changes;
    }

    /** When the next timer of a timerfd goes off, on the monotonic clock: a machine at rest may jump there. */
    public OptionalLong nextDeadline() {
        return openFiles.nextDeadline();
    }

    /** Does the guest want input that can still come: then a machine at rest must wait for the world outside. */
    public boolean wantsInput() {
        return streams.input().isWanted() || network.gateway().isOpen();
    }

    /** Has the guest written anything to somebody outside that has not gone yet. */
    public boolean hasUnsent() {
        return network.gateway().hasUnsent();
    }

    /** What the terminal of the machine is set to, if it has one. */
    public TerminalSettings terminal() {
        return streams.settings();
    }

    /** Lets in what arrived on standard input and from the network. Called between turns; cheap when nothing is wanted. */
    public void pollHost() {
        if (streams.input().isWanted()) {
            streams.input().deliver(host.terminal().take());
        }
        network.gateway().poll();
    }

    /**
     * Everything reachable: the tree as far as it was looked at, all open files and what is behind them.
     *
     * @param mapped files that are mapped, and may be neither open nor in the tree any more
     */
    public VfsSnapshot capture(Collection<? extends FileObject> mapped) {
        // Walked in the order of insertion, so that hash codes decide nothing.
        Set<Stateful> seen = new LinkedHashSet<>();
        Deque<Stateful> todo = new ArrayDeque<>();
        todo.add(root);
        todo.add(streams.input());
        todo.add(network);
        settings.ifPresent(todo::add);
        todo.addAll(openFiles.all());
        mapped.forEach(file -> todo.add(file.node()));
        List<Saved> saved = new ArrayList<>();
        while (!todo.isEmpty()) {
            Stateful next = todo.removeFirst();
            if (seen.add(next)) {
                Saved state = next.capture();
                if (state != Saved.NOTHING) {
                    saved.add(state);
                }
                next.reach(todo::add);
            }
        }
        saved.add(openFiles.capture());
        saved.add(inodes.capture());
        return new VfsSnapshot(List.copyOf(saved), entropy.capture());
    }

    public void restore(VfsSnapshot snapshot) {
        snapshot.saved().forEach(Saved::restore);
        entropy.restore(snapshot.entropy());
        changes.note();
    }
}
