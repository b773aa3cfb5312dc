package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same program with the same inputs is the same run, whatever the slices, and a restored moment goes on as the first time. */
class DeterminismTest {
    private static final int SLICE = 10_000;

    private static Machine hello(FixedHost host) throws IOException, BadProgramException {
        return Programs.machine(host, Files.readAllBytes(Path.of("../samples/hello")));
    }

    private static List<Long> hashes(Machine machine, int slice) {
        List<Long> hashes = new ArrayList<>();
        while (machine.run(slice) instanceof StopEvent.BudgetUsed) {
            hashes.add(machine.stateHash());
        }
        return hashes;
    }

    @Test
    void twoRunsAreEqualAtEveryTenThousandthInstruction() throws IOException, BadProgramException {
        FixedHost first = new FixedHost();
        List<Long> expected = hashes(hello(first), SLICE);
        FixedHost second = new FixedHost();
        assertEquals(expected, hashes(hello(second), SLICE));
        assertTrue(expected.size() > 30, expected.size() + " slices");
        assertEquals("hello go\n", first.terminal().output());
        assertEquals("hello go\n", second.terminal().output());
        assertEquals(expected.size(), expected.stream().distinct().count(), "a hash that never changes proves nothing");
    }

    @Test
    void slicesDoNotChangeTheRun() throws IOException, BadProgramException {
        List<Long> fine = hashes(hello(new FixedHost()), SLICE);
        List<Long> coarse = hashes(hello(new FixedHost()), 7 * SLICE);
        for (int i = 0; i < coarse.size(); i++) {
            assertEquals(fine.get(7 * (i + 1) - 1), coarse.get(i), "slice " + i);
        }
    }

    @Test
    void lookingAtEverySystemCallDoesNotChangeTheRun() throws IOException, BadProgramException {
        List<Long> expected = hashes(hello(new FixedHost()), SLICE);
        Machine watched = hello(new FixedHost());
        watched.reportSystemCalls(number -> true);
        List<Long> actual = new ArrayList<>();
        int calls = 0;
        for (StopEvent event = watched.run(SLICE); !(event instanceof StopEvent.Exited); ) {
            if (event instanceof StopEvent.BudgetUsed) actual.add(watched.stateHash());
            else calls++;
            event = watched.run(SLICE * (actual.size() + 1L) - watched.moment().instructions());
        }
        assertEquals(expected, actual);
        assertTrue(calls > 200, calls + " stops at calls");
    }

    /** Whoever has the turn runs within a range around where it is, the others as they like; signals are passed on. */
    @Test
    void steppingOverRangesDoesNotChangeTheRun() throws IOException, BadProgramException {
        List<Long> expected = hashes(hello(new FixedHost()), SLICE);
        Machine stepped = hello(new FixedHost());
        Random random = new Random(8);
        List<Long> actual = new ArrayList<>();
        int steps = 0;
        int pass = 0;
        for (StopEvent event = new StopEvent.BudgetUsed(); !(event instanceof StopEvent.Exited); ) {
            Task task = stepped.kernel()
                    .scheduler()
                    .current()
                    .orElse(stepped.tasks().getFirst());
            long start = task.cpu().rip - random.nextInt(40);
            TaskAction action = pass != 0
                    ? new TaskAction.Continue(pass)
                    : new TaskAction.StepRange(start, start + random.nextInt(400));
            RunPlan plan = new RunPlan(List.of(new RunPlan.TaskPlan(task.id(), action)), TaskAction.GO_ON);
            event = stepped.run(
                    plan, SLICE * (actual.size() + 1L) - stepped.moment().instructions(), () -> false);
            pass = event instanceof StopEvent.SignalReceived received
                    ? received.information().signal()
                    : 0;
            if (event instanceof StopEvent.Stepped) steps++;
            if (stepped.moment().instructions() == SLICE * (actual.size() + 1L)) actual.add(stepped.stateHash());
        }
        assertEquals(expected, actual);
        assertTrue(steps > 5000, steps + " steps");
    }

    @Test
    void aRestoredMomentGoesOnAsTheFirstTime() throws IOException, BadProgramException {
        for (long moment : new long[] {1, 50_000, 300_000, 450_000, 500_000}) {
            FixedHost host = new FixedHost();
            Machine machine = hello(host);
            assertInstanceOf(StopEvent.BudgetUsed.class, machine.run(moment));
            MachineSnapshot snapshot = machine.capture();
            long then = machine.stateHash();
            List<Long> first = hashes(machine, SLICE);
            machine.restore(snapshot);
            assertEquals(then, machine.stateHash());
            assertEquals(first, hashes(machine, SLICE), "from " + moment);
            machine.restore(snapshot);
            assertEquals(first, hashes(machine, SLICE), "a second time from " + moment);
        }
    }
}
