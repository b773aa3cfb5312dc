package dev.gostub.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * This run of the tests, by a mark that no other process has on this machine until it is started anew. Whatever a run starts carries its mark,
 * so that the next run finds what one that was killed in the middle has left: containers by their label, processes in a list in {@code target}.
 */
final class TestRun {
    private static final Path LISTS = Subject.HOME.resolve("it-tests/target/started");
    private static final String PLACE = place();

    /** Of this run. */
    static final String MARK = mark(ProcessHandle.current()).orElseThrow();

    private static final Path OWN_LIST = begin();

    private TestRun() {}

    /** Where process numbers mean the same: one boot of one machine, and there one PID namespace. */
    private static String place() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "here";
        }
    }

    /** {@code PLACE PID START}; empty if the process is gone. */
    static Optional<String> mark(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // Behind the name, which may hold anything: the state is field 3, the start field 22 (proc_pid_stat(5)).
            String text = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(PLACE + " " + process.pid() + " " + fields[22 - 3])
                    .filter(_ -> !fields[0].equals("Z"));
        } catch (IOException notLinux) {
            return process.info().startInstant().map(start -> PLACE + " " + process.pid() + " " + start.toEpochMilli());
        }
    }

    /** The living process with a mark. */
    static Optional<ProcessHandle> find(String mark) {
        String[] words = mark.split(" ", -1);
        return words.length == 3 && words[1].matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(words[1]))
                        .filter(found -> mark(found).equals(Optional.of(mark)))
                : Optional.empty();
    }

    /** Whether the run with a mark is over for certain: it was here, and is gone. */
    static boolean isOver(String mark) {
        return mark.startsWith(PLACE + " ") && find(mark).isEmpty();
    }

    /** A process of this run has started. */
    static void started(ProcessHandle process) throws IOException {
        Optional<String> mark = mark(process);
        if (mark.isPresent()) {
            synchronized (TestRun.class) {
                Files.writeString(OWN_LIST, mark.get() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    private static Path begin() {
        try {
            Files.createDirectories(LISTS);
            endWhatKilledRunsLeft(LISTS);
            Path own = LISTS.resolve(Long.toString(ProcessHandle.current().pid()));
            Files.writeString(own, MARK + "\n");
            own.toFile().deleteOnExit();
            return own;
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    /** Every list begins with the mark of its run. */
    static void endWhatKilledRunsLeft(Path lists) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(lists)) {
            files = found.toList();
        }
        for (Path file : files) {
            List<String> marks = read(file);
            if (!marks.isEmpty() && isOver(marks.getFirst())) {
                marks.stream().skip(1).flatMap(mark -> find(mark).stream()).forEach(TestRun::end);
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException another) {
            return List.of(); // another run was faster
        }
    }

    private static void end(ProcessHandle process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
