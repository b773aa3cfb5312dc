package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.host.Doorbell;
import dev.gostub.emulator.host.FixedTerminal;
import dev.gostub.emulator.host.LiveFiles;
import dev.gostub.emulator.host.LiveHost;
import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.oracle.CCompiler;
import dev.gostub.emulator.oracle.CPrograms;
import dev.gostub.limit.Deadline;
import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The C programs that try Linux out, taken back to earlier moments: whatever they had made of files, sockets, locks, threads and processes by then, they go on as the first time. */
class SnapshotTest {
    private static final int SLICE = 5_000;
    private static final int MOMENTS = 6;

    @TempDir
    private Path folder;

    private final Deadline deadline = TimeLimit.seconds(400).start();
    private final FixedTerminal terminal = new FixedTerminal();

    @ParameterizedTest
    @MethodSource("withoutInput")
    void restoredMomentGoesOnAsTheFirstTime(String name) throws Exception {
        CCompiler.assumeForThisMachine();
        Path program = CPrograms.compile(name, "-static", folder);
        Machine machine = machine(program);
        MachineSnapshot start = machine.capture();
        List<Long> expected = toTheEnd(machine);
        String output = terminal.output();
        assertFalse(output.isEmpty());
        assertTrue(expected.size() > MOMENTS, expected.size() + " slices");
        machine.restore(start);
        terminal.clear();
        for (int moment = 1; moment <= MOMENTS; moment++) {
            int slices = expected.size() * moment / (MOMENTS + 1);
            machine.run(RunPlan.ALL, (long) SLICE * slices - machine.moment().instructions(), () -> false);
            MachineSnapshot snapshot = machine.capture();
            String before = terminal.output();
            assertEquals(expected.get(slices - 1), machine.stateHash(), "in slice " + slices);
            List<Long> rest = expected.subList(slices, expected.size());
            assertEquals(rest, toTheEnd(machine), "on from slice " + slices);
            assertEquals(output, terminal.output());
            machine.restore(snapshot);
            assertEquals(expected.get(slices - 1), machine.stateHash(), "back in slice " + slices);
            assertEquals(rest, toTheEnd(machine), "again from slice " + slices);
            assertEquals(output + output.substring(before.length()), terminal.output());
            machine.restore(snapshot);
            output = output.substring(before.length());
            terminal.clear();
        }
    }

    /** All but the one that reads standard input: what comes from outside does not come a second time by itself. */
    private static List<String> withoutInput() throws IOException {
        return CPrograms.names().stream().filter(name -> !name.equals("proc")).toList();
    }

    private Machine machine(Path program) throws IOException, BadProgramException {
        terminal.end();
        LiveHost host = new LiveHost(1, new LiveFiles(Path.of("/")), new Doorbell(), Map.of("A", "b"), terminal);
        return new Machine(new MachineConfiguration(
                host,
                program.toString(),
                Optional.empty(),
                List.of(program.toString(), "argument"),
                List.of("A=b"),
                folder.toString(),
                MachineConfiguration.USUAL_PROCESSORS,
                MachineConfiguration.USUAL_MEMORY_BYTES));
    }

    private List<Long> toTheEnd(Machine machine) {
        List<Long> hashes = new ArrayList<>();
        StopEvent event = machine.run(RunPlan.ALL, SLICE, deadline::isOver);
        while (event instanceof StopEvent.BudgetUsed) {
            hashes.add(machine.stateHash());
            event = machine.run(RunPlan.ALL, SLICE, deadline::isOver);
        }
        assertTrue(event instanceof StopEvent.Exited, event.toString());
        return hashes;
    }
}
