package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.host.HostChange;
import java.util.Optional;

/** An inode: what a name leads to. */
public abstract sealed class Node implements Stateful
        permits Directory, RegularFile, SymbolicLink, SpecialFile, GeneratedFile, AnonymousNode {
    private static final int BLOCK_BYTES = 4096;

    private Attributes attributes;

    Node(Attributes attributes) {
        this.attributes = attributes;
    }

    public final Attributes attributes() {
        return attributes;
    }

    final void change(Attributes changed) {
        attributes = changed;
    }

    /** What it is on the host, if it is a part of a folder of the host. */
    Optional<LiveInode> live() {
        return Optional.empty();
    }

    /** Asks the host how it is now; of what is no longer there the last answer stays. */
    final void refresh() {
        live().ifPresent(inode -> {
            try {
                attributes = inode.attributesThere();
            } catch (FileFailure _) {
                // Gone, or hidden from this user by now.
            }
        });
    }

    /**
     * Changes attributes where they are kept.
     *
     * @param there the change for the host
     * @param here what comes of it in memory
     */
    final void change(HostChange there, Attributes here) throws FileFailure {
        Optional<LiveInode> inode = live();
        if (inode.isEmpty()) {
            attributes = here;
            return;
        }
        inode.get().change(there);
        refresh();
    }

    /** The attributes; an inode with content overrides it. */
    @Override
    public Saved capture() {
        Attributes now = attributes;
        return () -> change(now);
    }

    /** {@code st_size}. */
    public abstract long sizeBytes();

    /** {@code st_size} as of the last {@link #refresh}. */
    long toldBytes() {
        return sizeBytes();
    }

    /** What {@code fstat(2)} tells. */
    public final Stat stat() {
        Attributes a = attributes;
        long size = toldBytes();
        return new Stat(
                a.device(),
                a.inode(),
                a.links(),
                a.mode(),
                a.user(),
                a.group(),
                a.rawDevice(),
                size,
                BLOCK_BYTES,
                (size + BLOCK_BYTES - 1) / BLOCK_BYTES * (BLOCK_BYTES / 512),
                a.accessed(),
                a.modified(),
                a.changed());
    }
}
