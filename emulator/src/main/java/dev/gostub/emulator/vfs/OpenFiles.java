package dev.gostub.emulator.vfs;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** All open files of the machine, in the order in which they were opened. */
final class OpenFiles {
    private TreeMap<Long, OpenFile> open = new TreeMap<>();
    private long lastNumber;
    private final FileLocks locks = new FileLocks();

    FileLocks locks() {
        return locks;
    }

    OpenFile create(FileObject object, int flags, String path) {
        lastNumber++;
        OpenFile file = new OpenFile(this, lastNumber, object, flags, path);
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
        return () -> {
            held.restore();
            open = new TreeMap<>(copy);
            lastNumber = number;
        };
    }
}
