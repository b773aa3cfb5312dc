package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.Scheduler;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.loader.BadProgramException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps within a range: what ends them, and that nothing else does. */
class StepRangeTest {
    /** Counts RCX down at CODE, then goes on behind. */
    private static final String COUNTDOWN = """
            48 ff c9           # dec %rcx
            75 fb              # jnz back
            48 ff c0           # inc %rax
            eb f6              # jmp to the start
            """;

    private static final long BEHIND_LOOP = Programs.CODE + 5;
    private static final long COUNTDOWN_BYTES = 10;
    private static final long LIMIT = 10_000_000;

    private static Task only(Machine machine) {
        return machine.tasks().getFirst();
    }

    private static StopEvent within(Machine machine, long start, long end) {
        TaskAction range = new TaskAction.StepRange(start, end);
        return machine.run(RunPlan.only(only(machine).id(), range), LIMIT, () -> false);
    }

    private static Machine countdown(long rounds) throws BadProgramException {
        Machine machine = Programs.machine(COUNTDOWN);
        only(machine).cpu().r[Cpu.RCX] = rounds;
        return machine;
    }

    @Test
    void leavingTheRangeEndsItAtThatMoment() throws BadProgramException {
        Machine machine = countdown(1_000_000);
        assertInstanceOf(StopEvent.Stepped.class, within(machine, Programs.CODE, BEHIND_LOOP));
        assertEquals(BEHIND_LOOP, only(machine).cpu().rip);
        assertEquals(2_000_000, machine.moment().instructions());
    }

    @Test
    void theFirstInstructionIsExecutedEvenOutsideTheRangeAndAtABreakpoint() throws BadProgramException {
        Machine machine = countdown(5);
        machine.insertBreakpoint(Programs.CODE);
        assertInstanceOf(StopEvent.Stepped.class, within(machine, 0x1000, 0x2000));
        assertEquals(1, machine.moment().instructions());
    }

    @Test
    void aBreakpointInsideIsHitAlsoWhereATurnEnds() throws BadProgramException {
        for (long atEndOfTurn : new long[] {0, 1, -1, -10}) {
            Machine machine = countdown(Scheduler.QUANTUM / 2 + atEndOfTurn);
            machine.insertBreakpoint(BEHIND_LOOP);
            StopEvent stop = within(machine, Programs.CODE, Programs.CODE + COUNTDOWN_BYTES);
            assertInstanceOf(StopEvent.Breakpoint.class, stop);
            assertEquals(BEHIND_LOOP, only(machine).cpu().rip);
            assertEquals(0, only(machine).cpu().r[Cpu.RAX]);
        }
    }

    @Test
    void aBreakpointThatTheRangeBeginsAtIsHitInTheNextRound() throws BadProgramException {
        Machine machine = countdown(5);
        machine.insertBreakpoint(Programs.CODE);
        StopEvent stop = within(machine, Programs.CODE, Programs.CODE + COUNTDOWN_BYTES);
        assertInstanceOf(StopEvent.Breakpoint.class, stop);
        assertEquals(2, machine.moment().instructions());
    }

    @Test
    void anInterruptEndsItWithinATurn() throws BadProgramException {
        Machine machine = countdown(-1);
        int[] asked = {0};
        TaskAction range = new TaskAction.StepRange(Programs.CODE, BEHIND_LOOP);
        StopEvent stop = machine.run(RunPlan.only(only(machine).id(), range), Machine.UNLIMITED, () -> ++asked[0] > 2);
        assertInstanceOf(StopEvent.Interrupted.class, stop);
    }

    /** Sets an interval timer, then loops until the handler has counted RBX up. */
    private static final String WAITS_FOR_TIMER = """
            48 83 ec 60                    # sub $96, %rsp
            48 8d 05 60 00 00 00           # lea handler, %rax
            48 89 04 24                    # mov %rax, (%rsp)
            48 c7 44 24 08 00 00 00 04     # movq $SA_RESTORER, 8(%rsp)
            48 8d 05 59 00 00 00           # lea restorer, %rax
            48 89 44 24 10                 # mov %rax, 16(%rsp)
            48 c7 44 24 18 00 00 00 00     # movq $0, 24(%rsp)
            bf 0e 00 00 00                 # mov $SIGALRM, %edi
            48 89 e6                       # mov %rsp, %rsi
            31 d2                          # xor %edx, %edx
            41 ba 08 00 00 00              # mov $8, %r10d
            b8 0d 00 00 00                 # mov $13, %eax (rt_sigaction)
            0f 05                          # syscall
            bf 00 00 00 00                 # mov $ITIMER_REAL, %edi
            48 8d 74 24 20                 # lea 32(%rsp), %rsi
            48 c7 44 24 38 e8 03 00 00     # movq $1000, 56(%rsp)
            31 d2                          # xor %edx, %edx
            b8 26 00 00 00                 # mov $38, %eax (setitimer)
            0f 05                          # syscall
            48 85 db                       # test %rbx, %rbx
            74 fb                          # jz back
            eb fe                          # jmp to itself
            90                             # nop
            # handler, restorer
            c6 84 24 88 00 00 00 01        # movb $1, 136(%rsp): RBX of the frame
            c3                             # ret
            b8 0f 00 00 00                 # mov $15, %eax (rt_sigreturn)
            0f 05                          # syscall
            """;

    private static final long WAITING =
            Programs.CODE + 4 + 7 + 4 + 9 + 7 + 5 + 9 + 5 + 3 + 2 + 6 + 5 + 2 + 5 + 5 + 9 + 2 + 5 + 2;

    /** As under gdbserver: gdb alone knows how to go on with the range behind the handler. */
    @Test
    void aSignalIsReportedAtItsMomentEvenIfNobodyWantsToSeeIt() throws BadProgramException {
        Machine free = Programs.machine(WAITS_FOR_TIMER);
        free.insertBreakpoint(WAITING);
        assertInstanceOf(StopEvent.Breakpoint.class, free.run(LIMIT));
        free.removeBreakpoint(WAITING);
        free.reportSignals(Signals.bit(Signals.SIGALRM));
        assertInstanceOf(StopEvent.SignalReceived.class, free.run(LIMIT));

        Machine ranged = Programs.machine(WAITS_FOR_TIMER);
        ranged.insertBreakpoint(WAITING);
        assertInstanceOf(StopEvent.Breakpoint.class, ranged.run(LIMIT));
        ranged.removeBreakpoint(WAITING);
        var received = assertInstanceOf(StopEvent.SignalReceived.class, within(ranged, WAITING, WAITING + 5));
        assertEquals(Signals.SIGALRM, received.information().signal());
        assertEquals(free.moment(), ranged.moment());
        assertEquals(free.stateHash(), ranged.stateHash());
    }

    @Test
    void aFaultInsideIsReportedBeforeTheHandler() throws BadProgramException {
        Machine machine = Programs.machine("""
                48 ff c0                   # inc %rax
                48 8b 04 25 00 00 00 00    # mov 0, %rax
                """);
        var received =
                assertInstanceOf(StopEvent.SignalReceived.class, within(machine, Programs.CODE, Programs.CODE + 11));
        assertEquals(Signals.SIGSEGV, received.information().signal());
        assertEquals(Programs.CODE + 3, only(machine).cpu().rip);
    }

    @Test
    void systemCallsInsideAreMade() throws BadProgramException {
        Machine machine = Programs.machine("""
                b8 27 00 00 00             # mov $39, %eax (getpid)
                0f 05                      # syscall
                89 c1                      # mov %eax, %ecx
                eb fe                      # jmp to itself
                """);
        assertInstanceOf(StopEvent.Stepped.class, within(machine, Programs.CODE, Programs.CODE + 9));
        assertEquals(3, machine.moment().instructions());
        assertEquals(machine.process().id(), only(machine).cpu().r[Cpu.RCX]);
    }

    @Test
    void aStepThroughTheVsyscallPageMakesTheCall() throws BadProgramException {
        Machine machine = Programs.machine("""
                31 ff                      # xor %edi, %edi
                48 c7 c0 00 04 60 ff       # mov $0xffffffffff600400, %rax (time)
                ff d0                      # call *%rax
                90                         # nop
                eb fe                      # jmp to itself
                """);
        RunPlan step = RunPlan.only(only(machine).id(), new TaskAction.Step(0));
        for (int i = 0; i < 3; i++) machine.run(step, LIMIT, () -> false);
        assertEquals(0xffffffffff600400L, only(machine).cpu().rip);
        assertInstanceOf(StopEvent.Stepped.class, machine.run(step, LIMIT, () -> false));
        assertEquals(Programs.CODE + 11, only(machine).cpu().rip);
    }

    /** Two tasks count for ever; the hashes say how the turns were shared. */
    @Test
    void steppingTheTaskThatHasTheTurnDoesNotChangeWhoRunsWhen() throws BadProgramException {
        String twoTasks = """
                bf 00 0f 05 00     # mov $0x50f00, %edi (CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM)
                31 f6              # xor %esi, %esi
                31 d2              # xor %edx, %edx
                4d 31 d2           # xor %r10, %r10
                4d 31 c0           # xor %r8, %r8
                b8 38 00 00 00     # mov $56, %eax (clone)
                0f 05              # syscall
                48 ff c3           # inc %rbx
                eb fb              # jmp back
                """;
        Machine free = Programs.machine(twoTasks);
        free.run(1_000_000);
        Machine stepped = Programs.machine(twoTasks);
        while (stepped.moment().instructions() < 1_000_000) {
            Task task = stepped.kernel().scheduler().current().orElse(only(stepped));
            boolean ranged = stepped.moment().instructions() % 3 == 0;
            TaskAction action =
                    ranged ? new TaskAction.StepRange(task.cpu().rip, task.cpu().rip + 1) : new TaskAction.Step(0);
            RunPlan plan = new RunPlan(List.of(new RunPlan.TaskPlan(task.id(), action)), TaskAction.GO_ON);
            stepped.run(plan, 1_000_000 - stepped.moment().instructions(), () -> false);
        }
        assertEquals(free.stateHash(), stepped.stateHash());
    }
}
