package dev.gostub.emulator.vfs;

import dev.gostub.emulator.vfs.GeneratedDirectory.Listing;
import dev.gostub.emulator.vfs.GeneratedNodes.Entries;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.ProcessView.TaskView;
import java.util.List;
import java.util.Optional;

/** The directory of a process in /proc, and those of its tasks. */
final class ProcessTree {
    private static final String MOUNTS =
            "overlay / overlay rw,relatime 0 0\nproc /proc proc rw 0 0\nsysfs /sys sysfs ro 0 0\ntmpfs /dev tmpfs rw 0 0\n";
    private static final String MOUNT_INFO = """
            21 1 0:51 / / rw,relatime - overlay overlay rw
            22 21 0:52 / /proc rw - proc proc rw
            23 21 0:52 / /sys ro - sysfs sysfs ro
            24 21 0:51 / /dev rw - tmpfs tmpfs rw
            """;

    private final GeneratedNodes nodes;
    private final Processes processes;
    private final GuestClock clock;

    ProcessTree(GeneratedNodes nodes, Processes processes, GuestClock clock) {
        this.nodes = nodes;
        this.processes = processes;
        this.clock = clock;
    }

    GeneratedDirectory directory(GeneratedDirectory parent, String name, ProcessView process) {
        Entries entries = common(process, process.tasks().getFirst(), new Entries())
                .put("task", (above, own) -> nodes.directory(above, own, owner(process), new Tasks(this, process)));
        new ProcessWrites(nodes, processes, process, process.number()).ofProcess(entries);
        return nodes.directory(parent, name, owner(process), entries);
    }

    private GeneratedDirectory taskDirectory(GeneratedDirectory parent, ProcessView process, TaskView task) {
        Entries entries = common(process, task, new Entries());
        return nodes.directory(parent, Integer.toString(task.number()), owner(process), entries);
    }

    private static Credentials owner(ProcessView process) {
        return process.context().credentials();
    }

    private Entries common(ProcessView process, TaskView task, Entries entries) {
        ProcessText text = new ProcessText(process, task, clock);
        FileSystemContext context = process.context();
        return new ProcessWrites(nodes, processes, process, task.number())
                .common(entries)
                .put("auxv", nodes.bytes(0400, process::auxiliaryVector))
                .put("cgroup", nodes.text(() -> "0::/\n"))
                .put("cmdline", nodes.bytes(0444, process::commandLine))
                .put("cwd", magicDirectory(context, context.current()))
                .put("environ", nodes.bytes(0400, process::environment))
                .put("exe", nodes.magic(process::executable, () -> executable(process)))
                .put("fd", (above, own) -> nodes.directory(above, own, owner(process), new Descriptors(nodes, process)))
                .put("limits", nodes.text(text::limits))
                .put("maps", nodes.text(text::maps))
                .put("mountinfo", nodes.text(() -> MOUNT_INFO))
                .put("mounts", nodes.text(() -> MOUNTS))
                .put("net", nodes.directory(new Entries()))
                .put("root", magicDirectory(context, context.root()))
                .put("smaps", nodes.text(text::smaps))
                .put("stat", nodes.text(text::stat))
                .put("statm", nodes.text(text::statm))
                .put("status", nodes.text(text::status));
    }

    private GeneratedNodes.Maker magicDirectory(FileSystemContext context, Directory directory) {
        return nodes.magic(() -> pathOf(context, directory), () -> Optional.of(directory));
    }

    private static String pathOf(FileSystemContext context, Directory directory) {
        try {
            return directory.path(context.root());
        } catch (FileFailure _) {
            return "/" + directory.name() + " (deleted)";
        }
    }

    private static Optional<Node> executable(ProcessView process) {
        try {
            At root = new At(process.context(), process.context().root());
            return PathWalker.walk(root, process.executable(), LastLink.FOLLOW).node();
        } catch (FileFailure _) {
            return Optional.empty();
        }
    }

    /** {@code /proc/PID/task}. */
    private record Tasks(ProcessTree tree, ProcessView process) implements Listing {
        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return process.tasks().stream()
                    .filter(task -> Integer.toString(task.number()).equals(name))
                    .findFirst()
                    .map(task -> tree.taskDirectory(self, process, task));
        }

        @Override
        public List<String> names() {
            return process.tasks().stream()
                    .map(task -> Integer.toString(task.number()))
                    .toList();
        }
    }

    /** {@code /proc/PID/fd}. */
    private record Descriptors(GeneratedNodes nodes, ProcessView process) implements Listing {
        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return Decimal.parse(name)
                    .flatMap(process.files()::find)
                    .map(file -> nodes.magic(
                                    file::path, () -> Optional.of(file.object().node()))
                            .make(self, name));
        }

        @Override
        public List<String> names() {
            return process.files().descriptors().stream()
                    .map(fd -> Integer.toString(fd))
                    .toList();
        }
    }
}
