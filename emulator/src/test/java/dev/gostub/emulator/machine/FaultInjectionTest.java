package dev.gostub.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.abi.LittleEndian;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.host.FixedHost;
import dev.gostub.emulator.host.InputLog;
import dev.gostub.emulator.host.LoggedHost;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.SignalAction;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.memory.Backing;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.syscall.Amd64Syscalls;
import dev.gostub.emulator.syscall.Syscall;
import dev.gostub.emulator.vfs.FileObject;
import dev.gostub.emulator.vfs.Node;
import dev.gostub.emulator.vfs.ProcessView;
import dev.gostub.emulator.vfs.Processes;
import dev.gostub.emulator.vfs.Saved;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own mistakes, made on purpose everywhere in turn: each costs a call, at worst a process, and is logged once; the others go on. */
class FaultInjectionTest {
    private static final int READ = 0;
    private static final int OPEN = 2;
    private static final int CLOSE = 3;
    private static final int KILLED = Signals.SIGKILL;
    /** rt_sigreturn, exit, exit_group. */
    private static final Set<Integer> WITHOUT_RETURN = Set.of(15, 60, 231);

    private static final long PLACE = 0x20000000000L;

    private DefectLog log;
    private Stage stage;
    private Task child;

    @BeforeEach
    void setUp() throws Exception {
        log = new DefectLog();
        stage = new Stage();
        child = stage.fork();
    }

    @AfterEach
    void tearDown() {
        log.close();
    }

    private static IllegalStateException mistake() {
        return new IllegalStateException("injected");
    }

    /** Both the program and its child, if that is to live, get turns. */
    private void othersGoOn(boolean childToo) {
        long first = stage.first().cpuTime();
        long before = child.cpuTime();
        for (int i = 0; i < 20; i++) {
            assertInstanceOf(StopEvent.BudgetUsed.class, stage.goOn(50_000));
        }
        assertTrue(stage.first().cpuTime() > first, "the program stands still");
        assertEquals(childToo, child.cpuTime() > before);
    }

    private void diedOfSigkill(Process process) {
        assertFalse(process.isAlive());
        assertEquals(KILLED, process.exitStatus());
    }

    // ---- system calls

    private static Stream<Syscall> calls() {
        return new Amd64Syscalls().all().stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aMistakeInASystemCallCostsTheCall(Syscall call) {
        stage.machine.syscalls().table().substitute(call.number(), _ -> {
            throw mistake();
        });
        if (WITHOUT_RETURN.contains(call.number())) {
            stage.call(child, call.number(), 1, 2, 3);
            diedOfSigkill(child.process());
            othersGoOn(false);
        } else {
            assertEquals(Errno.EIO.result(), stage.call(child, call.number(), 1, 2, 3));
            assertEquals(Errno.EIO.result(), stage.call(child, call.number(), 1, 2, 3));
            assertTrue(child.isAlive());
            othersGoOn(true);
        }
        assertEquals(1, log.lines().size());
        assertTrue(
                log.lines().getFirst().contains("] " + call.name() + "("),
                log.lines().getFirst());
    }

    @Test
    void aStackThatOverflowsAndAnArrayThatDoesNotFitCostTheCall() {
        stage.machine.syscalls().table().substitute(39, _ -> {
            throw new StackOverflowError();
        });
        stage.machine.syscalls().table().substitute(102, _ -> {
            throw new OutOfMemoryError("injected");
        });
        assertEquals(Errno.EIO.result(), stage.call(child, 39));
        assertEquals(Errno.ENOMEM.result(), stage.call(child, 102));
        othersGoOn(true);
        assertEquals(2, log.lines().size());
    }

    @Test
    void aMistakeInTheLineOfATraceCostsTheLine() {
        stage.machine.traceSystemCalls(_ -> {
            throw mistake();
        });
        assertEquals(child.id(), stage.call(child, 39));
        assertEquals(child.id(), stage.call(child, 39));
        othersGoOn(true);
        assertEquals(1, log.lines().size());
    }

    // ---- nodes of /proc and /sys

    /** What /proc asks the kernel, of which one question in turn fails. */
    private static final class Failing {
        private long countdown = Long.MAX_VALUE;

        /** By a proxy, so that a question that is added later fails like the others. */
        <T> T wrap(Class<T> type, T real) {
            Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, values) -> {
                if (--countdown == 0) {
                    throw mistake();
                }
                try {
                    Object answer = method.invoke(real, values);
                    return answer instanceof Optional<?> some
                            ? some.map(each -> each instanceof ProcessView view ? wrap(ProcessView.class, view) : each)
                            : answer;
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });
            return type.cast(proxy);
        }

        /** The question with this number fails, counted from now. */
        void arm(long number) {
            countdown = number;
        }

        boolean hasFailed() {
            return countdown <= 0;
        }

        void disarm() {
            countdown = Long.MAX_VALUE;
        }
    }

    @Test
    void aMistakeInANodeOfProcOrSysCostsTheCall() {
        Failing failing = new Failing();
        stage.machine.vfs().mountProc(failing.wrap(Processes.class, new ProcessViews(stage.machine.kernel())));
        List<String> paths = new ArrayList<>();
        walk("/proc", paths);
        walk("/sys", paths);
        assertTrue(paths.size() > 100, paths::toString);
        int failures = 0;
        for (String path : paths) {
            for (int question = 1; ; question++) {
                failing.arm(question);
                useAll(path);
                boolean failed = failing.hasFailed();
                failing.disarm();
                if (!failed) {
                    break;
                }
                failures++;
            }
        }
        assertTrue(failures > 500, "only " + failures + " questions were asked");
        othersGoOn(true);
        assertFalse(log.lines().isEmpty());
        Set<String> different = Set.copyOf(log.lines());
        assertEquals(different.size(), log.lines().size(), "a place was logged twice");
    }

    /** stat, readlink, open, read, getdents64, close. */
    private void useAll(String path) {
        Task first = stage.first();
        stage.call(first, 4, stage.text(path), stage.page + 4096);
        stage.call(first, 89, stage.text(path), stage.page + 4096, 4096);
        long fd = stage.call(first, OPEN, stage.text(path), 0, 0);
        if (fd >= 0) {
            stage.call(first, 0, fd, stage.page + 4096, 4096);
            stage.call(first, 217, fd, stage.page + 4096, 4096);
            stage.call(first, CLOSE, fd);
        }
    }

    /** All paths below one, magic links not followed. */
    private void walk(String path, List<String> paths) {
        paths.add(path);
        Task first = stage.first();
        long fd = stage.call(first, OPEN, stage.text(path), 0200000 | 0400000, 0); // O_DIRECTORY | O_NOFOLLOW
        if (fd < 0) {
            return;
        }
        List<String> names = new ArrayList<>();
        long count = stage.call(first, 217, fd, stage.page + 4096, 60_000);
        byte[] entries = stage.machine.peek(stage.page + 4096, (int) Math.max(count, 0));
        for (int at = 0; at < entries.length; at += LittleEndian.get16(entries, at + 16)) {
            int end = at + 19;
            while (entries[end] != 0) {
                end++;
            }
            names.add(new String(entries, at + 19, end - at - 19, StandardCharsets.UTF_8));
        }
        stage.call(first, CLOSE, fd);
        for (String name : names) {
            if (!name.startsWith(".")) {
                walk(path + "/" + name, paths);
            }
        }
    }

    // ---- what is behind a descriptor: devices, sockets, files

    /** Does nothing right. */
    private record Broken(Node node) implements FileObject {
        @Override
        public long read(byte[] into, int at, int length) {
            throw mistake();
        }

        @Override
        public long write(byte[] from, int at, int length) {
            throw mistake();
        }

        @Override
        public int readiness() {
            throw mistake();
        }

        @Override
        public long activity(int interest) {
            throw mistake();
        }

        @Override
        public long available() {
            throw mistake();
        }

        @Override
        public void released() {
            throw mistake();
        }

        @Override
        public Saved capture() {
            return Saved.NOTHING;
        }
    }

    private int broken(Task task) throws Exception {
        var vfs = stage.machine.vfs();
        Node node = vfs.anonymousNode(task.process().directories(), "[broken]");
        return task.process().files().add(vfs.open(new Broken(node), 2, "broken"), 0);
    }

    @Test
    void aMistakeBehindADescriptorCostsTheCallAndTheOthersAreClosedAllTheSame() throws Exception {
        int fd = broken(child);
        int other = (int) stage.call(child, 284, 0); // eventfd
        var behind = child.process().files().get(other);
        assertEquals(Errno.EIO.result(), stage.call(child, 0, fd, stage.page, 10));
        assertEquals(Errno.EIO.result(), stage.call(child, 1, fd, stage.page, 10));
        assertEquals(Errno.EIO.result(), stage.call(child, 16, fd, 0x541b, stage.page)); // FIONREAD
        othersGoOn(true);
        stage.machine.kernel().lifecycle().exitProcess(child.process(), 3);
        assertEquals(3 << 8, child.process().exitStatus());
        assertTrue(child.process().files().descriptors().isEmpty());
        assertEquals(
                IllegalStateException.class,
                org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, behind::release)
                        .getClass(),
                "the last reference was given up");
        othersGoOn(false);
    }

    @Test
    void aWaitThatCannotBeLookedAtEnds() throws Exception {
        int fd = broken(child);
        byte[] entry = new byte[8];
        LittleEndian.put32(entry, 0, fd);
        LittleEndian.put16(entry, 4, 1);
        child.process().memory().poke(stage.page, entry, 0, 8);
        stage.machine.syscalls().table().substitute(7, call -> {
            return call.isRetry()
                    ? dev.gostub.emulator.syscall.SyscallResult.failure(Errno.EBADF)
                    : dev.gostub.emulator.syscall.SyscallResult.wait(dev.gostub.emulator.kernel.Block.onFile(fd, 1));
        });
        stage.call(child, 7, stage.page, 1, -1);
        assertTrue(child.isBlocked());
        othersGoOn(true);
        assertFalse(child.isBlocked());
        assertEquals(1, log.lines().size());
    }

    // ---- instructions and signals

    /** Memory whose pages cannot even be had. */
    private record BrokenBacking() implements Backing {
        @Override
        public byte[] page(long offsetBytes) {
            throw mistake();
        }

        @Override
        public long lengthBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public String name() {
            return "broken";
        }
    }

    private void mapBroken() {
        child.process().memory().map(new Mapping(PLACE, PLACE + 65536, 7, false, new BrokenBacking(), 0));
    }

    @Test
    void aMistakeInATurnCostsTheProcess() {
        mapBroken();
        child.cpu().rip = PLACE;
        othersGoOn(false);
        diedOfSigkill(child.process());
        assertEquals(1, log.lines().size());
        assertTrue(
                log.lines().getFirst().contains("task " + child.id()),
                log.lines().getFirst());
    }

    @Test
    void aMistakeInATurnOfTheProgramEndsTheProgramAndNotTheMachine() {
        child.process().memory();
        stage.first().process().memory().map(new Mapping(PLACE, PLACE + 4096, 7, false, new BrokenBacking(), 0));
        stage.first().cpu().rip = PLACE;
        StopEvent.KilledBySignal end = assertInstanceOf(StopEvent.KilledBySignal.class, stage.goOn(1_000_000));
        assertEquals(KILLED, end.signal());
    }

    @Test
    void aMistakeWhileAHandlerIsSetUpCostsTheProcess() {
        mapBroken();
        var signaling = stage.machine.kernel().signaling();
        signaling.install(child.process(), Signals.SIGUSR1, new SignalAction(0x400000, 0, 0, 0));
        child.cpu().r[Cpu.RSP] = PLACE + 65536;
        signaling.send(child, SignalInformation.kernel(Signals.SIGUSR1));
        othersGoOn(false);
        diedOfSigkill(child.process());
        assertEquals(1, log.lines().size());
    }

    // ---- the host

    /** Two that wait for input of a terminal at which nothing can be looked for, while a third computes or nobody does. */
    private void aTerminalThatFails(boolean somebodyComputes, String logged) throws Exception {
        FixedHost host = new FixedHost();
        boolean[] armed = {false};
        InputLog failing = new InputLog() {
            @Override
            public <T> T answer(Question question, String detail, Live<T> live) {
                if (armed[0]) throw mistake();
                return live.ask();
            }
        };
        Stage waiting = new Stage(new LoggedHost(host, failing));
        Task reader = waiting.fork();
        waiting.call(reader, READ, 0, waiting.page, 1);
        if (!somebodyComputes) waiting.call(waiting.first(), READ, 0, waiting.page, 1);
        armed[0] = true;
        waiting.goOn(1_000_000);
        assertTrue(waiting.first().isAlive() && reader.isAlive());
        assertTrue(reader.isBlocked());
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().getFirst().contains(logged), log.lines().getFirst());
        armed[0] = false;
        host.terminal().arrive("xy");
        waiting.goOn(1_000_000);
        assertFalse(reader.isBlocked());
    }

    @Test
    void aMistakeInALookAtTheTerminalCostsTheLook() throws Exception {
        aTerminalThatFails(true, "letting input in failed and was left out");
    }

    @Test
    void aMistakeWhileEverybodySleepsCostsNobody() throws Exception {
        aTerminalThatFails(false, "a round of the run loop was left out");
    }
}
