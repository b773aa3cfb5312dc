package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.vfs.GeneratedNodes.Maker;
import dev.gostub.emulator.vfs.GeneratedNodes.Writer;
import java.util.TreeMap;

/** The files below /proc/sys that the superuser can write: kept and given back, as {@code sysctl(8)} expects. */
final class SystemSettings implements Stateful {
    private static final int LONGEST_TEXT = 127;

    private final GeneratedNodes nodes;
    private TreeMap<String, String> changed = new TreeMap<>();

    SystemSettings(GeneratedNodes nodes) {
        this.nodes = nodes;
    }

    /** A number between limits: proc_dointvec_minmax of kernel/sysctl.c. */
    Maker number(String name, long initial, long least, long largest) {
        return setting(0644, name, Long.toString(initial), bytes -> {
            String first = text(bytes).stripLeading().split("\\s", 2)[0];
            long value;
            try {
                value = KernelNumber.parse(first, 0, Long.MIN_VALUE, Long.MAX_VALUE);
            } catch (FileFailure _) {
                throw new FileFailure(Errno.EINVAL);
            }
            if (value < least || value > largest) {
                throw new FileFailure(Errno.EINVAL);
            }
            changed.put(name, Long.toString(value));
        });
    }

    /** A line of text: proc_dostring. */
    Maker text(String name, String initial) {
        return setting(0644, name, initial, bytes -> {
            String line = text(bytes).split("\n", 2)[0];
            changed.put(name, line.substring(0, Math.min(line.length(), LONGEST_TEXT)));
        });
    }

    /** Something that is only told to happen, and of which nothing is seen here. */
    Maker command() {
        return nodes.writable(0200, () -> "", _ -> {});
    }

    private Maker setting(int permissions, String name, String initial, Writer writer) {
        return nodes.writable(permissions, () -> changed.getOrDefault(name, initial) + "\n", writer);
    }

    private static String text(byte[] bytes) {
        String text = GuestText.of(bytes);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public Saved capture() {
        TreeMap<String, String> now = new TreeMap<>(changed);
        return () -> changed = new TreeMap<>(now);
    }
}
