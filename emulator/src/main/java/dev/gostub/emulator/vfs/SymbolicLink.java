package dev.gostub.emulator.vfs;

import java.util.Optional;
import java.util.function.Supplier;

/** A symbolic link. The links of /proc are magic: they lead to their node directly, whatever their text says. */
final class SymbolicLink extends Node {
    private final Supplier<String> target;
    private final Supplier<Optional<Node>> direct;
    private final boolean generated;
    private final Optional<LiveName> place;

    private SymbolicLink(
            Attributes attributes, Supplier<String> target, Supplier<Optional<Node>> direct, boolean generated) {
        this(attributes, target, direct, generated, Optional.empty());
    }

    private SymbolicLink(
            Attributes attributes,
            Supplier<String> target,
            Supplier<Optional<Node>> direct,
            boolean generated,
            Optional<LiveName> place) {
        super(attributes);
        this.place = place;
        this.target = target;
        this.direct = direct;
        this.generated = generated;
    }

    static SymbolicLink fixed(Attributes attributes, String target) {
        return new SymbolicLink(attributes, () -> target, Optional::empty, false);
    }

    /** A link in a folder of the host. */
    static SymbolicLink live(Attributes attributes, String target, LiveName place) {
        return new SymbolicLink(attributes, () -> target, Optional::empty, false, Optional.of(place));
    }

    static SymbolicLink generated(Attributes attributes, Supplier<String> target) {
        return new SymbolicLink(attributes, target, Optional::empty, true);
    }

    static SymbolicLink magic(Attributes attributes, Supplier<String> target, Supplier<Optional<Node>> direct) {
        return new SymbolicLink(attributes, target, direct, true);
    }

    /** Where it is in a folder of the host. */
    Optional<LiveName> place() {
        return place;
    }

    @Override
    Optional<LiveInode> live() {
        return place.map(LiveInode.class::cast);
    }

    String target() {
        return target.get();
    }

    Optional<Node> direct() {
        return direct.get();
    }

    @Override
    public long sizeBytes() {
        return generated ? 0 : target().length();
    }
}
