package dev.gostub.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.session.Rehearsal;
import dev.gostub.server.session.SessionSettings;
import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.MemoryRegion;
import dev.gostub.server.target.ResumeAction;
import dev.gostub.server.target.ResumePlan;
import dev.gostub.server.target.RunRequest;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter over a real machine that holds the sample {@code hello}; its addresses are those of samples/build.sh. */
class MachineTargetTest {
    private static final Samples SAMPLES = new Samples(Path.of("..", "samples"));
    private static final long ENTRY = 0x464840; // jmp _rt0_amd64
    private static final long RT0 = 0x461360; // mov (%rsp),%rdi

    private MachineTarget target;

    @BeforeEach
    void load() throws UserError {
        target = new MachineTarget(new GuestStart(GuestOptions.defaults(), SAMPLES, Map.of()));
        target.load(new ProgramLine("hello", List.of("one", "two")));
    }

    @Test
    void loadedProgramStandsBeforeItsFirstInstruction() throws TargetException {
        assertInstanceOf(StopReason.Started.class, target.lastStop().orElseThrow());
        assertEquals(ENTRY, counter());
        assertEquals(List.of("one", "two"), inferior().arguments());
        assertTrue(inferior().executable().endsWith("samples/hello"));
        assertEquals("hello", inferior().threadName(thread()));
        assertEquals(3, inferior().readMemory(register(Amd64Registers.RSP_OFFSET), 1)[0], "argc");
    }

    @Test
    void rehearsalOfASessionChangesNothing() throws TargetException {
        for (Personality personality : List.of(Personality.gdb(), Personality.lldb())) {
            long before = hash();
            Rehearsal.perform(new SessionSettings(target, personality, PacketLog.none(), _ -> {}), () -> false);
            assertEquals(before, hash(), personality.toString());
            assertInstanceOf(StopReason.Started.class, target.lastStop().orElseThrow());
        }
    }

    private long hash() throws TargetException {
        return ((MachineInferior) inferior()).machine().stateHash();
    }

    @Test
    void stepExecutesOneInstruction() throws TargetException {
        assertEquals(new StopReason.Stepped(thread()), target.resume(ResumePlan.stepOnly(thread()), () -> false));
        assertEquals(RT0, counter());
    }

    @Test
    void breakpointAtTheCurrentInstructionIsHitAtOnceUnlessStepped() throws TargetException {
        inferior().insertBreakpoint(BreakpointKind.SOFTWARE, ENTRY);
        StopReason stop = target.resume(ResumePlan.all(), () -> false);
        assertEquals(new StopReason.Breakpoint(thread(), BreakpointKind.SOFTWARE), stop);
        assertEquals(ENTRY, counter());
        target.resume(ResumePlan.stepOnly(thread()), () -> false);
        assertEquals(RT0, counter());
    }

    @Test
    void kindOfBreakpointIsReportedAsInserted() throws TargetException {
        inferior().insertBreakpoint(BreakpointKind.HARDWARE, RT0);
        assertEquals(
                new StopReason.Breakpoint(thread(), BreakpointKind.HARDWARE),
                target.resume(ResumePlan.all(), () -> false));
        assertEquals(RT0, counter());
    }

    @Test
    void removingOneKindLeavesTheOtherInserted() throws TargetException {
        inferior().insertBreakpoint(BreakpointKind.HARDWARE, RT0);
        inferior().insertBreakpoint(BreakpointKind.SOFTWARE, RT0);
        inferior().removeBreakpoint(BreakpointKind.SOFTWARE, RT0);
        inferior().removeBreakpoint(BreakpointKind.SOFTWARE, RT0);
        assertInstanceOf(StopReason.Breakpoint.class, target.resume(ResumePlan.all(), () -> false));
        assertEquals(RT0, counter());
    }

    @Test
    void everyStopHasTheSignalThatLinuxWouldReport() throws TargetException {
        assertSignal(5, 0, "the start: SIGTRAP of execve, SI_USER");
        target.resume(ResumePlan.stepOnly(thread()), () -> false);
        assertSignal(5, 2, "a step: TRAP_TRACE");
        inferior().insertBreakpoint(BreakpointKind.SOFTWARE, RT0);
        target.resume(ResumePlan.all(), () -> false);
        assertSignal(5, 0x80, "int3: SI_KERNEL");
        inferior().removeBreakpoint(BreakpointKind.SOFTWARE, RT0);
        inferior().insertBreakpoint(BreakpointKind.HARDWARE, RT0);
        target.resume(ResumePlan.all(), () -> false);
        assertSignal(5, 4, "a debug register: TRAP_HWBKPT");
        inferior().removeBreakpoint(BreakpointKind.HARDWARE, RT0);
        target.resume(ResumePlan.all(), () -> true);
        assertSignal(2, 0x80, "an interrupt: SIGINT");
    }

    private void assertSignal(int signal, int code, String what) throws TargetException {
        ByteBuffer information =
                ByteBuffer.wrap(inferior().signalInformation(thread())).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(signal, information.getInt(0), what);
        assertEquals(code, information.getInt(8), what);
    }

    @Test
    void regionsAreTheMappingsAndTheGapsBetweenThem() throws TargetException {
        MemoryRegion text = inferior().region(ENTRY);
        assertEquals("r-x", text.permissions());
        assertEquals(0x400000, text.start());
        assertTrue(text.name().endsWith("samples/hello"), text.name());
        assertEquals(MemoryRegion.gap(0, 0x400000), inferior().region(0x1234));
        assertFalse(inferior().region(-1).mapped());
        assertEquals(
                "[stack]",
                inferior().region(register(Amd64Registers.RSP_OFFSET)).name());
    }

    @Test
    void rangeStepEndsWhereTheRangeEnds() throws TargetException {
        target.resume(ResumePlan.stepOnly(thread()), () -> false);
        ResumePlan plan = new ResumePlan(
                List.of(new ResumePlan.ThreadPlan(thread(), new ResumeAction.StepRange(RT0, RT0 + 14))),
                new ResumeAction.Stay());
        assertEquals(new StopReason.Stepped(thread()), target.resume(plan, () -> false));
        assertEquals(0x461380, counter()); // runtime.rt0_go
    }

    @Test
    void interruptStopsARunAndLeavesTheProcessAlive() throws TargetException {
        // jmp to itself, over the entry's own jump.
        inferior().writeMemory(ENTRY, new byte[] {(byte) 0xeb, (byte) 0xfe});
        int[] asked = {0};
        StopReason stop = target.resume(ResumePlan.all(), () -> ++asked[0] > 3);
        assertEquals(new StopReason.Interrupted(thread()), stop);
        assertEquals(ENTRY, counter());
        assertTrue(target.inferior().isPresent());
    }

    @Test
    void memoryIsReadUpToItsEndAndWrittenThroughReadOnlyText() throws TargetException {
        byte[] code = inferior().readMemory(ENTRY, 5);
        assertEquals((byte) 0xe9, code[0]);
        inferior().writeMemory(ENTRY, new byte[] {(byte) 0x90});
        assertEquals((byte) 0x90, inferior().readMemory(ENTRY, 1)[0]);
        assertEquals(0, inferior().readMemory(0, 8).length);
        assertEquals(0, inferior().readMemory(-8, 16).length);
        Errno errno = assertThrows(TargetException.class, () -> inferior().writeMemory(16, new byte[8]))
                .errno();
        assertEquals(Errno.EFAULT, errno);
        assertThrows(TargetException.class, () -> inferior().insertBreakpoint(BreakpointKind.SOFTWARE, 16));
    }

    @Test
    void registersAreWrittenAndThoseNotWrittenStay() throws TargetException {
        byte[] block = inferior().registers(thread());
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putLong(Amd64Registers.RIP_OFFSET, RT0);
        inferior().writeRegisters(thread(), block);
        assertEquals(RT0, counter());
        assertArrayEquals(block, inferior().registers(thread()));
        byte[] value = {1, 2, 3, 4, 5, 6, 7, 8};
        inferior().writeRegister(thread(), Amd64Registers.RBP_OFFSET, value);
        assertArrayEquals(value, inferior().register(thread(), Amd64Registers.RBP_OFFSET, 8));
    }

    @Test
    void unknownThreadIsAnErrorAndNotADefect() {
        ThreadId stranger = new ThreadId(1, 1);
        assertEquals(
                Errno.ESRCH,
                assertThrows(TargetException.class, () -> inferior().registers(stranger))
                        .errno());
        assertThrows(TargetException.class, () -> target.resume(ResumePlan.stepOnly(stranger), () -> false));
    }

    @Test
    void killedProcessIsGoneAndCanBeRunAgain() throws TargetException {
        long pid = inferior().pid();
        target.kill();
        assertEquals(Optional.of(new StopReason.Killed(pid, 9)), target.lastStop());
        assertTrue(target.inferior().isEmpty());
        assertThrows(TargetException.class, () -> target.resume(ResumePlan.all(), () -> false));
        target.run(RunRequest.again());
        assertEquals(ENTRY, counter());
        assertEquals(List.of("one", "two"), inferior().arguments());
    }

    @Test
    void anotherProgramWithOtherArgumentsCanBeRun() throws TargetException {
        target.run(new RunRequest(
                Optional.of("a"),
                Optional.of(List.of("x")),
                List.of(
                        new RunRequest.EnvironmentChange.Set("NEW", "1"),
                        new RunRequest.EnvironmentChange.Unset("HOME")),
                Optional.of("/")));
        assertEquals(0x465860, counter());
        assertEquals(List.of("x"), inferior().arguments());
        assertTrue(file("/proc/self/environ").contains("NEW=1"));
        assertFalse(file("/proc/self/environ").contains("HOME="));
        assertEquals("/", target.files().readlink("/proc/" + inferior().pid() + "/cwd"));
    }

    @Test
    void programThatCannotBeRunLeavesTheOldOneUntouched() {
        RunRequest request = new RunRequest(Optional.of("/nix/da"), Optional.empty(), List.of(), Optional.empty());
        assertThrows(TargetException.class, () -> target.run(request));
        assertEquals(List.of("one", "two"), inferior().arguments());
    }

    @Test
    void badProgramIsTheUsersToMend() throws UserError {
        MachineTarget empty = new MachineTarget(new GuestStart(GuestOptions.defaults(), SAMPLES, Map.of()));
        assertThrows(UserError.class, () -> empty.load(new ProgramLine("pom.xml", List.of())));
        assertThrows(UserError.class, () -> empty.load(new ProgramLine("target", List.of())));
        assertThrows(UserError.class, () -> empty.load(new ProgramLine("no-such-file", List.of())));
        assertTrue(empty.inferior().isEmpty());
    }

    @Test
    void filesAreThoseOfTheGuest() throws TargetException {
        int descriptor = target.files().open(inferior().executable(), 0, 0);
        assertArrayEquals(new byte[] {0x7f, 'E', 'L', 'F'}, target.files().pread(descriptor, 4, 0));
        assertEquals(2034745, target.files().fstat(descriptor).sizeBytes());
        target.files().close(descriptor);
        assertThrows(TargetException.class, () -> target.files().pread(descriptor, 4, 0));
        assertTrue(file("/proc/self/maps").contains("[stack]"));
        assertEquals(
                Errno.EROFS,
                assertThrows(TargetException.class, () -> target.files().open("/tmp/x", 0x41, 0644))
                        .errno());
        assertEquals(
                Errno.ENOENT,
                assertThrows(TargetException.class, () -> target.files().stat("/nix"))
                        .errno());
    }

    private String file(String path) throws TargetException {
        String guestPath = path.replace("self", Long.toString(inferior().pid()));
        int descriptor = target.files().open(guestPath, 0, 0);
        byte[] content = target.files().pread(descriptor, 1 << 16, 0);
        target.files().close(descriptor);
        return new String(content, StandardCharsets.UTF_8);
    }

    private Inferior inferior() {
        return target.inferior().orElseThrow();
    }

    private ThreadId thread() {
        return inferior().threads().getFirst();
    }

    private long counter() throws TargetException {
        return register(Amd64Registers.RIP_OFFSET);
    }

    private long register(int offset) throws TargetException {
        return ByteBuffer.wrap(inferior().register(thread(), offset, 8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }
}
