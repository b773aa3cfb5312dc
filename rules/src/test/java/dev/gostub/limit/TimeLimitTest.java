package dev.gostub.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final TimeLimit MINUTE = TimeLimit.seconds(60);

    private long now;

    private Deadline deadline(Double... measured) {
        Queue<Double> factors = new ArrayDeque<>(List.of(measured));
        return new Deadline(MINUTE, new Pace(factors::remove), () -> now);
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void slowMachineHasMoreTime() {
        Deadline deadline = deadline(3.0, 3.0);
        pass(179);
        assertFalse(deadline.isOver());
        pass(2);
        assertTrue(deadline.isOver());
    }

    @Test
    void machineThatHasBecomeBusyIsGivenTheRest() {
        Deadline deadline = deadline(1.0, 4.0, 4.0);
        pass(61);
        assertFalse(deadline.isOver(), "measured again");
        assertEquals(179_000, deadline.leftMillis());
        pass(180);
        assertTrue(deadline.isOver());
    }

    @Test
    void machineThatHasBecomeIdleKeepsWhatItWasGiven() {
        Pace pace = new Pace(new ArrayDeque<>(List.of(5.0, 2.0))::remove);
        assertEquals(5, pace.factor());
        assertEquals(5, pace.measuredAgain());
    }

    @Test
    void fastMachineGetsTheReferencesTimeAndTheSlowestThirtyTimesThat() {
        assertEquals(1, new Pace(() -> 0.2).factor());
        assertEquals(30, new Pace(() -> 1000).factor());
    }

    @Test
    void fixedWorkIsDoneHere() {
        assertTrue(FixedWork.computing() > 0);
        assertTrue(FixedWork.starting() > 0);
        assertTrue(TimeLimit.ANSWER.here().compareTo(TimeLimit.ANSWER.onReference()) >= 0);
    }

    @Test
    void whatIsThereIsNotWaitedFor() throws Exception {
        assertEquals(Optional.of("x"), MINUTE.next(new LinkedBlockingQueue<>(List.of("x"))));
        assertTrue(MINUTE.await(() -> true));
    }

    @Test
    void whatDoesNotComeEndsTheWait() throws Exception {
        TimeLimit none = TimeLimit.seconds(0);
        assertEquals(Optional.empty(), none.next(new LinkedBlockingQueue<String>()));
        assertFalse(none.await(() -> false));
    }

    @Test
    void everyTestRunsUnderATimeoutOfThisMachine() {
        String seconds = System.getProperty("junit.jupiter.execution.timeout.default", "");
        assertTrue(seconds.matches("\\d+ s"), "JUnit has not found " + TestTimeouts.class + ": " + seconds);
    }
}
