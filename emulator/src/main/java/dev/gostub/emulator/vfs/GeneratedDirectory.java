package dev.gostub.emulator.vfs;

import java.util.List;
import java.util.Optional;

/** A directory whose entries are worked out when they are asked for, as those of /proc are. */
final class GeneratedDirectory extends Directory {
    /** The entries of a generated directory, which is handed in to be their parent. */
    interface Listing {
        Optional<Node> lookup(GeneratedDirectory self, String name);

        List<String> names() throws FileFailure;

        /** Somebody looks a name up, which may fail before that. */
        default void entered() throws FileFailure {}
    }

    private final Directory parent;
    private final String name;
    private final Listing listing;
    private final Mount mount;

    GeneratedDirectory(Attributes attributes, Directory parent, String name, Listing listing) {
        this(attributes, parent.mount(), parent, name, listing);
    }

    /** The root of a mount. */
    GeneratedDirectory(Attributes attributes, Mount mount, Directory parent, String name, Listing listing) {
        super(attributes);
        this.mount = mount;
        this.parent = parent;
        this.name = name;
        this.listing = listing;
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
    Optional<Node> lookup(String wanted) {
        return listing.lookup(this, wanted);
    }

    @Override
    void enter() throws FileFailure {
        listing.entered();
    }

    @Override
    List<String> names() throws FileFailure {
        return listing.names();
    }

    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
