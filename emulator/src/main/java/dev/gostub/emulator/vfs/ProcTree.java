package dev.gostub.emulator.vfs;

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
    private static final Credentials ROOT = new Credentials(0, 0);

    private final GeneratedNodes nodes;
    private final Processes processes;
    private final Entropy entropy;

    ProcTree(GeneratedNodes nodes, Processes processes, Entropy entropy) {
        this.nodes = nodes;
        this.processes = processes;
        this.entropy = entropy;
    }

    void mount(TreeDirectory root, GuestClock clock) {
        SystemText text = new SystemText(processes, clock);
        Entries fixed = new Entries()
                .put("cmdline", nodes.text(() -> "gostub\n"))
                .put("cpuinfo", nodes.text(text::cpuinfo))
                .put("filesystems", nodes.text(() -> "nodev\tsysfs\nnodev\tproc\nnodev\ttmpfs\n\toverlay\n"))
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
        Listing listing = new Root(fixed, processes, new ProcessTree(nodes, clock));
        root.bind("proc", nodes.directory(root, "proc", ROOT, listing), clock.realtimeNanos());
    }

    private Entries systemSettings() {
        Entries kernel = new Entries()
                .put("cap_last_cap", nodes.text(() -> "40\n"))
                .put("hostname", nodes.text(() -> system().hostName() + "\n"))
                .put("msgmax", nodes.text(() -> SystemVIpc.MSGMAX + "\n"))
                .put("msgmnb", nodes.text(() -> SystemVIpc.MSGMNB + "\n"))
                .put("msgmni", nodes.text(() -> SystemVIpc.MSGMNI + "\n"))
                .put("ngroups_max", nodes.text(() -> "65536\n"))
                .put("osrelease", nodes.text(() -> system().release() + "\n"))
                .put("ostype", nodes.text(() -> "Linux\n"))
                .put("overflowuid", nodes.text(() -> "65534\n"))
                .put("pid_max", nodes.text(() -> "4194304\n"))
                .put(
                        "random",
                        nodes.directory(new Entries()
                                .put("boot_id", nodes.text(() -> "676f7374-7562-4000-8000-000000000001\n"))
                                .put("uuid", nodes.text(this::uuid))))
                .put("randomize_va_space", nodes.text(() -> "0\n"))
                .put("sem", nodes.text(ProcTree::semaphoreLimits))
                .put("shm_rmid_forced", nodes.text(() -> "0\n"))
                .put("shmall", nodes.text(() -> Long.toUnsignedString(SystemVIpc.SHMALL) + "\n"))
                .put("shmmax", nodes.text(() -> Long.toUnsignedString(SystemVIpc.SHMMAX) + "\n"))
                .put("shmmni", nodes.text(() -> SystemVIpc.SHMMNI + "\n"))
                .put("threads-max", nodes.text(() -> "127000\n"))
                .put("version", nodes.text(() -> system().version() + "\n"))
                .put("yama", nodes.directory(new Entries().put("ptrace_scope", nodes.text(() -> "0\n"))));
        Entries vm = new Entries()
                .put("max_map_count", nodes.text(() -> "65530\n"))
                .put("mmap_min_addr", nodes.text(() -> "65536\n"))
                .put("overcommit_memory", nodes.text(() -> "0\n"));
        Entries fs = new Entries()
                .put("file-max", nodes.text(() -> "9223372036854775807\n"))
                .put("nr_open", nodes.text(() -> FileTable.LARGEST_LIMIT + "\n"))
                .put("pipe-max-size", nodes.text(() -> Pipe.LARGEST_BYTES + "\n"));
        Entries core = new Entries().put("somaxconn", nodes.text(() -> "4096\n"));
        return new Entries()
                .put("fs", nodes.directory(fs))
                .put("kernel", nodes.directory(kernel))
                .put("net", nodes.directory(new Entries().put("core", nodes.directory(core))))
                .put("vm", nodes.directory(vm));
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
