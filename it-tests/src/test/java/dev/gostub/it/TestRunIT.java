package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed run leaves is ended by the next, and nothing else is. */
class TestRunIT {
    private static Process sleeper() throws IOException {
        return new ProcessBuilder(Tool.need("sleep").toString(), "100000").start();
    }

    private static String markOf(Process process) {
        return TestRun.mark(process.toHandle()).orElseThrow();
    }

    /** Of a process that was here and is gone. */
    private static String markOfThePast() throws IOException, InterruptedException {
        Process owner = sleeper();
        String mark = markOf(owner);
        owner.destroyForcibly();
        assertTrue(TimeLimit.NEAR.awaitEnd(owner));
        return mark;
    }

    @Test
    void processesOfARunThatIsGoneAreEnded(@TempDir Path lists) throws IOException, InterruptedException {
        Process left = sleeper();
        Path list = Files.write(lists.resolve("1"), List.of(markOfThePast(), markOf(left)));
        TestRun.endWhatKilledRunsLeft(lists);
        assertTrue(TimeLimit.NEAR.awaitEnd(left), "still there");
        assertFalse(Files.exists(list));
    }

    @Test
    void processesOfARunThatGoesOnAreLeftAlone(@TempDir Path lists) throws IOException {
        Process others = sleeper();
        Path list = Files.write(lists.resolve("1"), List.of(TestRun.MARK, markOf(others)));
        TestRun.endWhatKilledRunsLeft(lists);
        assertTrue(others.isAlive());
        assertTrue(Files.exists(list));
        others.destroyForcibly();
    }

    @Test
    void processThatHasTheNumberOfAnEarlierOneIsLeftAlone(@TempDir Path lists)
            throws IOException, InterruptedException {
        Process later = sleeper();
        String earlier = markOf(later).replaceFirst("\\d+$", "1");
        Files.write(lists.resolve("1"), List.of(markOfThePast(), earlier));
        TestRun.endWhatKilledRunsLeft(lists);
        assertTrue(later.isAlive());
        later.destroyForcibly();
    }

    @Test
    void runsOfOtherMachinesAreNotJudged() throws IOException, InterruptedException {
        assertTrue(TestRun.isOver(markOfThePast()));
        assertFalse(TestRun.isOver(TestRun.MARK));
        assertFalse(TestRun.isOver("elsewhere " + markOfThePast().replaceFirst("\\S+ ", "")));
        assertEquals(Optional.empty(), TestRun.find("nonsense"));
    }
}
