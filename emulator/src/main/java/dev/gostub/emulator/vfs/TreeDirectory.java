package dev.gostub.emulator.vfs;

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
    private final Optional<HostOrigin> host;
    private TreeMap<String, Node> children = new TreeMap<>();
    private TreeSet<String> hidden = new TreeSet<>();
    private Directory parent;
    private String name;

    /** A root directory. */
    TreeDirectory(Attributes attributes, Optional<HostOrigin> host) {
        super(attributes);
        this.host = host;
        this.parent = this;
        this.name = "";
    }

    TreeDirectory(Attributes attributes, Optional<HostOrigin> host, Directory parent, String name) {
        super(attributes);
        this.host = host;
        this.parent = parent;
        this.name = name;
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

    boolean isEmpty() throws FileFailure {
        return names().isEmpty();
    }

    /** Binds a name to a node; a directory also learns its new place. */
    void bind(String child, Node node, long now) {
        children.put(child, node);
        if (node instanceof TreeDirectory directory) {
            directory.parent = this;
            directory.name = child;
        }
        change(attributes().withContentChanged(now));
    }

    /** Takes a name away, whether it came from the host or not. */
    void unbind(String child, long now) {
        children.remove(child);
        if (host.isPresent()) {
            hidden.add(child);
        }
        change(attributes().withContentChanged(now));
    }

    private Optional<Node> fromHost(HostOrigin origin, HostStat stat, String child) {
        Attributes facts = Attributes.of(stat);
        return switch (stat.mode() & FileMode.S_IFMT) {
            case FileMode.S_IFDIR -> Optional.of(new TreeDirectory(facts, Optional.of(origin), this, child));
            case FileMode.S_IFREG -> Optional.of(new RegularFile(facts, origin, stat.sizeBytes()));
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
