package dev.gostub.emulator.vfs;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** All open files of the machine, in the order in which they were opened. */
final class OpenFiles {
    private TreeMap<Long, OpenFile> open = new TreeMap<>();
    private long lastNumber;
    private final FileLocks locks = new FileLocks();
    private final Fsnotify fsnotify = new Fsnotify();

    Fsnotify fsnotify() {
        return fsnotify;
    }

    /** Is a file open. */
    boolean isOpen(Node node) {
        return open.values().stream().anyMatch(file -> file.object().node() == node);
    }

    /** A file has another name now, or with {@link Dentry#linked} false none. */
    void renamed(Node node, Dentry from, Dentry to) {
        for (OpenFile file : open.values()) {
            if (file.object().node() == node) {
                file.renamed(from, to);
            }
        }
    }

    /** A file may be no more: without a name, and not open. */
    void checkGone(Node node) {
        if (fsnotify.count() > 0 && node.attributes().links() == 0 && !isOpen(node)) {
            fsnotify.gone(node);
        }
    }

    FileLocks locks() {
        return locks;
    }

    OpenFile create(FileObject object, int flags, String path) {
        return create(object, flags, path, Dentry.NONE);
    }

    OpenFile create(FileObject object, int flags, String path, Dentry dentry) {
        lastNumber++;
        OpenFile file = new OpenFile(this, new OpenFile.Opening(lastNumber, path, dentry), object, flags);
        open.put(lastNumber, file);
        return file;
    }

    void remove(OpenFile file) {
        open.remove(file.number());
        for (OpenFile other : open.values()) {
            if (other.object() instanceof Epoll epoll) {
                epoll.forget(file);
            }
        }
    }

    List<OpenFile> all() {
        return List.copyOf(open.values());
    }

    /** When the next armed timer of a timerfd goes off, on the monotonic clock. */
    OptionalLong nextDeadline() {
        long earliest = Long.MAX_VALUE;
        for (OpenFile file : open.values()) {
            if (file.object() instanceof TimerFile timer) {
                earliest = Math.min(earliest, timer.deadlineMonotonic());
            }
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    Saved capture() {
        TreeMap<Long, OpenFile> copy = new TreeMap<>(open);
        long number = lastNumber;
        Saved held = locks.capture();
        Saved watchers = fsnotify.capture();
        return () -> {
            watchers.restore();
            held.restore();
            open = new TreeMap<>(copy);
            lastNumber = number;
        };
    }
}
