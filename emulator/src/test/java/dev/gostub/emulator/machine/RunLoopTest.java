package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.host.FixedFiles;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunLoopTest {
    private static final String EXIT_7 = """
            bf 07 00 00 00     # mov $7, %edi
            b8 e7 00 00 00     # mov $231, %eax (exit_group)
            0f 05              # syscall
            """;

    private static final String ENDLESS = "90 eb fd"; // nop; jmp back

    /** Sleeps for two seconds, then exits. */
    private static final String SLEEPS = """
            48 c7 04 24 02 00 00 00        # movq $2, (%rsp)
            48 c7 44 24 08 00 00 00 00     # movq $0, 8(%rsp)
            48 89 e7                       # mov %rsp, %rdi
            31 f6                          # xor %esi, %esi
            b8 23 00 00 00                 # mov $35, %eax (nanosleep)
            0f 05                          # syscall
            """ + EXIT_7;

    private static Task only(Machine machine) {
        return machine.tasks().getFirst();
    }

    private static RunPlan step(Machine machine) {
        return RunPlan.only(only(machine).id(), new TaskAction.Step(0));
    }

    @Test
    void aProgramExitsWithItsStatus() throws BadProgramException {
        StopEvent event = Programs.machine(EXIT_7).run(1000);
        assertEquals(7, assertInstanceOf(StopEvent.Exited.class, event).status());
    }

    @Test
    void aBudgetIsKeptExactly() throws BadProgramException {
        Machine machine = Programs.machine(ENDLESS);
        for (long budget : new long[] {1, 10, 333, 100_000, 250_001}) {
            long before = machine.moment().instructions();
            assertInstanceOf(StopEvent.BudgetUsed.class, machine.run(budget));
            assertEquals(before + budget, machine.moment().instructions());
        }
    }

    @Test
    void anInterruptIsSeenWithinATurn() throws BadProgramException {
        Machine machine = Programs.machine(ENDLESS);
        int[] asked = {0};
        StopEvent event = machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> ++asked[0] > 5);
        assertSame(
                only(machine),
                assertInstanceOf(StopEvent.Interrupted.class, event).task());
        assertTrue(machine.moment().instructions() <= 600_000, machine.moment().toString());
    }

    @Test
    void aBreakpointStopsBeforeItsInstructionAndAtOnceIfItIsThere() throws BadProgramException {
        Machine machine = Programs.machine(EXIT_7);
        machine.insertBreakpoint(Programs.CODE + 5);
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(StopEvent.Breakpoint.class, machine.run(1000));
            assertEquals(Programs.CODE + 5, only(machine).cpu().rip);
            assertEquals(1, machine.moment().instructions());
        }
        assertInstanceOf(StopEvent.Stepped.class, machine.run(step(machine), 1000, () -> false));
        assertEquals(Programs.CODE + 10, only(machine).cpu().rip);
        assertInstanceOf(StopEvent.Exited.class, machine.run(1000));
    }

    @Test
    void aStepOverASystemCallEndsBehindIt() throws BadProgramException {
        Machine machine = Programs.machine(SLEEPS);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(StopEvent.Stepped.class, machine.run(step(machine), 1000, () -> false));
        }
        long before = machine.kernel().clock().monotonic();
        assertInstanceOf(StopEvent.Stepped.class, machine.run(step(machine), 1000, () -> false));
        assertEquals(0, only(machine).cpu().r[Cpu.RAX]);
        assertEquals(Programs.CODE + 29, only(machine).cpu().rip);
        assertTrue(machine.kernel().clock().monotonic() - before >= 2_000_000_000L, "the clock has jumped");
    }

    private static final long NANOSLEEP = 35;
    private static final long RT_SIGPENDING = 127;
    private static final long EXIT_GROUP = 231;

    @Test
    void aReportedCallStopsBeforeItIsMadeAndWhenItReturns() throws BadProgramException {
        Machine machine = Programs.machine(SLEEPS);
        machine.reportSystemCalls(number -> number == NANOSLEEP);
        long before = machine.kernel().clock().monotonic();
        StopEvent.CallEntered entered = assertInstanceOf(StopEvent.CallEntered.class, machine.run(1000));
        assertEquals(NANOSLEEP, entered.number());
        assertEquals(-38, only(machine).cpu().r[Cpu.RAX], "ENOSYS, as ptrace shows it");
        assertEquals(NANOSLEEP, only(machine).systemCall());
        assertEquals(Programs.CODE + 29, only(machine).cpu().rip);
        assertTrue(machine.kernel().clock().monotonic() - before < 1_000_000, "it has not slept yet");
        StopEvent.CallReturned returned = assertInstanceOf(StopEvent.CallReturned.class, machine.run(1000));
        assertEquals(NANOSLEEP, returned.number());
        assertEquals(0, only(machine).cpu().r[Cpu.RAX]);
        assertTrue(machine.kernel().clock().monotonic() - before >= 2_000_000_000L);
        assertEquals(
                7, assertInstanceOf(StopEvent.Exited.class, machine.run(1000)).status(), "exit is not reported");
    }

    @Test
    void aCallThatIsLookedAtLeavesTheSameStateAsOneThatIsNot() throws BadProgramException {
        Machine silent = Programs.machine(SLEEPS);
        Machine watched = Programs.machine(SLEEPS);
        watched.reportSystemCalls(number -> number == NANOSLEEP);
        assertInstanceOf(StopEvent.CallEntered.class, watched.run(1000));
        assertInstanceOf(StopEvent.CallReturned.class, watched.run(1000));
        watched.run(1);
        silent.run(watched.moment().instructions());
        assertEquals(silent.stateHash(), watched.stateHash());
    }

    @Test
    void aSystemCallTakesItsTimeAndNoInstructions() throws BadProgramException {
        Machine machine = Programs.machine("b8 27 00 00 00 0f 05 eb f7"); // mov $39 (getpid), %eax; syscall; jmp back
        long before = machine.kernel().clock().due();
        machine.run(3 * 1000);
        assertEquals(3 * 1000, machine.moment().instructions());
        assertEquals(3 * 1000 + 60 * 1000, machine.kernel().clock().due() - before);
        assertEquals(63_000, only(machine).cpuTime());
        assertEquals(60_000, only(machine).systemTime());
    }

    @Test
    void aCallThatWaitsTakesItsTimeOnceAndThatOfTheWakeUp() throws BadProgramException {
        Machine machine = Programs.machine(SLEEPS);
        long before = machine.kernel().clock().due();
        machine.run(7);
        assertEquals(
                6 + 500 + 1 + Kernel.WAKE_UP_NANOS, only(machine).cpuTime(), "nanosleep between seven instructions");
        long slept = machine.kernel().clock().due() - before - only(machine).cpuTime();
        assertTrue(
                slept >= 2_000_000_000L && slept < 2_000_000_032L,
                slept + " ns, from a reading that runs up to 31 ahead");
    }

    @Test
    void theTimeStampCounterIsUnevenAsTheSeedSays() throws BadProgramException {
        List<Long> first = timeStamps(1);
        assertEquals(first, timeStamps(1));
        assertNotEquals(first, timeStamps(2));
        Set<Long> differences = new HashSet<>();
        for (int i = 1; i < first.size(); i++) {
            assertTrue(first.get(i) > first.get(i - 1), first.toString());
            differences.add(first.get(i) - first.get(i - 1));
        }
        assertTrue(differences.size() > 20, differences.toString());
    }

    /** What RDTSC says every hundredth instruction; one half of them stepped, as a debugger would. */
    private static List<Long> timeStamps(long seed) throws BadProgramException {
        FixedHost host = new FixedHost(seed, new FixedFiles(FixedHost.DATE_NANOS));
        Machine machine = Programs.machine(host, Programs.elf("0f 31" + "90".repeat(98) + "eb 9a"));
        List<Long> read = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i % 2 == 0) machine.run(1);
            else machine.run(step(machine), 1, () -> false);
            read.add(only(machine).cpu().r[Cpu.RDX] << 32 | only(machine).cpu().r[Cpu.RAX]);
            machine.run(99);
        }
        return read;
    }

    /** Blocks SIGALRM, has it sent after a microsecond, and exits with 1 if it is pending some instructions later. */
    private static String seesAlarm(int nops) {
        return """
                48 c7 04 24 00 20 00 00        # movq $0x2000, (%rsp)
                b8 0e 00 00 00 31 ff 48 89 e6  # rt_sigprocmask(SIG_BLOCK, %rsp,
                31 d2 41 ba 08 00 00 00 0f 05  #     NULL, 8)
                48 c7 04 24 00 00 00 00        # movq $0, (%rsp)
                48 c7 44 24 08 00 00 00 00     # movq $0, 8(%rsp)
                48 c7 44 24 10 00 00 00 00     # movq $0, 16(%rsp)
                48 c7 44 24 18 01 00 00 00     # movq $1, 24(%rsp)
                b8 26 00 00 00 31 ff 48 89 e6  # setitimer(ITIMER_REAL, %rsp,
                31 d2 0f 05                    #     NULL)
                """ + "90".repeat(nops) + """

                b8 7f 00 00 00 48 89 e7        # rt_sigpending(%rsp,
                be 08 00 00 00 0f 05           #     8)
                8b 3c 24 c1 ef 0d              # mov (%rsp), %edi; shr $13, %edi
                b8 e7 00 00 00 0f 05           # exit_group
                """;
    }

    @Test
    void aCallThatIsLookedAtIsMadeBeforeATimerThatIsDueThen() throws BadProgramException {
        Set<Integer> seen = new HashSet<>();
        for (int nops = 950; nops < 1050; nops++) {
            Machine silent = Programs.machine(seesAlarm(nops));
            Machine watched = Programs.machine(seesAlarm(nops));
            watched.reportSystemCalls(number -> number == RT_SIGPENDING);
            assertInstanceOf(StopEvent.CallEntered.class, watched.run(2000));
            assertInstanceOf(StopEvent.CallReturned.class, watched.run(2000));
            StopEvent.Exited expected = assertInstanceOf(StopEvent.Exited.class, silent.run(2000));
            assertEquals(expected.status(), ((StopEvent.Exited) watched.run(2000)).status(), "after " + nops);
            seen.add(expected.status());
        }
        assertEquals(Set.of(0, 1), seen);
    }

    @Test
    void aDebuggerCanChangeACallAtItsEntryOrSkipIt() throws BadProgramException {
        Machine changed = Programs.machine(EXIT_7);
        changed.reportSystemCalls(number -> true);
        changed.run(1000);
        only(changed).cpu().r[Cpu.RDI] = 9;
        assertEquals(
                9, assertInstanceOf(StopEvent.Exited.class, changed.run(1000)).status());

        Machine skipped = Programs.machine(SLEEPS);
        skipped.reportSystemCalls(number -> number == NANOSLEEP);
        skipped.run(1000);
        only(skipped).enterCall(Task.NO_CALL);
        only(skipped).cpu().r[Cpu.RAX] = 42;
        long before = skipped.kernel().clock().monotonic();
        assertInstanceOf(StopEvent.Stepped.class, skipped.run(step(skipped), 1000, () -> false));
        assertEquals(42, only(skipped).cpu().r[Cpu.RAX]);
        assertTrue(skipped.kernel().clock().monotonic() - before < 1_000_000, "it has not slept");
    }

    @Test
    void aStepDoesNotStopAtAReportedCall() throws BadProgramException {
        Machine machine = Programs.machine(EXIT_7);
        machine.reportSystemCalls(number -> number == EXIT_GROUP);
        for (int i = 0; i < 2; i++) machine.run(step(machine), 1000, () -> false);
        assertInstanceOf(StopEvent.Exited.class, machine.run(step(machine), 1000, () -> false));
    }

    @Test
    void aSnapshotAtTheEntryOfACallGoesOnWithTheCall() throws BadProgramException {
        Machine machine = Programs.machine(EXIT_7);
        machine.reportSystemCalls(number -> true);
        machine.run(1000);
        MachineSnapshot snapshot = machine.capture();
        assertInstanceOf(StopEvent.Exited.class, machine.run(1000));
        machine.restore(snapshot);
        assertEquals(
                7, assertInstanceOf(StopEvent.Exited.class, machine.run(1000)).status());
    }

    /** Memory that only its mapping knows is no file that is open or in the tree. */
    @Test
    void aSnapshotHoldsSharedMemoryToo() throws BadProgramException {
        Machine machine = Programs.machine("""
                31 ff be 00 10 00 00 ba 03 00 00 00       # one page, readable and writable
                41 ba 21 00 00 00                         # MAP_SHARED | MAP_ANONYMOUS
                49 c7 c0 ff ff ff ff 45 31 c9 b8 09 00 00 00 0f 05
                c7 00 07 00 00 00                         # movl $7, (%rax)
                83 00 01 8b 38 b8 e7 00 00 00 0f 05       # addl $1, (%rax), exit_group of the sum
                """);
        assertInstanceOf(StopEvent.BudgetUsed.class, machine.run(9));
        MachineSnapshot snapshot = machine.capture();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    8,
                    assertInstanceOf(StopEvent.Exited.class, machine.run(1000)).status());
            machine.restore(snapshot);
        }
    }

    @Test
    void interruptFromTheTerminalGoesToTheGroupInTheForeground() throws BadProgramException {
        Machine machine = Programs.machine("eb fe"); // for ever
        machine.run(10);
        assertEquals(machine.process().group(), machine.vfs().terminal().foregroundGroup());
        machine.signalForeground(Signals.SIGINT);
        var killed = assertInstanceOf(StopEvent.KilledBySignal.class, machine.run(1000));
        assertEquals(Signals.SIGINT, killed.signal());
    }

    @Test
    void aRangeStepEndsOutsideTheRange() throws BadProgramException {
        Machine machine = Programs.machine(EXIT_7);
        TaskAction range = new TaskAction.StepRange(Programs.CODE, Programs.CODE + 10);
        StopEvent event = machine.run(RunPlan.only(only(machine).id(), range), 1000, () -> false);
        assertInstanceOf(StopEvent.Stepped.class, event);
        assertEquals(Programs.CODE + 10, only(machine).cpu().rip);
    }

    @Test
    void aFaultKillsWithItsSignalAndIsReportedBeforeIfAskedFor() throws BadProgramException {
        String readsNull = "48 8b 04 25 00 00 00 00"; // mov 0, %rax
        Machine silent = Programs.machine(readsNull);
        assertEquals(
                Signals.SIGSEGV,
                assertInstanceOf(StopEvent.KilledBySignal.class, silent.run(1000))
                        .signal());

        Machine machine = Programs.machine(readsNull);
        machine.reportSignals(Signals.bit(Signals.SIGSEGV));
        var received = assertInstanceOf(StopEvent.SignalReceived.class, machine.run(1000));
        assertEquals(Signals.SIGSEGV, received.information().signal());
        assertEquals(Signals.SEGV_MAPERR, received.information().code());
        assertEquals(0, received.information().first());
        assertEquals(Programs.CODE, only(machine).cpu().rip);
        // Swallowed: the instruction is executed again, and faults again.
        assertInstanceOf(StopEvent.SignalReceived.class, machine.run(1000));
        RunPlan pass = RunPlan.only(only(machine).id(), new TaskAction.Continue(Signals.SIGSEGV));
        assertInstanceOf(StopEvent.KilledBySignal.class, machine.run(pass, 1000, () -> false));
    }

    @Test
    void anInt3OfTheProgramStopsBehindIt() throws BadProgramException {
        Machine machine = Programs.machine("cc 90");
        machine.reportSignals(Signals.bit(Signals.SIGTRAP));
        var received = assertInstanceOf(StopEvent.SignalReceived.class, machine.run(1000));
        assertEquals(Signals.SI_KERNEL, received.information().code());
        assertEquals(Programs.CODE + 1, only(machine).cpu().rip);
    }

    @Test
    void anUnknownInstructionRaisesSigill() throws BadProgramException {
        StopEvent event = Programs.machine("0f 0b").run(1000); // ud2
        assertEquals(
                Signals.SIGILL,
                assertInstanceOf(StopEvent.KilledBySignal.class, event).signal());
    }

    @Test
    void anUnknownSystemCallFailsWithEnosys() throws BadProgramException {
        // mov $9999, %eax; syscall; neg %eax; mov %eax, %edi; exit_group
        Machine machine = Programs.machine("b8 0f 27 00 00 0f 05 f7 d8 89 c7 b8 e7 00 00 00 0f 05");
        assertEquals(
                38, assertInstanceOf(StopEvent.Exited.class, machine.run(1000)).status());
    }

    @Test
    void registersOfABlockedTaskLookAsOnLinuxAndAChangedOneGoesElsewhere() throws BadProgramException {
        // pause(); then exit_group(rax == -EINTR)
        Machine machine = Programs.machine("b8 22 00 00 00 0f 05" + "\n" + EXIT_7);
        int[] asked = {0};
        assertInstanceOf(
                StopEvent.Interrupted.class, machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> ++asked[0] > 8));
        Cpu cpu = only(machine).cpu();
        assertEquals(-514, cpu.r[Cpu.RAX], "ERESTARTNOHAND");
        assertEquals(34, only(machine).systemCall());
        assertEquals(Programs.CODE + 7, cpu.rip);
        // A debugger that changes RAX takes the task out of its call.
        cpu.r[Cpu.RAX] = 0;
        machine.registersWritten(only(machine));
        assertInstanceOf(StopEvent.Exited.class, machine.run(1000));
    }

    @Test
    void registersOfABlockedTaskThatAreWrittenBackMakeItsCallAgain() throws BadProgramException {
        Machine machine = Programs.machine("b8 22 00 00 00 0f 05" + "\n" + EXIT_7);
        int[] asked = {0};
        machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> ++asked[0] > 8);
        machine.registersWritten(only(machine));
        asked[0] = 0;
        assertInstanceOf(
                StopEvent.Interrupted.class, machine.run(RunPlan.ALL, Machine.UNLIMITED, () -> ++asked[0] > 8));
        assertTrue(only(machine).isBlocked(), "it waits again");
    }

    @Test
    void aPlanThatLetsNobodyMoveHasNoneLeft() throws BadProgramException {
        Machine machine = Programs.machine(ENDLESS);
        RunPlan stay = RunPlan.only(1, new TaskAction.Continue(0));
        assertInstanceOf(StopEvent.NoneLeft.class, machine.run(stay, 1000, () -> false));
    }

    /** As gdbserver has it; a debugger cannot name them, and the task that it lets go on may wait for them. */
    @Test
    void tasksThatAreMadeWhileOneTaskMovesGoOn() throws BadProgramException {
        Machine machine = Programs.machine("""
                bf 00 0f 05 00     # mov $0x50f00, %edi (CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM)
                31 f6              # xor %esi, %esi
                31 d2              # xor %edx, %edx
                4d 31 d2           # xor %r10, %r10
                4d 31 c0           # xor %r8, %r8
                b8 38 00 00 00     # mov $56, %eax (clone)
                0f 05              # syscall
                85 c0              # test %eax, %eax
                74 02              # jz to the exit of the new task
                eb fe              # jmp to itself
                """ + EXIT_7);
        RunPlan one = RunPlan.only(only(machine).id(), TaskAction.GO_ON);
        StopEvent event = machine.run(one, 1_000_000, () -> false);
        assertEquals(7, assertInstanceOf(StopEvent.Exited.class, event).status());
    }
}
