package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.OpenFlags;
import dev.gostub.emulator.vfs.GeneratedDirectory.Listing;
import dev.gostub.emulator.vfs.GeneratedFile.Content;
import dev.gostub.emulator.vfs.GeneratedNodes.Entries;
import dev.gostub.emulator.vfs.PathWalker.LastLink;
import dev.gostub.emulator.vfs.ProcessView.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The directory of a process in /proc, and those of its tasks. */
final class ProcessTree {
    private final GeneratedNodes nodes;
    private final Processes processes;
    private final GuestClock clock;
    private final Mounts mounts;

    ProcessTree(GeneratedNodes nodes, Processes processes, GuestClock clock, Mounts mounts) {
        this.mounts = mounts;
        this.nodes = nodes;
        this.processes = processes;
        this.clock = clock;
    }

    GeneratedDirectory directory(GeneratedDirectory parent, String name, ProcessView process) {
        TaskSubject subject = TaskSubject.of(process, process.number());
        Entries entries = common(subject)
                .put("task", (above, own) -> nodes.directory(above, own, owner(process), new Tasks(this, process)));
        new ProcessWrites(nodes, processes, subject).ofProcess(entries);
        return nodes.directory(parent, name, owner(process), new OfTask(subject, entries, true));
    }

    private GeneratedDirectory taskDirectory(GeneratedDirectory parent, ProcessView process, TaskView task) {
        TaskSubject subject = TaskSubject.of(process, task.number());
        Listing entries = new OfTask(subject, common(subject), false);
        return nodes.directory(parent, Integer.toString(task.number()), owner(process), entries);
    }

    /**
     * The entries of a task for as long as there is one.
     *
     * @param checked who looks into the directory of a process that is gone hears ESRCH (proc_pid_permission of fs/proc/base.c)
     */
    private record OfTask(TaskSubject subject, Entries entries, boolean checked) implements Listing {
        @Override
        public void entered() throws FileFailure {
            if (checked) {
                subject.task();
            }
        }

        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return subject.exists() ? entries.lookup(self, name) : Optional.empty();
        }

        @Override
        public List<String> names() throws FileFailure {
            if (!subject.exists()) {
                throw new FileFailure(Errno.ENOENT);
            }
            return entries.names();
        }
    }

    /** A text that a task without a place in the tree has not. */
    private record MountsText(TaskSubject subject, Table table) implements Content {
        @Override
        public void opened() throws FileFailure {
            if (!subject.isAlive()) {
                throw new FileFailure(Errno.EINVAL);
            }
        }

        /** A table as somebody with a root sees it. */
        @FunctionalInterface
        interface Table {
            String seenFrom(Directory root) throws FileFailure;
        }

        @Override
        public byte[] bytes() throws FileFailure {
            return GuestText.bytes(table.seenFrom(subject.process().context().root()));
        }
    }

    /**
     * Bytes of the memory that was there when the file was opened.
     *
     * @param kept they are there even when the memory is not: the auxiliary vector
     */
    private record OfMemory(TaskSubject subject, Supplier<byte[]> what, boolean kept) implements Content {
        @Override
        public void opened() throws FileFailure {
            subject.requireMemory();
        }

        @Override
        public byte[] bytes() {
            return kept || subject.process().holdsMemory() ? what.get() : new byte[0];
        }
    }

    private static Credentials owner(ProcessView process) {
        return process.context().credentials();
    }

    private Entries common(TaskSubject subject) {
        ProcessView process = subject.process();
        byte[] vector = process.auxiliaryVector();
        return new ProcessWrites(nodes, processes, subject)
                .common(new Entries())
                .put("auxv", nodes.bytes(0400, new OfMemory(subject, () -> vector, true)))
                .put("cgroup", text(subject, _ -> "0::/\n"))
                .put("cmdline", nodes.bytes(0444, () -> commandLine(subject)))
                .put("cwd", magicDirectory(subject, FileSystemContext::current))
                .put("environ", nodes.bytes(0400, new OfMemory(subject, process::environment, false)))
                .put("exe", nodes.magic(() -> ofLive(subject, process::executable), () -> executable(subject)))
                .put("fd", folder(subject, new Descriptors(nodes, subject)))
                .put("fdinfo", folder(subject, new DescriptorFacts(nodes, subject)))
                .put("limits", text(subject, ProcessText::limits))
                .put("maps", text(subject, ProcessText::maps))
                .put("mem", nodes.bytes(0600, new ProcessMemory(subject, ProcessMemory.Kind.MEM)))
                .put("mountinfo", nodes.bytes(0444, new MountsText(subject, mounts::mountInfo)))
                .put("mounts", nodes.bytes(0444, new MountsText(subject, mounts::mounts)))
                .put("net", nodes.directory(new Entries()))
                .put("pagemap", nodes.bytes(0400, new ProcessMemory(subject, ProcessMemory.Kind.PAGEMAP)))
                .put("root", magicDirectory(subject, FileSystemContext::root))
                .put("smaps", text(subject, ProcessText::smaps))
                .put("stat", text(subject, ProcessText::stat))
                .put("statm", text(subject, ProcessText::statm))
                .put("status", text(subject, ProcessText::status));
    }

    private GeneratedNodes.Maker text(TaskSubject subject, Function<ProcessText, String> text) {
        return nodes.text(() -> text.apply(subject.text(clock)));
    }

    private GeneratedNodes.Maker folder(TaskSubject subject, Listing listing) {
        return (above, own) -> nodes.directory(above, own, owner(subject.process()), listing);
    }

    private static byte[] commandLine(TaskSubject subject) throws FileFailure {
        return subject.task().isZombie() ? new byte[0] : subject.process().commandLine();
    }

    /** The text of a link: none, which is told as ENOENT, from a task that has ended. */
    private static String ofLive(TaskSubject subject, Supplier<String> text) {
        return subject.whileAlive(text).orElse("");
    }

    private GeneratedNodes.Maker magicDirectory(TaskSubject subject, Function<FileSystemContext, Directory> which) {
        FileSystemContext context = subject.process().context();
        return nodes.magic(
                () -> ofLive(subject, () -> pathOf(context, which.apply(context))),
                () -> subject.whileAlive(() -> which.apply(context)));
    }

    private static String pathOf(FileSystemContext context, Directory directory) {
        try {
            return directory.path(context.root());
        } catch (FileFailure _) {
            return "/" + directory.name() + " (deleted)";
        }
    }

    private static Optional<Node> executable(TaskSubject subject) {
        if (!subject.isAlive()) {
            return Optional.empty();
        }
        ProcessView process = subject.process();
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
        public List<String> names() throws FileFailure {
            if (process.tasks().isEmpty()) {
                throw new FileFailure(Errno.ENOENT);
            }
            return process.tasks().stream()
                    .map(task -> Integer.toString(task.number()))
                    .toList();
        }
    }

    private static List<String> descriptors(TaskSubject subject) throws FileFailure {
        if (!subject.exists()) {
            throw new FileFailure(Errno.ENOENT);
        }
        List<Integer> used = subject.whileAlive(() -> subject.process().files().descriptors())
                .orElse(List.of());
        return used.stream().map(fd -> Integer.toString(fd)).toList();
    }

    private static Optional<OpenFile> file(TaskSubject subject, String name) {
        return subject.isAlive() ? Decimal.parse(name).flatMap(subject.process().files()::find) : Optional.empty();
    }

    /** {@code /proc/PID/fd}. */
    private record Descriptors(GeneratedNodes nodes, TaskSubject subject) implements Listing {
        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return file(subject, name)
                    .map(file -> nodes.magic(
                                    file::path, () -> Optional.of(file.object().node()))
                            .make(self, name));
        }

        @Override
        public List<String> names() throws FileFailure {
            return descriptors(subject);
        }
    }

    /** {@code /proc/PID/fdinfo}. */
    private record DescriptorFacts(GeneratedNodes nodes, TaskSubject subject) implements Listing {
        @Override
        public Optional<Node> lookup(GeneratedDirectory self, String name) {
            return file(subject, name).map(_ -> nodes.text(() -> facts(name)).make(self, name));
        }

        private String facts(String name) throws FileFailure {
            OpenFile file = file(subject, name).orElseThrow(() -> new FileFailure(Errno.ENOENT));
            int closing =
                    subject.process().files().descriptorFlags(Integer.parseInt(name)) != 0 ? OpenFlags.O_CLOEXEC : 0;
            return String.format(
                    Locale.ROOT,
                    "pos:\t%d\nflags:\t0%o\nmnt_id:\t21\nino:\t%d\n",
                    file.offset(),
                    file.flags() | closing,
                    file.stat().inode());
        }

        @Override
        public List<String> names() throws FileFailure {
            return descriptors(subject);
        }
    }
}
