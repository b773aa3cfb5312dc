package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.HostChange;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostFolder;
import dev.gostub.emulator.host.HostOpenFile;
import dev.gostub.emulator.host.HostStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A directory of a folder of the host: each question goes there. */
final class LiveDirectory extends Directory implements LiveInode {
    private final LiveFileSystem system;
    private final Mount mount;
    private final HostStat identity;
    private HostFolder folder;
    private Directory parent;
    private String name;
    /** What is mounted here, over what the host has. */
    private final TreeMap<String, Directory> covers = new TreeMap<>();

    /**
     * Where a directory is.
     *
     * @param stat which one it is
     */
    record Place(HostFolder folder, HostStat stat, Directory parent, String name) {}

    LiveDirectory(LiveFileSystem system, Mount mount, Place place) {
        super(system.attributes(place.stat));
        this.system = system;
        this.mount = mount;
        this.identity = place.stat;
        this.folder = place.folder;
        this.parent = place.parent;
        this.name = place.name;
    }

    HostFolder folder() {
        return folder;
    }

    LiveFileSystem system() {
        return system;
    }

    @Override
    Directory parent() {
        return parent;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Mount mount() {
        return mount;
    }

    @Override
    Optional<LiveInode> live() {
        return Optional.of(this);
    }

    private void relocate(LiveDirectory newParent, String newName, HostFolder there) {
        if (parent != newParent || !name.equals(newName)) {
            parent = newParent;
            name = newName;
            folder = there;
        }
    }

    // ---- what is there

    @Override
    Optional<Node> lookup(String wanted) {
        Directory covered = covers.get(wanted);
        if (covered != null) {
            return Optional.of(covered);
        }
        try {
            Optional<HostStat> stat = folder.stat(wanted);
            return stat.isEmpty() ? Optional.empty() : Optional.of(node(wanted, stat.get()));
        } catch (HostFailure _) {
            // Not to be had, or another thing between two questions: for the guest there is no such file.
            return Optional.empty();
        }
    }

    private Node node(String child, HostStat stat) throws HostFailure {
        Optional<Node> known = system.find(stat);
        Node node = switch (stat.mode() & FileMode.S_IFMT) {
            case FileMode.S_IFDIR -> directory(child, stat, known);
            case FileMode.S_IFREG -> file(child, stat, known);
            case FileMode.S_IFLNK ->
                SymbolicLink.live(system.attributes(stat), folder.readLink(child), new LiveName(this, child, stat));
            default -> SpecialFile.live(system.attributes(stat), new LiveName(this, child, stat));
        };
        node.change(system.attributes(stat));
        return node;
    }

    private Node directory(String child, HostStat stat, Optional<Node> known) {
        HostFolder below = folder.folder(child, stat);
        if (known.isPresent() && known.get() instanceof LiveDirectory directory && !directory.isAbove(this)) {
            directory.relocate(this, child, below);
            return directory;
        }
        LiveDirectory directory = new LiveDirectory(system, mount, new Place(below, stat, this, child));
        system.remember(stat, directory);
        return directory;
    }

    private Node file(String child, HostStat stat, Optional<Node> known) {
        if (known.isPresent()
                && known.get() instanceof RegularFile file
                && file.content() instanceof LiveContent content) {
            content.found(this, child, stat);
            return file;
        }
        return made(child, stat, Optional.empty());
    }

    private RegularFile made(String child, HostStat stat, Optional<HostOpenFile> open) {
        LiveContent content = new LiveContent(new LiveName(this, child, stat), stat.sizeBytes(), open);
        RegularFile file = new RegularFile(system.attributes(stat), content);
        system.remember(stat, file);
        return file;
    }

    @Override
    List<String> names() throws FileFailure {
        TreeSet<String> all = new TreeSet<>(covers.keySet());
        all.addAll(ask(folder::list));
        return new ArrayList<>(all);
    }

    @Override
    public Attributes attributesThere() throws FileFailure {
        return system.attributes(ask(() -> folder.stat(".").orElse(identity)));
    }

    // ---- what is done there

    @Override
    RegularFile createFile(String child, Birth birth) throws FileFailure {
        HostOpenFile open = ask(() -> folder.create(child, birth.permissions()));
        own(child, birth);
        return made(child, ask(open::stat), Optional.of(open));
    }

    @Override
    Directory makeDirectory(String child, Birth birth) throws FileFailure {
        tell(() -> folder.makeFolder(child, birth.permissions()));
        own(child, birth);
        return (Directory) found(child);
    }

    @Override
    SymbolicLink makeSymbolicLink(String child, String target, Birth birth) throws FileFailure {
        tell(() -> folder.makeSymbolicLink(child, target));
        own(child, birth);
        return (SymbolicLink) found(child);
    }

    /** What somebody makes who is not the host's user here becomes theirs; the group of a set-group-id folder stays. */
    private void own(String child, Birth birth) throws FileFailure {
        Credentials owner = birth.owner();
        if (system.isForeign(owner)) {
            boolean handsOn = (attributes().mode() & FileMode.S_ISGID) != 0;
            tell(() -> folder.change(child, new HostChange.Owner(owner.user(), handsOn ? -1 : owner.group())));
        }
    }

    private Node found(String child) throws FileFailure {
        return lookup(child).orElseThrow(() -> new FileFailure(Errno.ENOENT));
    }

    /** Only something that is mounted: a socket of the guest has no place on the host. */
    @Override
    void bind(String child, Node node) throws FileFailure {
        if (!(node instanceof Directory directory)) {
            throw new FileFailure(Errno.EPERM);
        }
        covers.put(child, directory);
    }

    @Override
    void link(String child, Node node) throws FileFailure {
        Optional<LiveName> place = place(node);
        if (place.isEmpty()) {
            throw new FileFailure(Errno.EXDEV);
        }
        tell(() -> place.get().link(folder, child));
        node.refresh();
    }

    private static Optional<LiveName> place(Node node) {
        return switch (node) {
            case RegularFile file when file.content() instanceof LiveContent content -> Optional.of(content.place());
            case SymbolicLink link -> link.place();
            case SpecialFile special -> special.place();
            default -> Optional.empty();
        };
    }

    @Override
    void unlink(String child, Node node) throws FileFailure {
        tell(() -> folder.unlink(child));
        nameGone(node);
    }

    private static void nameGone(Node node) {
        Attributes before = node.attributes();
        node.refresh();
        if (node.attributes().links() == before.links()) {
            // The host does not know it by this name any more, and by no other that is known here.
            node.change(before.withLinks(Math.max(0, before.links() - 1), before.changed()));
        }
        if (node.attributes().links() == 0) {
            place(node).ifPresent(LiveName::forget);
        }
    }

    @Override
    void removeDirectory(String child, Directory directory) throws FileFailure {
        tell(() -> folder.removeFolder(child));
        directoryGone(directory);
    }

    private static void directoryGone(Directory directory) {
        directory.change(
                directory.attributes().withLinks(0, directory.attributes().changed()));
        if (directory instanceof LiveDirectory gone) {
            gone.system.forget(gone.identity.device(), gone.identity.inode());
        }
    }

    /** Without replacing, a file gets its new name before it loses the old one: only that is one step for those who look on. */
    @Override
    void move(String child, Node node, Destination to) throws FileFailure {
        LiveDirectory other = (LiveDirectory) to.directory();
        Optional<LiveName> place = place(node);
        if (to.mayReplace() || place.isEmpty()) {
            tell(() -> folder.rename(child, other.folder, to.name()));
        } else {
            tell(() -> other.folder.link(to.name(), folder, child));
            tell(() -> folder.unlink(child));
        }
        place.ifPresent(name -> name.relocate(other, to.name()));
        if (node instanceof LiveDirectory directory) {
            directory.relocate(other, to.name(), other.folder.folder(to.name(), directory.identity));
        }
        to.node().ifPresent(replaced -> {
            if (replaced instanceof Directory directory) {
                directoryGone(directory);
            } else {
                nameGone(replaced);
            }
        });
        node.refresh();
    }

    /** As from file systems that cannot do it in one step. */
    @Override
    void exchange(String child, Node node, Destination with) throws FileFailure {
        throw new FileFailure(Errno.EINVAL);
    }

    @Override
    void sync() throws FileFailure {
        tell(folder::sync);
    }

    // ---- what it is there

    @Override
    public void change(HostChange change) throws FileFailure {
        tell(() -> folder.change(".", change));
    }

    @Override
    public List<String> extended() throws FileFailure {
        return ask(() -> folder.attributes("."));
    }

    @Override
    public byte[] extended(String attribute) throws FileFailure {
        return ask(() -> folder.attribute(".", attribute));
    }

    /** Something that the host may refuse. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws HostFailure;
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws HostFailure;
    }

    private static <T> T ask(Question<T> question) throws FileFailure {
        try {
            return question.ask();
        } catch (HostFailure failure) {
            throw FileFailure.of(failure);
        }
    }

    private static void tell(Deed deed) throws FileFailure {
        ask(() -> {
            deed.run();
            return true;
        });
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        visit.accept(parent);
        covers.values().forEach(visit);
    }

    @Override
    public Saved capture() {
        Saved facts = super.capture();
        HostFolder folderNow = folder;
        Directory parentNow = parent;
        String nameNow = name;
        return () -> {
            facts.restore();
            folder = folderNow;
            parent = parentNow;
            name = nameNow;
        };
    }
}
