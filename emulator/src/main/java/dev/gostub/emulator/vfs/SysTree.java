package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.FileStatistics;
import dev.gostub.emulator.vfs.GeneratedNodes.Entries;

/** /sys: the few files that language runtimes read, in the kernel's formats. */
final class SysTree {
    private final GeneratedNodes nodes;
    private final Processes processes;

    SysTree(GeneratedNodes nodes, Processes processes) {
        this.nodes = nodes;
        this.processes = processes;
    }

    void mount(TreeDirectory root, Mounts mounts) {
        // Go asks for the first of these before anything else (runtime/os_linux.go, getHugePageSize).
        Entries hugePages = new Entries()
                .put("hpage_pmd_size", nodes.text(() -> "2097152\n"))
                .put("enabled", nodes.text(() -> "always [madvise] never\n"));
        Entries memory = new Entries().put("transparent_hugepage", nodes.directory(hugePages));
        Entries cpu = new Entries();
        for (String file : new String[] {"online", "possible", "present"}) {
            cpu.put(file, nodes.text(this::cpuRange));
        }
        Entries system = new Entries()
                .put("cpu", nodes.directory(cpu))
                .put("node", nodes.directory(new Entries().put("online", nodes.text(() -> "0\n"))));
        Entries sys = new Entries()
                .put("devices", nodes.directory(new Entries().put("system", nodes.directory(system))))
                .put("kernel", nodes.directory(new Entries().put("mm", nodes.directory(memory))));
        FileSystem files = new MemorySystem("sysfs", "sysfs", Inodes.SYS_DEVICE, FileStatistics.SYSFS_MAGIC);
        nodes.mount(root, "sys", mounts, files, sys);
    }

    private String cpuRange() {
        int cpus = processes.system().cpus();
        return cpus == 1 ? "0\n" : "0-" + (cpus - 1) + "\n";
    }
}
