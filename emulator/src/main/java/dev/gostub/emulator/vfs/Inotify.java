package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.InotifyEvent.*;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.InotifyEvent;
import dev.gostub.emulator.abi.Poll;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code inotify(7)}: watches on nodes and the events that came of them. */
public final class Inotify implements FileObject {
    /** fs.inotify.max_queued_events. */
    static final int MOST_EVENTS = 16_384;
    /** fs.inotify.max_user_watches. */
    static final int MOST_WATCHES = 65_536;

    private static final int KEPT = IN_ALL_EVENTS | IN_EXCL_UNLINK | IN_ONESHOT;
    /** What Linux tells of a file without saying that it is a directory. */
    private static final int OF_ITSELF = IN_DELETE_SELF | IN_MOVE_SELF;

    private final Node node;
    private final Activity activity;
    private final Fsnotify source;
    private LinkedHashMap<Integer, Watch> watches = new LinkedHashMap<>();
    private ArrayDeque<InotifyEvent> queue = new ArrayDeque<>();
    private int lastWatch;

    private record Watch(Node node, int mask) {}

    /**
     * What happens to a watched node.
     *
     * @param name of the entry, if it happens to an entry of a directory
     * @param linked the file still has the name it was opened by
     */
    record Happening(int mask, String name, int cookie, boolean linked) {}

    Inotify(Node node, Activity activity, Fsnotify source) {
        this.node = node;
        this.activity = activity;
        this.source = source;
        source.add(this);
    }

    /** {@code inotify_add_watch(2)} of a node: the watch's number or a negative errno. */
    long watch(Node watched, int mask) {
        Optional<Integer> existing = find(watched);
        if (existing.isPresent()) {
            if ((mask & IN_MASK_CREATE) != 0) {
                return Errno.EEXIST.result();
            }
            int before = watches.get(existing.get()).mask;
            int kept = (mask & IN_MASK_ADD) != 0 ? before | mask & KEPT : mask & KEPT;
            watches.put(existing.get(), new Watch(watched, kept));
            return existing.get();
        }
        if (watches.size() >= MOST_WATCHES) {
            return Errno.ENOSPC.result();
        }
        lastWatch++;
        watches.put(lastWatch, new Watch(watched, mask & KEPT));
        return lastWatch;
    }

    /** {@code inotify_rm_watch(2)}: 0 or a negative errno. */
    public long remove(int watch) {
        if (watches.remove(watch) == null) {
            return Errno.EINVAL.result();
        }
        add(new InotifyEvent(watch, IN_IGNORED, 0, new byte[0]));
        return 0;
    }

    private Optional<Integer> find(Node watched) {
        for (Map.Entry<Integer, Watch> entry : watches.entrySet()) {
            if (entry.getValue().node == watched) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    void forget(Node watched) {
        find(watched).ifPresent(this::remove);
    }

    void tell(Node watched, Happening happening) {
        Optional<Integer> found = find(watched);
        if (found.isEmpty()) {
            return;
        }
        Watch watch = watches.get(found.get());
        boolean unwanted = (watch.mask & happening.mask & IN_ALL_EVENTS) == 0;
        if (unwanted || (watch.mask & IN_EXCL_UNLINK) != 0 && !happening.linked) {
            return;
        }
        int shown = (happening.mask & OF_ITSELF) != 0 ? happening.mask & ~IN_ISDIR : happening.mask;
        byte[] name = GuestText.bytes(happening.name);
        add(new InotifyEvent(found.get(), shown, happening.cookie, name));
        if ((watch.mask & IN_ONESHOT) != 0) {
            remove(found.get());
        }
    }

    private void add(InotifyEvent event) {
        if (queue.size() >= MOST_EVENTS) {
            if (queue.size() > MOST_EVENTS) {
                return;
            }
            queue.add(new InotifyEvent(-1, IN_Q_OVERFLOW, 0, new byte[0]));
        } else if (queue.isEmpty() || !event.repeats(queue.getLast())) {
            queue.add(event);
        } else {
            return;
        }
        activity.noteReadable();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long read(byte[] into, int at, int length) {
        if (queue.isEmpty()) {
            return Errno.EAGAIN.result();
        }
        int done = 0;
        while (!queue.isEmpty() && queue.getFirst().lengthBytes() <= length - done) {
            InotifyEvent event = queue.removeFirst();
            event.put(into, at + done);
            done += event.lengthBytes();
        }
        return done == 0 ? Errno.EINVAL.result() : done;
    }

    @Override
    public int readiness() {
        return queue.isEmpty() ? 0 : Poll.READABLE;
    }

    @Override
    public long activity(int interest) {
        return activity.count(interest);
    }

    @Override
    public long available() {
        return queue.stream().mapToLong(InotifyEvent::lengthBytes).sum();
    }

    @Override
    public boolean ignoresSeeking() {
        return true;
    }

    @Override
    public void released() {
        source.remove(this);
    }

    @Override
    public void reach(Consumer<? super Stateful> visit) {
        watches.values().forEach(watch -> visit.accept(watch.node));
    }

    @Override
    public Saved capture() {
        LinkedHashMap<Integer, Watch> watched = new LinkedHashMap<>(watches);
        ArrayDeque<InotifyEvent> events = new ArrayDeque<>(queue);
        int number = lastWatch;
        Saved counts = activity.capture();
        return () -> {
            watches = new LinkedHashMap<>(watched);
            queue = new ArrayDeque<>(events);
            lastWatch = number;
            counts.restore();
        };
    }
}
