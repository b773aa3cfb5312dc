package dev.gostub.emulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Clone;
import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.Poll;
import dev.gostub.emulator.abi.SignalFrame;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.CpuSnapshot;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.kernel.WaitCondition.FutexKey;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import dev.gostub.emulator.vfs.FileFailure;
import dev.gostub.emulator.vfs.Vfs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {
    private static final long STACK = 0x7fff_0000L;
    private static final long HANDLER = 0x40_1000;
    private static final long RESTORER = 0x40_2000;

    private final Kernel kernel = new Kernel(new FixedHost(), 4, 1L << 30);
    private final Vfs vfs = new Vfs(new FixedHost(), kernel.clock());
    private final Process process;
    private final Task first;

    KernelTest() throws FileFailure {
        AddressSpace memory = new AddressSpace();
        memory.map(
                new Mapping(STACK - 0x10000, STACK, Protection.READ | Protection.WRITE, false, Backing.ANONYMOUS, 0));
        process = kernel.lifecycle().createProcess(memory, vfs.newFileTable(), vfs.newContext("/"));
        first = process.tasks().getFirst();
        first.cpu().r[Cpu.RSP] = STACK - 0x100;
        first.cpu().rip = 0x40_0000;
    }

    private Task thread() {
        return kernel.lifecycle()
                .cloneThread(
                        first,
                        new Lifecycle.Birth(Clone.CLONE_VM | Clone.CLONE_SIGHAND | Clone.CLONE_THREAD, 0, 0, 0, 0));
    }

    private FutexKey key(long address) {
        return new FutexKey(process.id(), address);
    }

    private void waitOn(Task task, long address, int bitset) {
        task.enterCall(202);
        kernel.block(task, Block.on(new WaitCondition.Futex(key(address), bitset)));
    }

    private Task next() {
        return kernel.scheduler().next(_ -> true);
    }

    private void pass(Task task, long instructions) {
        kernel.clock().retire(instructions);
        task.charge(instructions);
        kernel.scheduler().charge(instructions);
        kernel.expireTimers();
    }

    // ---- scheduler

    @Test
    void everyTaskGetsItsTurnsAndNoneMoreThanOthers() {
        List<Task> all = List.of(first, thread(), thread());
        List<Task> order = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Task task = next();
            order.add(task);
            assertSame(task, next(), "the turn is not over");
            pass(task, Scheduler.QUANTUM);
        }
        for (Task task : all) {
            assertEquals(3, order.stream().filter(task::equals).count());
        }
    }

    @Test
    void whoYieldsGoesBehindTheOthers() {
        Task other = thread();
        Task running = next();
        kernel.scheduler().yieldTurn();
        Task after = next();
        assertTrue(after != running);
        assertTrue(after == other || after == first);
        kernel.block(after, Block.onNothing());
        kernel.scheduler().yieldTurn();
        assertSame(running, next());
        kernel.scheduler().yieldTurn();
        assertSame(running, next(), "there is nobody else");
    }

    @Test
    void aSleeperDoesNotStarveTheOthersWhenItWakes() {
        Task other = thread();
        kernel.block(other, Block.onNothing());
        for (int i = 0; i < 100; i++) {
            pass(next(), Scheduler.QUANTUM);
        }
        kernel.retry(other);
        int turns = 0;
        while (next() == other) {
            pass(other, kernel.scheduler().turnLeft());
            turns++;
        }
        assertTrue(turns >= 1 && turns <= 2, turns + " turns in a row");
    }

    @Test
    void whoIsWokenGetsItsTurnSoonerOrLaterSoThatNoTwoTasksFallIntoStep() {
        Task other = thread();
        List<Long> latencies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waitOn(other, 0x1000, -1);
            kernel.scheduler().begin(first);
            kernel.futexes().wake(key(0x1000), 1, -1);
            latencies.add(kernel.scheduler().turnLeft());
        }
        assertEquals(
                Scheduler.WAKE_LATENCY, latencies.stream().max(Long::compare).orElseThrow());
        assertTrue(latencies.stream().min(Long::compare).orElseThrow() < 100, latencies.toString());
        long distinct = latencies.stream().distinct().count();
        assertTrue(distinct > 5, latencies.toString());
    }

    // ---- futexes

    @Test
    void waitersAreWokenInTheOrderOfTheirArrival() {
        Task second = thread();
        Task third = thread();
        waitOn(second, 0x1000, -1);
        waitOn(third, 0x1000, -1);
        waitOn(first, 0x1000, -1);
        assertEquals(2, kernel.futexes().wake(key(0x1000), 2, -1));
        assertEquals(new TaskState.Completed(0), second.state());
        assertEquals(new TaskState.Completed(0), third.state());
        assertTrue(first.isBlocked());
        assertEquals(0, kernel.futexes().wake(key(0x1004), 9, -1));
        assertEquals(1, kernel.futexes().wake(key(0x1000), 9, -1));
    }

    @Test
    void onlyWaitersWithACommonBitAreWoken() {
        Task second = thread();
        waitOn(first, 0x1000, 1);
        waitOn(second, 0x1000, 6);
        assertEquals(1, kernel.futexes().wake(key(0x1000), 9, 4));
        assertTrue(first.isBlocked());
        assertFalse(second.isBlocked());
    }

    @Test
    void requeuedWaitersAreWokenThroughTheOtherWord() {
        Task second = thread();
        waitOn(first, 0x1000, -1);
        waitOn(second, 0x1000, -1);
        assertEquals(1, kernel.futexes().wake(key(0x1000), 1, -1));
        assertEquals(1, kernel.futexes().requeue(key(0x1000), key(0x2000), 5));
        assertEquals(0, kernel.futexes().wake(key(0x1000), 5, -1));
        assertEquals(1, kernel.futexes().wake(key(0x2000), 5, -1));
    }

    @Test
    void aThreadThatEndsClearsItsWordAndWakesWhoJoinsIt() {
        long word = STACK - 0x2000;
        process.memory().copyOut(word, new byte[] {1, 2, 3, 4}, 0, 4);
        Task second =
                kernel.lifecycle().cloneThread(first, new Lifecycle.Birth(Clone.CLONE_CHILD_CLEARTID, 0, 0, 0, word));
        waitOn(first, word, -1);
        kernel.lifecycle().exitTask(second, 0);
        assertEquals(new TaskState.Completed(0), first.state());
        byte[] now = new byte[4];
        process.memory().copyIn(word, now, 0, 4);
        assertEquals(0, Arrays.hashCode(now) - Arrays.hashCode(new byte[4]));
        assertTrue(process.isAlive());
    }

    // ---- time

    @Test
    void deadlinesPassInTheirOrderAndMakeTheCallAgain() {
        Task second = thread();
        long now = kernel.clock().due();
        kernel.block(first, Block.onNothing().until(now + 2000));
        kernel.block(second, Block.onNothing().until(now + 1000));
        assertEquals(now + 1000, kernel.timers().next());
        kernel.clock().pass(1000);
        kernel.expireTimers();
        assertInstanceOf(TaskState.Retrying.class, second.state());
        assertTrue(first.isBlocked());
        kernel.clock().pass(5000);
        kernel.expireTimers();
        assertInstanceOf(TaskState.Retrying.class, first.state());
        assertEquals(Timers.NEVER, kernel.timers().next());
    }

    @Test
    void aWokenWaiterLeavesNoDeadlineBehind() {
        first.enterCall(202);
        kernel.block(
                first,
                Block.on(new WaitCondition.Futex(key(0x1000), -1))
                        .until(kernel.clock().due() + 1000));
        kernel.futexes().wake(key(0x1000), 1, -1);
        assertEquals(Timers.NEVER, kernel.timers().next());
    }

    @Test
    void aTimerThatWasLateTellsHowOftenItWouldHaveGoneOff() {
        IntervalTimer timer = kernel.intervalTimers()
                .create(first, IntervalTimer.Measure.MONOTONIC, new IntervalTimer.Notice(Signals.SIGUSR1, 0, 0, 9), 0);
        kernel.signaling().install(process, Signals.SIGUSR1, new SignalAction(HANDLER, 0, 0, 0));
        kernel.intervalTimers().arm(timer, kernel.clock().due() + 100, 100);
        kernel.clock().pass(350);
        kernel.expireTimers();
        assertTrue(first.hasDeliverableSignal());
        SignalInformation got = kernel.signaling().take(first);
        assertEquals(Signals.SI_TIMER, got.code());
        assertEquals(9, got.second());
        assertEquals(2, timer.overruns());
        long lead = kernel.clock().monotonic() - kernel.clock().due();
        assertEquals(50 - lead, kernel.intervalTimers().remaining(timer));
    }

    @Test
    void aTimerOfATaskCountsOnlyItsInstructions() {
        Task second = thread();
        IntervalTimer timer = kernel.intervalTimers()
                .create(
                        first,
                        IntervalTimer.Measure.TASK_CPU,
                        new IntervalTimer.Notice(Signals.SIGPROF, 0, first.id(), 0),
                        first.id());
        kernel.signaling().install(process, Signals.SIGPROF, new SignalAction(HANDLER, 0, 0, 0));
        kernel.intervalTimers().arm(timer, 1000, 1000);
        assertEquals(1000, kernel.intervalTimers().untilDue(first));
        assertEquals(Long.MAX_VALUE, kernel.intervalTimers().untilDue(second));
        pass(second, 5000);
        kernel.intervalTimers().expireCounting();
        assertFalse(first.hasDeliverableSignal());
        pass(first, 1000);
        kernel.intervalTimers().expireCounting();
        assertTrue(first.hasDeliverableSignal());
        assertFalse(second.hasDeliverableSignal());
    }

    // ---- signals

    private void handle(int signal, long flags, long mask) {
        kernel.signaling()
                .install(process, signal, new SignalAction(HANDLER, flags | Signals.SA_RESTORER, RESTORER, mask));
    }

    @Test
    void aHandlerReturnsToExactlyTheStateItInterrupted() {
        Cpu cpu = first.cpu();
        for (int i = 0; i < 16; i++) {
            if (i != Cpu.RSP) {
                cpu.r[i] = 0x1111_1111_1111_1111L * i;
            }
        }
        for (int i = 0; i < cpu.v.length; i++) {
            cpu.v[i] = 0x0123_4567_89ab_cdefL * (i + 1);
        }
        cpu.x87.top = 3;
        cpu.x87.significand[5] = 0x8000_0000_0000_0001L;
        cpu.x87.signExponent[5] = 0xbfff;
        cpu.x87.occupied = 0x28;
        cpu.mxcsr = 0x5fa2;
        cpu.flags.setRflags(0x202 | 0x8d5);
        first.setSignalMask(Signals.bit(Signals.SIGHUP));
        CpuSnapshot before = cpu.capture();
        long stateBefore = cpu.hash();
        handle(Signals.SIGUSR1, Signals.SA_SIGINFO, Signals.bit(Signals.SIGUSR2));

        assertTrue(kernel.signaling().act(first, SignalInformation.from(Signals.SIGUSR1, Signals.SI_TKILL, process)));
        assertEquals(HANDLER, cpu.rip);
        assertEquals(Signals.SIGUSR1, cpu.r[Cpu.RDI]);
        assertEquals(8, cpu.r[Cpu.RSP] & 15, "as after a CALL");
        assertEquals(cpu.r[Cpu.RSP] + SignalFrame.SIGINFO, cpu.r[Cpu.RSI]);
        assertEquals(RESTORER, cpu.memory.load64(cpu.r[Cpu.RSP]));
        assertEquals(Cpu.MXCSR_DEFAULT, cpu.mxcsr);
        assertEquals(
                Signals.bit(Signals.SIGHUP) | Signals.bit(Signals.SIGUSR1) | Signals.bit(Signals.SIGUSR2),
                first.signalMask());
        cpu.r[Cpu.RSP] += 8; // RET of the handler

        assertTrue(kernel.signaling().returnFromHandler(first));
        assertEquals(stateBefore, cpu.hash());
        assertEquals(before.rip(), cpu.rip);
        assertEquals(Signals.bit(Signals.SIGHUP), first.signalMask());
    }

    @Test
    void anInterruptedCallFailsOrIsMadeAgainAsItsActionSays() {
        for (boolean restart : new boolean[] {false, true}) {
            first.cpu().rip = 0x40_0002;
            first.enterCall(0);
            kernel.block(first, Block.onFile(0, Poll.POLLIN));
            assertEquals(Errno.ERESTARTSYS.result(), first.cpu().r[Cpu.RAX]);
            handle(Signals.SIGUSR1, restart ? Signals.SA_RESTART : 0, 0);
            kernel.signaling().act(first, SignalInformation.kernel(Signals.SIGUSR1));
            first.cpu().r[Cpu.RSP] += 8;
            kernel.signaling().returnFromHandler(first);
            assertEquals(restart ? 0x40_0000 : 0x40_0002, first.cpu().rip);
            assertEquals(restart ? 0 : Errno.EINTR.result(), first.cpu().r[Cpu.RAX]);
        }
    }

    @Test
    void aHandlerThatHasNoStackKills() {
        handle(Signals.SIGSEGV, 0, 0);
        first.cpu().r[Cpu.RSP] = 0x10;
        kernel.signaling().act(first, SignalInformation.kernel(Signals.SIGSEGV));
        assertFalse(process.isAlive());
        assertEquals(Signals.SIGSEGV, process.exitStatus());
    }

    @Test
    void aForcedSignalThatIsBlockedKills() {
        handle(Signals.SIGSEGV, 0, 0);
        first.setSignalMask(Signals.bit(Signals.SIGSEGV));
        kernel.signaling().force(first, SignalInformation.fault(Signals.SIGSEGV, Signals.SEGV_MAPERR, 0));
        kernel.signaling().act(first, kernel.signaling().take(first));
        assertFalse(process.isAlive());
    }

    @Test
    void ignoredSignalsAreDroppedUnlessSomebodyWatches() {
        kernel.signaling().send(process, SignalInformation.kernel(Signals.SIGCHLD));
        assertFalse(first.hasDeliverableSignal());
        kernel.signaling().watch(Signals.bit(Signals.SIGCHLD));
        kernel.signaling().send(process, SignalInformation.kernel(Signals.SIGCHLD));
        assertTrue(first.hasDeliverableSignal());
    }

    @Test
    void aSignalForTheProcessGoesToATaskThatDoesNotBlockIt() {
        Task second = thread();
        handle(Signals.SIGTERM, 0, 0);
        first.setSignalMask(Signals.bit(Signals.SIGTERM));
        kernel.signaling().send(process, SignalInformation.kernel(Signals.SIGTERM));
        assertFalse(first.hasDeliverableSignal());
        assertTrue(second.hasDeliverableSignal());
    }

    @Test
    void aStoppedProcessGetsNoTurnUntilItIsContinued() {
        kernel.signaling().act(first, SignalInformation.kernel(Signals.SIGSTOP));
        assertTrue(process.isStopped());
        assertEquals(null, next());
        kernel.signaling().send(process, SignalInformation.kernel(Signals.SIGCONT));
        assertSame(first, next());
    }

    @Test
    void standardSignalsArePendingOnceAndRealTimeOnesEach() {
        first.setSignalMask(-1);
        for (int i = 0; i < 3; i++) {
            kernel.signaling().send(first, SignalInformation.kernel(Signals.SIGUSR1));
            kernel.signaling().send(first, SignalInformation.kernel(40));
        }
        first.setSignalMask(0);
        List<Integer> taken = new ArrayList<>();
        while (first.hasDeliverableSignal()) {
            taken.add(kernel.signaling().take(first).signal());
        }
        assertEquals(List.of(Signals.SIGUSR1, 40, 40, 40), taken);
    }

    // ---- snapshots

    @Test
    void aRestoredKernelHasItsWaitersAndDeadlinesAgain() {
        Task second = thread();
        waitOn(first, 0x1000, -1);
        long deadline = kernel.clock().due() + 1000;
        kernel.block(second, Block.onNothing().until(deadline));
        KernelSnapshot snapshot = kernel.capture();

        kernel.futexes().wake(key(0x1000), 1, -1);
        kernel.clock().pass(5000);
        kernel.expireTimers();
        Task third = thread();
        kernel.lifecycle().exitTask(first, 0);
        kernel.restore(snapshot);

        assertEquals(List.of(first, second), kernel.tasks());
        assertEquals(List.of(first, second), process.tasks());
        assertFalse(kernel.tasks().contains(third));
        assertEquals(deadline, kernel.timers().next());
        assertTrue(first.isBlocked() && second.isBlocked());
        assertEquals(1, kernel.futexes().wake(key(0x1000), 1, -1));
        assertEquals(third.id(), thread().id(), "numbers are given again");
    }
}
