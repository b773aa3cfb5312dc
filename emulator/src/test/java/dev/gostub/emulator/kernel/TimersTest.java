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
}
