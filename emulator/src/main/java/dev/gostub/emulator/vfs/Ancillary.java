package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Ucred;
import java.util.List;
import java.util.Optional;

/**
 * What goes along with the bytes of a local socket ({@code unix(7)}).
 *
 * @param files open files; who keeps this in a queue or took it out of one holds a reference to each
 * @param sender who sends, as far as it is known
 * @param stated the sender says so himself, which is kept whether or not the receiver has asked for it yet
 */
public record Ancillary(List<OpenFile> files, Optional<Ucred> sender, boolean stated) {
    public static final Ancillary NONE = new Ancillary(List.of(), Optional.empty(), false);

    /** Only the sender. */
    public static Ancillary from(Ucred sender) {
        return new Ancillary(List.of(), Optional.of(sender), false);
    }

    /** What is kept in the queue between two sockets: the sender only if he said so or one of the two has {@code SO_PASSCRED}. */
    Ancillary between(boolean passesCredentials) {
        return stated || passesCredentials ? this : new Ancillary(files, Optional.empty(), false);
    }

    public Ancillary withoutFiles() {
        return files.isEmpty() ? this : new Ancillary(List.of(), sender, stated);
    }

    boolean isEmpty() {
        return files.isEmpty() && sender.isEmpty();
    }

    /** One more holder of the files. */
    Ancillary retain() {
        files.forEach(OpenFile::retain);
        return this;
    }

    /** Gives the files up. */
    public void release() {
        files.forEach(OpenFile::release);
    }
}
