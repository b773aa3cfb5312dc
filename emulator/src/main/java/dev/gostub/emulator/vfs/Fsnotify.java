package dev.gostub.emulator.vfs;

import static dev.gostub.emulator.abi.InotifyEvent.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells all {@link Inotify} sets what the guest does in its tree ({@code include/linux/fsnotify.h}). What the host changes in its own is not told. */
final class Fsnotify {
    private List<Inotify> sets = new ArrayList<>();
    private int lastCookie;

    void add(Inotify set) {
        sets.add(set);
    }

    void remove(Inotify set) {
        sets.remove(set);
    }

    int count() {
        return sets.size();
    }

    private static int kind(Node node) {
        return node instanceof Directory ? IN_ISDIR : 0;
    }

    /** Something happened to a file that was reached by a name: its directory hears of it first, then who watches the file itself. */
    void file(Dentry dentry, Node node, int mask) {
        for (int i = 0; i < sets.size(); i++) {
            Inotify set = sets.get(i);
            dentry.parent()
                    .ifPresent(parent -> set.tell(
                            parent, new Inotify.Happening(mask | kind(node), dentry.name(), 0, dentry.linked())));
            set.tell(
                    node,
                    new Inotify.Happening(
                            mask | kind(node),
                            "",
                            0,
                            dentry.linked() || dentry.parent().isEmpty()));
        }
    }

    /** Something happened to a file whatever its name. */
    void node(Node node, int mask) {
        for (int i = 0; i < sets.size(); i++) {
            sets.get(i).tell(node, new Inotify.Happening(mask, "", 0, true));
        }
    }

    private void entry(Directory directory, String name, int mask, int cookie) {
        for (int i = 0; i < sets.size(); i++) {
            sets.get(i).tell(directory, new Inotify.Happening(mask, name, cookie, true));
        }
    }

    void created(Directory directory, String name, Node node) {
        entry(directory, name, IN_CREATE | kind(node), 0);
    }

    void deleted(Directory directory, String name, Node node) {
        entry(directory, name, IN_DELETE | kind(node), 0);
    }

    /** A name has moved; {@code replaced} was at its new place. */
    void moved(Dentry from, Dentry to, Node node, Optional<Node> replaced) {
        lastCookie++;
        int cookie = lastCookie;
        from.parent().ifPresent(directory -> entry(directory, from.name(), IN_MOVED_FROM | kind(node), cookie));
        to.parent().ifPresent(directory -> entry(directory, to.name(), IN_MOVED_TO | kind(node), cookie));
        replaced.ifPresent(node1 -> node(node1, IN_ATTRIB));
        node(node, IN_MOVE_SELF);
    }

    /** The last name of a file is gone and nobody has it open: it is no more. */
    void gone(Node node) {
        for (int i = 0; i < sets.size(); i++) {
            sets.get(i).tell(node, new Inotify.Happening(IN_DELETE_SELF, "", 0, true));
            sets.get(i).forget(node);
        }
    }

    Saved capture() {
        List<Inotify> now = List.copyOf(sets);
        int cookie = lastCookie;
        return () -> {
            sets = new ArrayList<>(now);
            lastCookie = cookie;
        };
    }
}
