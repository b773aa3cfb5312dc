package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.loader.BadProgramException;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    /** Sleeps so many nanoseconds in a loop, three times, and exits. */
    private static String sleeps(String seconds, String nanos) {
        return """
                bb 03 00 00 00                 # mov $3, %ebx
                """ + "48 c7 04 24 " + seconds + " 48 c7 44 24 08 " + nanos + """

                48 89 e7 31 f6 b8 23 00 00 00 0f 05 # nanosleep(%rsp, NULL)
                ff cb 75 df                    # dec %ebx; jnz to the second instruction
                31 ff b8 e7 00 00 00 0f 05     # exit_group(0)
                """;
    }

    private static final String FOREVER = sleeps("ff ff ff 00", "00 00 00 00");
    private static final String TENTHS = sleeps("00 00 00 00", "00 e1 f5 05");

    // ---- the arithmetic

    @Test
    void aSleepLastsAsLongOutsideAsInside() {
        Pace pace = new Pace();
        pace.start(5 * SECOND, 100);
        assertEquals(SECOND, pace.untilGuest(5 * SECOND, 100, 100 + SECOND));
        assertEquals(SECOND / 4, pace.untilGuest(5 * SECOND + 3 * SECOND / 4, 100, 100 + SECOND));
        assertEquals(0, pace.untilGuest(6 * SECOND, 100, 100 + SECOND));
    }

    @Test
    void whatTheGuestComputesIsTakenOffTheSleepSoATickerTicksByTheSecond() {
        Pace pace = new Pace();
        pace.start(0, 0);
        long guest = 0;
        long host = 0;
        for (int tick = 1; tick <= 100; tick++) {
            host += 3 * SECOND / 10; // computes for 0.3 s outside, 0.01 s inside, and sleeps for a little first
            guest += SECOND / 100;
            assertEquals(0, pace.untilGuest(host, guest, guest + 20_000));
            guest += 20_000;
            host += pace.untilGuest(host, guest, tick * SECOND);
            guest = tick * SECOND;
            assertEquals(tick * SECOND, host);
        }
    }

    @Test
    void longComputingTakesNoMoreThanASecondOffLaterSleeps() {
        Pace pace = new Pace();
        pace.start(0, 0);
        long guest = SECOND;
        assertEquals(0, pace.untilGuest(60 * SECOND, guest, guest + SECOND));
        assertEquals(SECOND, pace.untilGuest(60 * SECOND, guest + SECOND, guest + 2 * SECOND));
    }

    @Test
    void whileTheMachineStandsNoTimePasses() {
        Pace pace = new Pace();
        pace.start(0, 0);
        pace.stop(SECOND / 4);
        pace.start(100 * SECOND, 0);
        assertEquals(3 * SECOND / 4, pace.untilGuest(100 * SECOND, 0, SECOND));
    }

    @Test
    void atAnotherMomentItBeginsAnew() {
        Pace pace = new Pace();
        pace.start(0, 0);
        pace.stop(SECOND);
        pace.forget();
        pace.start(100 * SECOND, 7);
        assertEquals(SECOND, pace.untilGuest(100 * SECOND, 7, 7 + SECOND));
    }

    // ---- the machine

    @Test
    void pacingTakesTheHostsTimeAndChangesNothingInside() throws BadProgramException {
        Machine jumps = Programs.machine(TENTHS);
        Machine paced = Programs.machine(TENTHS);
        paced.pace(true);
        long before = paced.kernel().host().doorbell().nanoTime();
        assertInstanceOf(StopEvent.Exited.class, paced.run(1000));
        long passed = paced.kernel().host().doorbell().nanoTime() - before;
        assertTrue(passed >= 290_000_000, passed + " ns for three tenths of a second");
        assertInstanceOf(StopEvent.Exited.class, jumps.run(1000));
        assertEquals(jumps.stateHash(), paced.stateHash());
        assertEquals(jumps.kernel().clock().sinceStart(), paced.kernel().clock().sinceStart());
    }

    @Test
    void aRingOfTheBellEndsAWaitAtOnceAndTheGuestsClockHasNotMoved() throws Exception {
        FixedHost host = new FixedHost();
        Machine machine = Programs.machine(host, Programs.elf(FOREVER));
        machine.pace(true);
        boolean[] stop = {false};
        Thread other = Thread.ofPlatform().start(() -> {
            stop[0] = true;
            host.doorbell().ring();
        });
        assertInstanceOf(StopEvent.Interrupted.class, machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> stop[0]));
        other.join();
        assertTrue(machine.kernel().clock().sinceStart() < SECOND);
        long hash = machine.stateHash();
        assertInstanceOf(StopEvent.Interrupted.class, machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> true));
        assertEquals(hash, machine.stateHash());
    }
}
