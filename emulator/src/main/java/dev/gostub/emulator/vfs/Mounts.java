package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The mount table: which file system is where. It does not change once the machine runs. */
final class Mounts {
    /** Numbers begin somewhere; those below belong to the kernel itself. */
    private static final int FIRST = 21;

    private final List<Placed> placed = new ArrayList<>();
    private int next = FIRST;

    private record Placed(Mount mount, Directory root) {}

    /** A mount that is still to be {@link #place placed}. */
    Mount create(FileSystem system, boolean readOnly) {
        return new Mount(next++, system, readOnly);
    }

    void place(Mount mount, Directory root) {
        placed.add(new Placed(mount, root));
    }

    /** The file system with this device number; what has none is part of the first. */
    FileSystem system(long device) {
        return placed.stream()
                .map(each -> each.mount.system())
                .filter(system -> system.device() == device)
                .findFirst()
                .orElse(placed.getFirst().mount.system());
    }

    /** {@code /proc/PID/mounts} for somebody with this root: show_vfsmnt of fs/proc_namespace.c. */
    String mounts(Directory root) throws FileFailure {
        StringBuilder text = new StringBuilder();
        for (Placed each : placed) {
            text.append(escaped(each.mount.system().source()))
                    .append(' ')
                    .append(escaped(each.root.path(root)))
                    .append(' ')
                    .append(each.mount.system().type())
                    .append(each.mount.readOnly() ? " ro,relatime 0 0\n" : " rw,relatime 0 0\n");
        }
        return text.toString();
    }

    /** {@code /proc/PID/mountinfo}: show_mountinfo of fs/proc_namespace.c. */
    String mountInfo(Directory root) throws FileFailure {
        StringBuilder text = new StringBuilder();
        for (Placed each : placed) {
            FileSystem system = each.mount.system();
            String access = each.mount.readOnly() ? "ro" : "rw";
            text.append(String.format(
                    Locale.ROOT,
                    "%d %d %d:%d / %s %s,relatime - %s %s %s\n",
                    each.mount.number(),
                    each.root.parent() == each.root
                            ? 1
                            : each.root.parent().mount().number(),
                    Stat.major(system.device()),
                    Stat.minor(system.device()),
                    escaped(each.root.path(root)),
                    access,
                    system.type(),
                    escaped(system.source()),
                    access));
        }
        return text.toString();
    }

    /** seq_escape(m, path, " \t\n\\"). */
    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\\') {
                text.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
