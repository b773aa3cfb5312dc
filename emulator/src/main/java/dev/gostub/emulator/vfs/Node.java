package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Stat;

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

    /** The attributes; an inode with content overrides it. */
    @Override
    public Saved capture() {
        Attributes now = attributes;
        return () -> change(now);
    }

    /** {@code st_size}. */
    public abstract long sizeBytes();

    /** What {@code fstat(2)} tells. */
    public final Stat stat() {
        Attributes a = attributes;
        long size = sizeBytes();
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
