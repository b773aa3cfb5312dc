package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.EpollEvent.EPOLLET;
import static dev.gostub.emulator.abi.EpollEvent.EPOLLEXCLUSIVE;
import static dev.gostub.emulator.abi.EpollEvent.EPOLLONESHOT;

import dev.gostub.emulator.abi.EpollEvent;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import java.util.ArrayList;
import java.util.List;

/**
 * An epoll set ({@code epoll(7)}): files to watch, each with the events of interest. Readiness is looked up when it is asked for, so
 * there is no ready list that could be wrong; the order of the interests is the order of reports, and who was reported goes to
 * the end, which is as fair as Linux is.
 */
public final class Epoll implements FileObject {
    private static final int DEEPEST_NESTING = 5;
    private static final long NEVER = -1;

    private final Node node;
    private final Activity activity;
    private List<Interest> interests = new ArrayList<>();

    Epoll(Node node, Activity activity) {
        this.node = node;
        this.activity = activity;
    }

    /** {@code EPOLL_CTL_ADD}: 0 or a negative errno. */
    public long add(int fd, OpenFile file, EpollEvent event) {
        if (file.object() == this) {
            return Errno.EINVAL.result();
        }
        if (!file.object().pollable()) {
            return Errno.EPERM.result();
        }
        if (find(fd, file) >= 0) {
            return Errno.EEXIST.result();
        }
        if (file.object() instanceof Epoll other && (other.watches(this) || other.depth() >= DEEPEST_NESTING)) {
            return Errno.ELOOP.result();
        }
        interests.add(new Interest(fd, file, event.events(), event.userData(), NEVER, false));
        activity.noteReadable();
        return 0;
    }

    /** {@code EPOLL_CTL_MOD}: 0 or a negative errno. Arms a one-shot interest again. */
    public long modify(int fd, OpenFile file, EpollEvent event) {
        int index = find(fd, file);
        if (index < 0) {
            return Errno.ENOENT.result();
        }
        if (((interests.get(index).events | event.events()) & EPOLLEXCLUSIVE) != 0) {
            return Errno.EINVAL.result();
        }
        interests.set(index, new Interest(fd, file, event.events(), event.userData(), NEVER, false));
        activity.noteReadable();
        return 0;
    }

    /** {@code EPOLL_CTL_DEL}: 0 or a negative errno. */
    public long remove(int fd, OpenFile file) {
        int index = find(fd, file);
        if (index < 0) {
            return Errno.ENOENT.result();
        }
        interests.remove(index);
        return 0;
    }

    /** Takes up to {@code limit} events: edge-triggered and one-shot interests are used up by this. */
    public List<EpollEvent> take(int limit) {
        List<EpollEvent> events = new ArrayList<>();
        List<Interest> later = new ArrayList<>();
        List<Interest> reported = new ArrayList<>();
        for (Interest interest : interests) {
            int ready = events.size() < limit ? interest.ready() : 0;
            if (ready == 0) {
                later.add(interest);
            } else {
                events.add(new EpollEvent(ready, interest.userData));
                reported.add(interest.afterReport());
            }
        }
        later.addAll(reported);
        interests = later;
        return events;
    }

    /** A file was closed for good: it leaves the set by itself. */
    void forget(OpenFile file) {
        interests.removeIf(interest -> interest.file == file);
    }

    private int find(int fd, OpenFile file) {
        for (int i = 0; i < interests.size(); i++) {
            Interest interest = interests.get(i);
            if (interest.fd == fd && interest.file == file) {
                return i;
            }
        }
        return -1;
    }

    private boolean watches(Epoll wanted) {
        for (Interest interest : interests) {
            if (interest.file.object() instanceof Epoll inner && (inner == wanted || inner.watches(wanted))) {
                return true;
            }
        }
        return false;
    }

    private int depth() {
        int deepest = 0;
        for (Interest interest : interests) {
            if (interest.file.object() instanceof Epoll inner) {
                deepest = Math.max(deepest, inner.depth());
            }
        }
        return deepest + 1;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public int readiness() {
        for (Interest interest : interests) {
            if (interest.ready() != 0) {
                return Poll.READABLE;
            }
        }
        return 0;
    }

    @Override
    public long activity(int interest) {
        long sum = activity.count(interest);
        for (Interest watched : interests) {
            sum += watched.file.object().activity(watched.events | Poll.ALWAYS);
        }
        return sum;
    }

    @Override
    public boolean ignoresSeeking() {
        return true;
    }

    @Override
    public Saved capture() {
        List<Interest> now = List.copyOf(interests);
        Saved events = activity.capture();
        return () -> {
            interests = new ArrayList<>(now);
            events.restore();
        };
    }

    /** What {@code /proc/PID/fdinfo} and tests may look at: the number of files watched. */
    public int size() {
        return interests.size();
    }

    /**
     * One watched file.
     *
     * @param seen activity of the file at the last report, for edge-triggered interests
     * @param spent a one-shot interest that has been reported
     */
    private record Interest(int fd, OpenFile file, int events, long userData, long seen, boolean spent) {
        int ready() {
            if (spent) {
                return 0;
            }
            int ready = file.readiness() & (events & ~EpollEvent.MODIFIERS | Poll.ALWAYS);
            boolean stale = (events & EPOLLET) != 0 && seen == activity();
            return stale ? 0 : ready;
        }

        Interest afterReport() {
            return new Interest(fd, file, events, userData, activity(), (events & EPOLLONESHOT) != 0);
        }

        private long activity() {
            return file.object().activity(events);
        }
    }
}
