package dev.gostub.emulator.vfs;

import java.util.Optional;
import java.util.function.Consumer;

/** A device, a named pipe or a bound socket. */
final class SpecialFile extends Node {
    /** What opening a special file gives. */
    @FunctionalInterface
    interface Opener {
        FileObject open(int flags) throws FileFailure;
    }

    private final Optional<Opener> opener;
    private final Optional<Stateful> behind;
    private final Optional<LiveName> place;

    private SpecialFile(
            Attributes attributes, Optional<Opener> opener, Optional<Stateful> behind, Optional<LiveName> place) {
        super(attributes);
        this.place = place;
        this.opener = opener;
        this.behind = behind;
    }

    /** A device of the host, or a pipe or socket there: the guest sees that it is there, but cannot open it. */
    static SpecialFile foreign(Attributes attributes) {
        return new SpecialFile(attributes, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same in a folder of the host that the guest may change: it has a name there. */
    static SpecialFile live(Attributes attributes, LiveName place) {
        return new SpecialFile(attributes, Optional.empty(), Optional.empty(), Optional.of(place));
    }

    /** Where it is in a folder of the host. */
    Optional<LiveName> place() {
        return place;
    }

    @Override
    Optional<LiveInode> live() {
        return place.map(LiveInode.class::cast);
    }

    static SpecialFile device(Attributes attributes, Opener opener) {
        return new SpecialFile(attributes, Optional.of(opener), Optional.empty(), Optional.empty());
    }

    /** A named pipe, or a name of a socket: {@code behind} holds its state. */
    static SpecialFile backed(Attributes attributes, Stateful behind, Opener opener) {
        return new SpecialFile(attributes, Optional.of(opener), Optional.of(behind), Optional.empty());
    }

    Optional<Opener> opener() {
        return opener;
    }

    Optional<Stateful> behind() {
        return behind;
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        behind.ifPresent(visit);
    }
}
