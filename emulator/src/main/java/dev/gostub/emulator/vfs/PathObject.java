package dev.gostub.emulator.vfs;

/** A file opened with {@code O_PATH}: a place in the tree and nothing to transfer. */
record PathObject(Node node) implements FileObject {
    @Override
    public Saved capture() {
        return Saved.NOTHING;
    }
}
