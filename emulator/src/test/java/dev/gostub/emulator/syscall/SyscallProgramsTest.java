package dev.gostub.emulator.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.host.FixedTerminal;
import dev.gostub.emulator.host.GuestMount;
import dev.gostub.emulator.host.LiveFiles;
import dev.gostub.emulator.host.LiveFolder;
import dev.gostub.emulator.host.LiveHost;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.MachineConfiguration;
import dev.gostub.emulator.machine.RunPlan;
import dev.gostub.emulator.machine.StopEvent;
import dev.gostub.emulator.oracle.CCompiler;
import dev.gostub.emulator.oracle.CPrograms;
import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same small C programs on real Linux and here: what they print about each call must be equal. Needs an amd64 Linux with gcc and a
 * static C library.
 */
class SyscallProgramsTest {
    private static final String INPUT = "typed\n";
    /**
     * How often Linux is asked. The programs sleep where one task waits for what another does, which on a busy machine can be too short; what
     * Linux says at one time is right, and a fault of ours differs from all.
     */
    private static final int LINUX_RUNS = 5;

    private static final long MOST_INSTRUCTIONS = 2_000_000_000L;

    @TempDir
    private Path folder;

    private boolean mounted;

    @ParameterizedTest
    @MethodSource("forEveryUser")
    void programSaysTheSameAsOnLinux(String name) throws Exception {
        compare(name, "-static");
    }

    private static List<String> forEveryUser() throws IOException {
        return CPrograms.names().stream()
                .filter(name -> !name.equals("credentials") && !name.equals("peers"))
                .toList();
    }

    @Test
    void credentialsChangeAsOnLinux() throws Exception {
        CCompiler.assumeForThisMachine();
        String all = "0 0 4294967295";
        String map = Files.readString(Path.of("/proc/self/uid_map")).strip().replaceAll("\\s+", " ");
        assumeTrue(map.equals(all), "SKIPPED: in a user namespace not every number can be had");
        assumeTrue(rootMayAll(), "SKIPPED: this root may not change its numbers");
        compare("credentials", "-static");
    }

    @Test
    void peersAreTreatedAsOnLinux() throws Exception {
        CCompiler.assumeForThisMachine();
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        boolean filtered = status.stream().anyMatch(line -> line.matches("Seccomp:\\s+[12]"));
        assumeTrue(!filtered, "SKIPPED: a filter decides here which system calls there are");
        Path scope = Path.of("/proc/sys/kernel/yama/ptrace_scope");
        boolean traces = !Files.exists(scope) || Files.readString(scope).strip().compareTo("1") <= 0;
        assumeTrue(traces, "SKIPPED: here a process may not even trace its child");
        compare("peers", "-static");
    }

    /** A user who is not root may nothing, which is compared as well; a root of a container may have been left without CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_SETGID, CAP_SETUID. */
    private static boolean rootMayAll() throws IOException {
        long needed = 1L | 1L << 1 | 1L << 6 | 1L << 7;
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        boolean root = status.stream().anyMatch(line -> line.matches("Uid:\\s+0\\s+0\\s.*"));
        return !root
                || status.stream()
                        .filter(line -> line.startsWith("CapEff:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & needed) == needed);
    }

    /** With the machine's own dynamic linker and libraries. */
    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void dynamicallyLinkedProgramSaysTheSameAsOnLinux(String name) throws Exception {
        compare(name, "-pie");
    }

    /** Their working directory, and so what they make, is the host's own, of the kind that --writable opens. */
    @ParameterizedTest
    @ValueSource(strings = {"files", "locks", "memory", "ranges", "splice", "watches"})
    void programSaysTheSameInAFolderOfTheHost(String name) throws Exception {
        mounted = true;
        compare(name, "-static");
    }

    private void compare(String name, String kind) throws Exception {
        CCompiler.assumeForThisMachine();
        Path program = CPrograms.compile(name, kind, folder);
        List<String> actual = here(program).lines().toList();
        List<String> expected = List.of();
        for (int run = 0; run < LINUX_RUNS && !actual.equals(expected); run++) {
            expected = onLinux(program, folder.resolve("native" + run)).lines().toList();
        }
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i));
        }
        assertEquals(expected, actual);
    }

    private static String onLinux(Path program, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "argument")
                .directory(Files.createDirectory(directory).toFile());
        builder.environment().clear();
        builder.environment().put("A", "b");
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(INPUT.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // A program that does not read may be gone by now.
        }
        if (!TimeLimit.NEAR.awaitEnd(process)) {
            process.destroyForcibly().waitFor();
        }
        // All of it fits into the pipe, so it may be read after the end.
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.exitValue();
    }

    private String here(Path program) throws Exception {
        FixedTerminal terminal = new FixedTerminal();
        terminal.arrive(INPUT);
        terminal.end();
        Path directory = Files.createDirectory(folder.resolve("here"));
        LiveHost host = new LiveHost(1, new LiveFiles(Path.of("/")), new Doorbell(), Map.of("A", "b"), terminal)
                .with(mounted ? List.of(mount(directory)) : List.of());
        Machine machine = new Machine(new MachineConfiguration(
                host,
                program.toString(),
                Optional.empty(),
                List.of(program.toString(), "argument"),
                List.of("A=b"),
                directory.toString(),
                MachineConfiguration.USUAL_PROCESSORS,
                MachineConfiguration.USUAL_MEMORY_BYTES));
        StopEvent end = machine.run(RunPlan.ALL, MOST_INSTRUCTIONS, TimeLimit.ANSWER.start()::isOver);
        StopEvent.Exited exited = assertInstanceOf(StopEvent.Exited.class, end, terminal::output);
        return terminal.output() + "exit " + exited.status();
    }

    private static GuestMount mount(Path directory) throws IOException {
        return new GuestMount.Folder(directory.toString(), directory.toString(), LiveFolder.at(directory), true);
    }
}
