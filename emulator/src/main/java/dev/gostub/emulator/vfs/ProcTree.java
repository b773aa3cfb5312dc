package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.abi.SystemVIpc;
import dev.gostub.emulator.host.Entropy;
import dev.gostub.emulator.vfs.GeneratedDirectory.Listing;
import dev.gostub.emulator.vfs.GeneratedNodes.Entries;
import dev.gostub.emulator.vfs.Processes.Ipc;
import dev.gostub.emulator.vfs.Processes.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** /proc apart from the directories of processes: {@code proc(5)} as far as programs and language runtimes read it. */
final class ProcTree {
    private final GeneratedNodes nodes;
    private final Processes processes;
    private final Entropy entropy;
    private final SystemSettings settings;
    private final Mounts mounts;

    ProcTree(GeneratedNodes nodes, Processes processes, Entropy entropy, Mounts mounts) {
        this.mounts = mounts;
        this.settings = new SystemSettings(nodes);
        this.nodes = nodes;
        this.processes = processes;
        this.entropy = entropy;
    }

    /** What was written below /proc/sys. */
    SystemSettings settings() {
        return settings;
    }

    void mount(TreeDirectory root, GuestClock clock) {
        SystemText text = new SystemText(processes, clock);
        Entries fixed = new Entries()
                .put("cmdline", nodes.text(() -> "gostub\n"))
                .put("cpuinfo", nodes.text(text::cpuinfo))
                .put(
                        "filesystems",
                        nodes.text(
                                () ->
                                        "nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tdevtmpfs\nnodev\tdevpts\nnodev\toverlay\n"))
                .put("loadavg", nodes.text(() -> "0.00 0.00 0.00 1/1 " + processes.currentProcess() + "\n"))
                .put("meminfo", nodes.text(text::meminfo))
                .put("mounts", nodes.link(() -> "self/mounts"))
                .put("net", nodes.link(() -> "self/net"))
                .put("self", nodes.link(() -> Integer.toString(processes.currentProcess())))
                .put("stat", nodes.text(text::stat))
                .put("sys", nodes.directory(systemSettings()))
                .put("sysvipc", nodes.directory(ipcTables()))
                .put("thread-self", nodes.link(() -> processes.currentProcess() + "/task/" + processes.currentTask()))
                .put("uptime", nodes.text(text::uptime))
                .put("version", nodes.text(text::version));
        Listing listing = new Root(fixed, processes, new ProcessTree(nodes, processes, clock, mounts));
        FileSystem system = new MemorySystem("proc", "proc", Inodes.PROC_DEVICE, FileStatistics.PROC_SUPER_MAGIC);
        nodes.mount(root, "proc", mounts, system, listing);
    }

    private Entries systemSettings() {
        Entries kernel = new Entries()
                .put("cap_last_cap", nodes.text(() -> "40\n"))
                .put("core_pattern", settings.text("core_pattern", "core"))
                .put("core_uses_pid", settings.number("core_uses_pid", 0, 0, 1))
                .put("dmesg_restrict", settings.number("dmesg_restrict", 0, 0, 1))
                .put("hostname", nodes.text(() -> system().hostName() + "\n"))
                .put("kptr_restrict", settings.number("kptr_restrict", 0, 0, 2))
                .put("msgmax", nodes.text(() -> SystemVIpc.MSGMAX + "\n"))
                .put("msgmnb", nodes.text(() -> SystemVIpc.MSGMNB + "\n"))
                .put("msgmni", nodes.text(() -> SystemVIpc.MSGMNI + "\n"))
                .put("ngroups_max", nodes.text(() -> "65536\n"))
                .put("osrelease", nodes.text(() -> system().release() + "\n"))
                .put("ostype", nodes.text(() -> "Linux\n"))
                .put("overflowuid", nodes.text(() -> "65534\n"))
                .put("panic", settings.number("panic", 0, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .put("perf_event_paranoid", settings.number("perf_event_paranoid", 2, -1, Integer.MAX_VALUE))
                .put("pid_max", settings.number("pid_max", 4_194_304, 301, 4_194_304))
                .put("printk_devkmsg", settings.text("printk_devkmsg", "ratelimit"))
                .put(
                        "random",
                        nodes.directory(new Entries()
                                .put("boot_id", nodes.text(() -> "676f7374-7562-4000-8000-000000000001\n"))
                                .put("uuid", nodes.text(this::uuid))))
                .put("randomize_va_space", settings.number("randomize_va_space", 0, 0, 2))
                .put("sched_autogroup_enabled", settings.number("sched_autogroup_enabled", 1, 0, 1))
                .put("sem", nodes.text(ProcTree::semaphoreLimits))
                .put("shm_rmid_forced", nodes.text(() -> "0\n"))
                .put("shmall", nodes.text(() -> Long.toUnsignedString(SystemVIpc.SHMALL) + "\n"))
                .put("shmmax", nodes.text(() -> Long.toUnsignedString(SystemVIpc.SHMMAX) + "\n"))
                .put("shmmni", nodes.text(() -> SystemVIpc.SHMMNI + "\n"))
                .put("sysrq", settings.number("sysrq", 438, 0, Integer.MAX_VALUE))
                .put("tainted", settings.number("tainted", 0, 0, Long.MAX_VALUE))
                .put("threads-max", settings.number("threads-max", 127_000, 1, 1 << 30))
                .put("version", nodes.text(() -> system().version() + "\n"))
                .put(
                        "yama",
                        nodes.directory(new Entries().put("ptrace_scope", settings.number("ptrace_scope", 0, 0, 3))));
        Entries vm = new Entries()
                .put("compact_memory", settings.command())
                .put("drop_caches", settings.command())
                .put("max_map_count", settings.number("max_map_count", 65_530, 0, Integer.MAX_VALUE))
                .put("mmap_min_addr", settings.number("mmap_min_addr", 65_536, 0, Long.MAX_VALUE))
                .put("overcommit_memory", settings.number("overcommit_memory", 0, 0, 2))
                .put("overcommit_ratio", settings.number("overcommit_ratio", 50, 0, Integer.MAX_VALUE))
                .put("swappiness", settings.number("swappiness", 60, 0, 200));
        Entries fs = new Entries()
                .put("file-max", settings.number("file-max", Long.MAX_VALUE, 0, Long.MAX_VALUE))
                .put("inotify", nodes.directory(inotify()))
                .put("nr_open", settings.number("nr_open", FileTable.LARGEST_LIMIT, 64, FileTable.LARGEST_LIMIT))
                .put("pipe-max-size", settings.number("pipe-max-size", Pipe.LARGEST_BYTES, 4096, Integer.MAX_VALUE))
                .put("protected_hardlinks", settings.number("protected_hardlinks", 1, 0, 1))
                .put("protected_symlinks", settings.number("protected_symlinks", 1, 0, 1))
                .put("suid_dumpable", settings.number("suid_dumpable", 0, 0, 2));
        Entries core = new Entries().put("somaxconn", settings.number("somaxconn", 4096, 0, Integer.MAX_VALUE));
        return new Entries()
                .put("fs", nodes.directory(fs))
                .put("kernel", nodes.directory(kernel))
                .put("net", nodes.directory(new Entries().put("core", nodes.directory(core))))
                .put("vm", nodes.directory(vm));
    }

    private Entries inotify() {
        return new Entries()
                .put("max_queued_events", settings.number("max_queued_events", Inotify.MOST_EVENTS, 0, 1 << 30))
                .put("max_user_instances", settings.number("max_user_instances", 128, 0, 1 << 30))
                .put("max_user_watches", settings.number("max_user_watches", Inotify.MOST_WATCHES, 0, 1 << 30));
    }

    private static String semaphoreLimits() {
        return SystemVIpc.SEMMSL + "\t" + SystemVIpc.SEMMNS + "\t" + SystemVIpc.SEMOPM + "\t" + SystemVIpc.SEMMNI
                + "\n";
    }

    private Entries ipcTables() {
        return new Entries()
                .put("msg", nodes.text(() -> processes.ipcTable(Ipc.MSG)))
                .put("sem", nodes.text(() -> processes.ipcTable(Ipc.SEM)))
                .put("shm", nodes.text(() -> processes.ipcTable(Ipc.SHM)));
    }

    private SystemView system() {
        return processes.system();
    }

    /** A version 4 UUID from the machine's seed. */
    private String uuid() {
        long high = entropy.next() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = entropy.next() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        String h = String.format(Locale.ROOT, "%016x", high);
        String l = String.format(Locale.ROOT, "%016x", low);
        return String.join(
                        "-", h.substring(0, 8), h.substring(8, 12), h.substring(12), l.substring(0, 4), l.substring(4))
                + "\n";
    }

    /** The fixed entries and one directory for each process. */
    private record Root(Entries fixed, Processes processes, ProcessTree tree) implements Listing {
        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return fixed.lookup(self, name)
                    .or(() -> Decimal.parse(name)
                            .flatMap(processes::process)
                            .map(process -> tree.directory(self, name, process)));
        }

        /** Processes come first, as on Linux once sorted. */
        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            processes.numbers().forEach(number -> names.add(Integer.toString(number)));
            names.addAll(fixed.names());
            return names;
        }
    }
}
