package dev.gostub.emulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers(new Defects());
    private final List<String> happened = new ArrayList<>();

    @Test
    void aTimerThatFailsDoesNotKeepTheOthersFromGoingOff() {
        timers.plan(10, () -> happened.add("first"));
        for (long deadline = 11; deadline < 14; deadline++) {
            timers.plan(deadline, () -> {
                throw new IllegalStateException("injected: logged once, and nothing more");
            });
        }
        timers.plan(14, () -> happened.add("last"));
        timers.plan(20, () -> happened.add("later"));
        timers.expire(15);
        assertEquals(List.of("first", "last"), happened);
        assertEquals(20, timers.next());
    }

    @Test
    void whatIsDueHappensInTheOrderOfItsTimesAndThenOfItsPlanning() {
        timers.plan(30, () -> happened.add("at 30"));
        timers.plan(10, () -> happened.add("at 10"));
        timers.plan(20, () -> happened.add("at 20"));
        timers.plan(10, () -> happened.add("at 10, too"));
        timers.expire(29);
        assertEquals(List.of("at 10", "at 10, too", "at 20"), happened);
        timers.expire(30);
        assertEquals("at 30", happened.getLast());
        assertEquals(Timers.NEVER, timers.next());
    }

    @Test
    void whatIsCancelledDoesNotHappen() {
        timers.plan(20, () -> happened.add("stays"));
        Timers.Timeout cancelled = timers.plan(10, () -> happened.add("cancelled"));
        timers.cancel(cancelled);
        assertEquals(20, timers.next());
        timers.expire(20);
        assertEquals(List.of("stays"), happened);
    }

    @Test
    void whatATimerPlansForNowHappensAtOnce() {
        timers.plan(10, () -> timers.plan(15, () -> happened.add("planned by the first")));
        timers.expire(15);
        assertEquals(List.of("planned by the first"), happened);
    }
}
