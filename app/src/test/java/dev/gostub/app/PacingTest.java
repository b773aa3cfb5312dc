package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.loader.BadProgramException;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.machine.RunPlan;
import dev.gostub.emulator.machine.StopEvent;
import dev.gostub.server.target.ResumePlan;
import dev.gostub.server.target.StopReason;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For whom a sleep takes its time: a program that sleeps for hours has either ended at once or is still asleep when somebody asks. */
class PacingTest {
    private static final Samples SAMPLES = new Samples(Path.of("..", "samples"));
    private static final ProgramLine HELLO = new ProgramLine("hello", List.of());
    private static final long ENTRY = 0x464840;
    /** movq $8192,(%rsp); movq $0,8(%rsp); nanosleep(%rsp, NULL); exit_group(0). */
    private static final byte[] SLEEPS_FOR_HOURS = HexFormat.of()
            .parseHex("48c7042400200000" + "48c744240800000000" + "4889e731f6b8230000000f05" + "31ffb8e70000000f05");

    /** Asked more often than a program without sleep takes turns. */
    private static BooleanSupplier soon() {
        int[] asked = {0};
        return () -> ++asked[0] > 10;
    }

    private static GuestStart guest(Pacing pacing) throws UserError {
        GuestOptions options = new GuestOptions(
                List.of(),
                true,
                Optional.empty(),
                1,
                0,
                OptionalLong.empty(),
                pacing,
                NetworkChoice.NONE,
                false,
                false,
                "WARN",
                FileOptions.NONE);
        return new GuestStart(options, SAMPLES, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "REAL, true, true",
        "REAL, false, true",
        "NONE, true, false",
        "NONE, false, false",
        "USUAL, true, true",
        "USUAL, false, false"
    })
    void aSleepTakesItsTimeIfTheUserWantsItOrSomebodyLooksOn(Pacing pacing, boolean watched, boolean takesTime)
            throws UserError, BadProgramException {
        GuestStart guest = guest(pacing);
        Machine machine = guest.machine(guest.start(HELLO), watched);
        machine.poke(ENTRY, SLEEPS_FOR_HOURS);
        StopEvent stop = machine.run(RunPlan.ALL, Machine.UNLIMITED, soon());
        assertEquals(takesTime ? StopEvent.Interrupted.class : StopEvent.Exited.class, stop.getClass());
    }

    @ParameterizedTest
    @CsvSource({"REAL, true", "NONE, false", "USUAL, true"})
    void whoDebugsLooksOn(Pacing pacing, boolean takesTime) throws Exception {
        MachineTarget target = new MachineTarget(guest(pacing));
        target.load(HELLO);
        target.inferior().orElseThrow().writeMemory(ENTRY, SLEEPS_FOR_HOURS);
        StopReason stop = target.resume(ResumePlan.all(), soon());
        assertEquals(takesTime ? StopReason.Interrupted.class : StopReason.Exited.class, stop.getClass());
    }
}
