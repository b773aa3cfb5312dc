package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.FileMode;
import dev.gostub.emulator.host.HostFailure;
import dev.gostub.emulator.host.HostStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A directory of the overlay: perhaps with a directory of the host beneath.
 *
 * <p>Invariants: a name of the host is looked up there once and then held in {@code children}; a name in {@code hidden} is not
 * looked up there at all (the whiteout of a union mount).
 */
final class TreeDirectory extends Directory {
    private final NewNodes making;
    private final Mount mount;
    private final Optional<HostOrigin> host;
    private TreeMap<String, Node> children = new TreeMap<>();
    private TreeSet<String> hidden = new TreeSet<>();
    private Directory parent;
    private String name;

    /**
     * Where a directory is.
     *
     * @param host what is beneath
     */
    record Place(Optional<HostOrigin> host, Directory parent, String name) {}

    /** The root of all. */
    TreeDirectory(NewNodes making, Mount mount, Attributes attributes, HostOrigin host) {
        super(attributes);
        this.making = making;
        this.mount = mount;
        this.host = Optional.of(host);
        this.parent = this;
        this.name = "";
    }

    TreeDirectory(NewNodes making, Mount mount, Attributes attributes, Place place) {
        super(attributes);
        this.making = making;
        this.mount = mount;
        this.host = place.host;
        this.parent = place.parent;
        this.name = place.name;
    }

    private TreeDirectory below(String child, Attributes attributes, Optional<HostOrigin> beneath) {
        return new TreeDirectory(making, mount, attributes, new Place(beneath, this, child));
    }

    @Override
    Mount mount() {
        return mount;
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
    Optional<Node> lookup(String wanted) {
        Node known = children.get(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        if (host.isEmpty() || hidden.contains(wanted)) {
            return Optional.empty();
        }
        HostOrigin origin = host.get().child(wanted);
        Optional<Node> found = origin.stat().flatMap(stat -> fromHost(origin, stat, wanted));
        found.ifPresent(node -> children.put(wanted, node));
        return found;
    }

    @Override
    List<String> names() throws FileFailure {
        TreeSet<String> all = new TreeSet<>(children.keySet());
        if (host.isPresent()) {
            try {
                for (String candidate : host.get().files().list(host.get().path())) {
                    if (!hidden.contains(candidate)) {
                        all.add(candidate);
                    }
                }
            } catch (HostFailure failure) {
                throw FileFailure.of(failure);
            }
        }
        return new ArrayList<>(all);
    }

    /** An entry that somebody has looked at or made. */
    record Child(String name, Node node) {}

    /** Those that somebody has looked at or made, sorted by name: all others are the host's as they are there. */
    List<Child> known() {
        List<Child> known = new ArrayList<>();
        children.forEach((child, node) -> known.add(new Child(child, node)));
        return known;
    }

    // ---- what is done to names

    @Override
    RegularFile createFile(String child, Birth birth) {
        Birth own = birth.in(this, false);
        RegularFile file = making.regular(own.permissions(), own.owner());
        put(child, file);
        return file;
    }

    @Override
    RegularFile createTemporary(Birth birth) {
        Birth own = birth.in(this, false);
        RegularFile file = making.regular(own.permissions(), own.owner());
        file.change(file.attributes().withLinks(0, making.now()));
        return file;
    }

    @Override
    Directory makeDirectory(String child, Birth birth) {
        Birth own = birth.in(this, true);
        Attributes attributes = making.attributes(FileMode.S_IFDIR | own.permissions(), own.owner());
        TreeDirectory made = below(child, attributes, Optional.empty());
        put(child, made);
        count(this, 1);
        return made;
    }

    @Override
    Node makeFifo(String child, Birth birth) {
        Birth own = birth.in(this, false);
        Node fifo = making.fifo(own.permissions(), own.owner());
        put(child, fifo);
        return fifo;
    }

    @Override
    Node makeSpecial(String child, int type, long device, Birth birth) {
        Birth own = birth.in(this, false);
        Attributes attributes = making.attributes(type | own.permissions(), own.owner());
        Node special = SpecialFile.foreign(attributes.withRawDevice(device));
        put(child, special);
        return special;
    }

    @Override
    SymbolicLink makeSymbolicLink(String child, String target, Birth birth) {
        SymbolicLink link = making.link(target, birth.in(this, false).owner());
        put(child, link);
        return link;
    }

    @Override
    void bind(String child, Node node) {
        put(child, node);
    }

    @Override
    void link(String child, Node node) {
        count(node, 1);
        put(child, node);
    }

    @Override
    void unlink(String child, Node node) {
        take(child);
        count(node, -1);
    }

    @Override
    void removeDirectory(String child, Directory directory) throws FileFailure {
        if (!directory.names().isEmpty()) {
            throw new FileFailure(Errno.ENOTEMPTY);
        }
        take(child);
        directory.change(directory.attributes().withLinks(0, making.now()));
        count(this, -1);
    }

    @Override
    void move(String child, Node node, Destination to) throws FileFailure {
        TreeDirectory directory = (TreeDirectory) to.directory();
        if (to.node().isPresent()) {
            directory.makeRoom(to);
        }
        take(child);
        directory.put(to.name(), node);
        if (node instanceof Directory) {
            count(this, -1);
            count(directory, 1);
        }
        node.change(node.attributes().withLinks(node.attributes().links(), making.now()));
    }

    private void makeRoom(Destination to) throws FileFailure {
        if (!to.mayReplace()) {
            throw new FileFailure(Errno.EEXIST);
        }
        if (to.node().get() instanceof Directory replaced) {
            if (!replaced.names().isEmpty()) {
                throw new FileFailure(Errno.ENOTEMPTY);
            }
            replaced.change(replaced.attributes().withLinks(0, making.now()));
            count(this, -1);
        } else {
            count(to.node().get(), -1);
        }
    }

    @Override
    void exchange(String child, Node node, Destination with) {
        TreeDirectory directory = (TreeDirectory) with.directory();
        Node other = with.node().orElseThrow();
        put(child, other);
        directory.put(with.name(), node);
        int moved = (node instanceof Directory ? 1 : 0) - (other instanceof Directory ? 1 : 0);
        count(this, -moved);
        count(directory, moved);
    }

    private void count(Node node, int difference) {
        Attributes a = node.attributes();
        if (node instanceof Directory && a.links() < 2) {
            // File systems such as btrfs do not count the links of directories: they say 1, and 0 means removed.
            return;
        }
        node.change(a.withLinks(Math.max(0, a.links() + difference), making.now()));
    }

    /** Binds a name to a node; a directory also learns its new place. */
    private void put(String child, Node node) {
        children.put(child, node);
        if (node instanceof TreeDirectory directory) {
            directory.parent = this;
            directory.name = child;
        }
        change(attributes().withContentChanged(making.now()));
    }

    /** Takes a name away, whether it came from the host or not. */
    private void take(String child) {
        children.remove(child);
        if (host.isPresent()) {
            hidden.add(child);
        }
        change(attributes().withContentChanged(making.now()));
    }

    private Optional<Node> fromHost(HostOrigin origin, HostStat stat, String child) {
        Attributes facts = Attributes.of(stat);
        return switch (stat.mode() & FileMode.S_IFMT) {
            case FileMode.S_IFDIR -> Optional.of(below(child, facts, Optional.of(origin)));
            case FileMode.S_IFREG -> Optional.of(new RegularFile(facts, new FileContent(origin, stat.sizeBytes())));
            case FileMode.S_IFLNK -> linkFromHost(origin, facts);
            default -> Optional.of(SpecialFile.foreign(facts));
        };
    }

    private static Optional<Node> linkFromHost(HostOrigin origin, Attributes facts) {
        try {
            return Optional.of(SymbolicLink.fixed(facts, origin.files().readLink(origin.path())));
        } catch (HostFailure _) {
            // It vanished between two questions.
            return Optional.empty();
        }
    }

    @Override
    public Saved capture() {
        return new State(this, attributes(), new TreeMap<>(children), new TreeSet<>(hidden), parent, name);
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        children.values().forEach(visit);
        visit.accept(parent);
    }

    private record State(
            TreeDirectory owner,
            Attributes attributes,
            TreeMap<String, Node> children,
            TreeSet<String> hidden,
            Directory parent,
            String name)
            implements Saved {
        @Override
        public void restore() {
            owner.change(attributes);
            owner.children = new TreeMap<>(children);
            owner.hidden = new TreeSet<>(hidden);
            owner.parent = parent;
            owner.name = name;
        }
    }
}
