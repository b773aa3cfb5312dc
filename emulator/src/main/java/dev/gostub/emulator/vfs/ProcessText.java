package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Stat;
import dev.gostub.emulator.vfs.ProcessView.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Texts of the files of one process or task, in the formats of {@code proc(5)}. */
record ProcessText(ProcessView process, TaskView task, List<ProcessView.MappedRegion> regions, GuestClock clock) {
    private static final List<String> CAPABILITY_SETS = List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb");
    private static final long TICK_NANOS = 10_000_000L;
    private static final int PAGE_BYTES = 4096;
    private static final int KIB = 1024;
    private static final int PATH_COLUMN = 73;
    private static final List<String> PRIVATE_COUNTS =
            List.of("Rss", "Pss", "Private_Dirty", "Referenced", "Anonymous");
    private static final List<String> OTHER_COUNTS = List.of(
            "Shared_Clean", "Shared_Dirty", "Private_Clean", "LazyFree", "AnonHugePages", "Swap", "SwapPss", "Locked");

    String maps() {
        return mappings(_ -> "");
    }

    /**
     * gdb reads here what belongs into a core file: without these counts it saves all that Go has only reserved, a gigabyte. What we do
     * not count is zero.
     */
    String smaps() {
        return mappings(region -> {
            String permissions = region.permissions();
            StringBuilder text = new StringBuilder(kilobytes("Size", region.end() - region.start()));
            text.append(kilobytes("KernelPageSize", PAGE_BYTES)).append(kilobytes("MMUPageSize", PAGE_BYTES));
            for (String count : PRIVATE_COUNTS) text.append(kilobytes(count, region.privateBytes()));
            for (String count : OTHER_COUNTS) text.append(kilobytes(count, 0));
            text.append("VmFlags:").append(permissions.contains("r") ? " rd" : "");
            text.append(permissions.contains("w") ? " wr" : "").append(permissions.contains("x") ? " ex" : "");
            return text.append(permissions.endsWith("s") ? " sh" : "")
                    .append(" mr mw me\n")
                    .toString();
        });
    }

    private static String kilobytes(String name, long bytes) {
        return String.format(Locale.ROOT, "%-16s%8d kB\n", name + ":", bytes / KIB);
    }

    private String mappings(Function<ProcessView.MappedRegion, String> details) {
        StringBuilder text = new StringBuilder();
        for (ProcessView.MappedRegion region : regions) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%08x-%08x %s %08x %02x:%02x %d ",
                    region.start(),
                    region.end(),
                    region.permissions(),
                    region.offset(),
                    Stat.major(region.device()),
                    Stat.minor(region.device()),
                    region.inode()));
            if (!region.path().isEmpty()) {
                line.repeat(' ', Math.max(0, PATH_COLUMN - line.length()));
                line.append(region.path().replace("\n", "\\012")); // seq_file_path of fs/seq_file.c
            }
            text.append(line).append('\n').append(details.apply(region));
        }
        return text.toString();
    }

    private long mappedBytes() {
        return regions.stream()
                .mapToLong(region -> region.end() - region.start())
                .sum();
    }

    /** The 52 fields of {@code /proc/PID/stat}; those that Linux would count and we do not are zero. */
    String stat() {
        long user = task.userNanos() / TICK_NANOS;
        long system = task.systemNanos() / TICK_NANOS;
        long bytes = mappedBytes();
        return task.number() + " (" + task.name() + ") " + task.state() + " " + process.parent() + " "
                + process.group() + " " + process.session() + " 0 -1 4194304 0 0 0 0 " + user + " " + system
                + " 0 0 20 0 "
                + process.tasks().size() + " 0 " + process.startNanos() / TICK_NANOS + " " + bytes + " "
                + bytes / PAGE_BYTES + " 18446744073709551615 0 0 0 0 0 "
                + (task.signals().pending() & 0x7FFFFFFF) + " "
                + (task.signals().blocked() & 0x7FFFFFFF) + " "
                + (task.signals().ignored() & 0x7FFFFFFF) + " "
                + (task.signals().caught() & 0x7FFFFFFF)
                + " 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    }

    String statm() {
        long pages = mappedBytes() / PAGE_BYTES;
        return pages + " " + pages + " 0 0 0 " + pages + " 0\n";
    }

    private static String columns(List<Integer> numbers) {
        return numbers.stream().map(number -> "\t" + number).collect(Collectors.joining());
    }

    String status() {
        ProcessView.SignalSets signals = task.signals();
        String groups =
                process.supplementaryGroups().stream().map(group -> group + " ").collect(Collectors.joining());
        String name = task.name().replace("\\", "\\\\").replace("\n", "\\n"); // proc_task_name of fs/proc/array.c
        return "Name:\t" + name + umask() + "\nState:\t" + task.state() + " (" + stateName() + ")\nTgid:\t"
                + process.number()
                + "\nNgid:\t0\nPid:\t" + task.number() + "\nPPid:\t" + process.parent() + "\nTracerPid:\t0\nUid:"
                + columns(process.users()) + "\nGid:" + columns(process.groups())
                + "\nFDSize:\t" + (task.isZombie() ? 0 : 64) + "\nGroups:\t" + groups + size() + "\nThreads:\t"
                + process.tasks().size() + "\nSigQ:\t0/127000\nSigPnd:\t" + mask(signals.pending()) + "\nShdPnd:\t"
                + mask(signals.sharedPending()) + "\nSigBlk:\t" + mask(signals.blocked()) + "\nSigIgn:\t"
                + mask(signals.ignored()) + "\nSigCgt:\t" + mask(signals.caught())
                + capabilities() + "\nNoNewPrivs:\t" + (process.hasNoNewPrivileges() ? 1 : 0)
                + "\nSeccomp:\t0\nvoluntary_ctxt_switches:\t0\nnonvoluntary_ctxt_switches:\t0\n";
    }

    private String capabilities() {
        StringBuilder lines = new StringBuilder();
        List<Long> sets = process.capabilities();
        for (int i = 0; i < CAPABILITY_SETS.size(); i++) {
            lines.append('\n').append(CAPABILITY_SETS.get(i)).append(":\t").append(mask(sets.get(i)));
        }
        return lines.toString();
    }

    /** Lines that a task without memory and files has not. */
    private String umask() {
        return task.isZombie()
                ? ""
                : String.format(Locale.ROOT, "\nUmask:\t%04o", process.context().umask());
    }

    private String size() {
        long kib = mappedBytes() / KIB;
        return task.isZombie() ? "" : "\nVmPeak:\t" + kib + " kB\nVmSize:\t" + kib + " kB\nVmRSS:\t" + kib + " kB";
    }

    private String stateName() {
        return switch (task.state()) {
            case 'R' -> "running";
            case 'S' -> "sleeping";
            case 'T' -> "stopped";
            case 't' -> "tracing stop";
            case 'Z' -> "zombie";
            default -> "disk sleep";
        };
    }

    private static String mask(long set) {
        return String.format(Locale.ROOT, "%016x", set);
    }

    String limits() {
        String header =
                String.format(Locale.ROOT, "%-25s %-20s %-20s %-10s", "Limit", "Soft Limit", "Hard Limit", "Units");
        String files = String.format(
                Locale.ROOT,
                "%-25s %-20d %-20d %-10s",
                "Max open files",
                process.files().limit(),
                FileTable.LARGEST_LIMIT,
                "files");
        return header + "\n" + files + "\n";
    }
}
