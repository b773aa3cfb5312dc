package dev.gostub.emulator.vfs;

/** What a process brings to every path: root, current directory, file creation mask, and who it is ({@code fs_struct} of Linux). */
public final class FileSystemContext {
    private static final int USUAL_UMASK = 022;

    private Directory root;
    private Directory current;
    private Credentials credentials;
    private int umask = USUAL_UMASK;

    FileSystemContext(Directory root, Directory current, Credentials credentials) {
        this.root = root;
        this.current = current;
        this.credentials = credentials;
    }

    public Directory root() {
        return root;
    }

    public Directory current() {
        return current;
    }

    /** Where relative paths start unless a descriptor says otherwise. */
    public At here() {
        return new At(this, current);
    }

    /** Changes the current directory; {@link Vfs#chdir} has checked it. */
    void enter(Directory directory) {
        current = directory;
    }

    void setRoot(Directory directory) {
        root = directory;
    }

    public Credentials credentials() {
        return credentials;
    }

    public void setCredentials(Credentials changed) {
        credentials = changed;
    }

    public int umask() {
        return umask;
    }

    public void setUmask(int mask) {
        umask = mask & 0777;
    }

    /** A context of its own with the same values ({@code fork}, {@code clone} without {@code CLONE_FS}). */
    public FileSystemContext copy() {
        FileSystemContext copy = new FileSystemContext(root, current, credentials);
        copy.umask = umask;
        return copy;
    }

    public Snapshot capture() {
        return new Snapshot(root, current, credentials, umask);
    }

    public void restore(Snapshot snapshot) {
        root = snapshot.root();
        current = snapshot.current();
        credentials = snapshot.credentials();
        umask = snapshot.umask();
    }

    /** State of a context. */
    public record Snapshot(Directory root, Directory current, Credentials credentials, int umask) {}
}
