package dev.gostub.emulator.vfs;

/** An opened file whose bytes are worked out when they are read: it has positions but no length, memory cannot show it, and it can always be read. */
interface GeneratedObject extends SeekableObject {
    @Override
    default long sizeBytes() {
        return 0;
    }

    @Override
    default Mapped mapping() {
        return Mapped.NOTHING;
    }

    @Override
    default boolean pollable() {
        return true;
    }
}
