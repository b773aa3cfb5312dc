package dev.gostub.emulator.vfs;

import java.util.Optional;

/**
 * The name by which a file was opened: a directory's watchers are told of its entries by name.
 *
 * @param parent empty for what has no name
 * @param linked the name still leads to the file
 */
record Dentry(Optional<Directory> parent, String name, boolean linked) {
    static final Dentry NONE = new Dentry(Optional.empty(), "", false);

    static Dentry of(Directory parent, String name) {
        return new Dentry(Optional.of(parent), name, true);
    }

    /** Where a path has led; {@code .} and {@code ..} are names of the directory they lead to. */
    static Dentry of(PathWalker.Place place) {
        if (place.shownAs().isPresent()) {
            return NONE;
        }
        if (!place.name().isEmpty()) {
            return of(place.parent(), place.name());
        }
        Directory directory = place.parent();
        return directory.parent() == directory ? NONE : of(directory.parent(), directory.name());
    }

    boolean is(Directory directory, String entry) {
        return linked && parent.isPresent() && parent.get() == directory && name.equals(entry);
    }
}
