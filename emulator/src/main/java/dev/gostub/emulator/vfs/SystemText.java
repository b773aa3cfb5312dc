package dev.gostub.emulator.vfs;

import dev.gostub.emulator.vfs.Processes.SystemView;
import java.util.Locale;

/** Texts of the files of /proc that concern the whole machine, in the formats of {@code proc(5)}. */
record SystemText(Processes processes, GuestClock clock) {
    private static final long NANOS = 1_000_000_000L;
    private static final long TICK_NANOS = 10_000_000L;
    private static final int KIB = 1024;

    /** Only what no other part of the machine could contradict: features are to be asked from CPUID. */
    String cpuinfo() {
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < processes.system().cpus(); cpu++) {
            text.append("processor\t: ").append(cpu).append('\n');
            text.append("vendor_id\t: GenuineIntel\n");
            text.append("model name\t: gostub\n");
            text.append("cpu MHz\t\t: 1000.000\n");
            text.append("physical id\t: 0\n");
            text.append("siblings\t: ").append(processes.system().cpus()).append('\n');
            text.append("core id\t\t: ").append(cpu).append('\n');
            text.append("cpu cores\t: ").append(processes.system().cpus()).append('\n');
            text.append("fpu\t\t: yes\n");
            text.append("clflush size\t: 64\n");
            text.append("cache_alignment\t: 64\n");
            text.append("address sizes\t: 48 bits physical, 48 bits virtual\n\n");
        }
        return text.toString();
    }

    String meminfo() {
        SystemView system = processes.system();
        return memoryLine("MemTotal:", system.memoryBytes())
                + memoryLine("MemFree:", system.freeMemoryBytes())
                + memoryLine("MemAvailable:", system.freeMemoryBytes())
                + memoryLine("Buffers:", 0)
                + memoryLine("Cached:", 0)
                + memoryLine("SwapCached:", 0)
                + memoryLine("SwapTotal:", 0)
                + memoryLine("SwapFree:", 0)
                + "HugePages_Total:       0\nHugePages_Free:        0\nHugepagesize:       2048 kB\n";
    }

    private static String memoryLine(String name, long bytes) {
        return String.format(Locale.ROOT, "%-16s%8d kB\n", name, bytes / KIB);
    }

    String stat() {
        StringBuilder text = new StringBuilder("cpu  0 0 0 0 0 0 0 0 0 0\n");
        for (int cpu = 0; cpu < processes.system().cpus(); cpu++) {
            text.append("cpu").append(cpu).append(" 0 0 0 0 0 0 0 0 0 0\n");
        }
        long boot = (clock.realtimeNanos() - clock.monotonicNanos()) / NANOS;
        int count = processes.numbers().size();
        text.append("intr 0\nctxt 0\nbtime ")
                .append(boot)
                .append("\nprocesses ")
                .append(count);
        return text.append("\nprocs_running 1\nprocs_blocked 0\n").toString();
    }

    String uptime() {
        long ticks = clock.monotonicNanos() / TICK_NANOS;
        String seconds = ticks / 100 + "." + ticks / 10 % 10 + ticks % 10;
        return seconds + " 0.00\n";
    }

    String version() {
        SystemView system = processes.system();
        return "Linux version " + system.release() + " (gostub) " + system.version() + "\n";
    }
}
