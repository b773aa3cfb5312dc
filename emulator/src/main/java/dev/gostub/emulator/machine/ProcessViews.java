package dev.gostub.emulator.machine;

import dev.gostub.emulator.abi.GuestText;
import dev.gostub.emulator.abi.Signals;
import dev.gostub.emulator.kernel.Block;
import dev.gostub.emulator.kernel.Capabilities;
import dev.gostub.emulator.kernel.Clock;
import dev.gostub.emulator.kernel.Credentials;
import dev.gostub.emulator.kernel.EndedLeader;
import dev.gostub.emulator.kernel.Kernel;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.kernel.TaskState;
import dev.gostub.emulator.kernel.WaitCondition;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import dev.gostub.emulator.vfs.FileSystemContext;
import dev.gostub.emulator.vfs.FileTable;
import dev.gostub.emulator.vfs.ProcessSetting;
import dev.gostub.emulator.vfs.ProcessView;
import dev.gostub.emulator.vfs.Processes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes as /proc asks for them. */
final class ProcessViews implements Processes {
    private final Kernel kernel;

    ProcessViews(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public int currentProcess() {
        return kernel.scheduler().current().map(task -> task.process().id()).orElse(Kernel.FIRST_PROCESS);
    }

    @Override
    public int currentTask() {
        return kernel.scheduler().current().map(Task::id).orElse(Kernel.FIRST_PROCESS);
    }

    @Override
    public List<Integer> numbers() {
        return kernel.processes().stream().map(Process::id).toList();
    }

    @Override
    public Optional<ProcessView> process(int number) {
        return kernel.process(number).map(process -> new View(kernel, process, process.memory()));
    }

    @Override
    public String ipcTable(Ipc kind) {
        return IpcTables.table(kernel.ipc(), kind);
    }

    @Override
    public SystemView system() {
        long total = kernel.memoryBytes();
        return new SystemView(
                "6.12.0", "#1 SMP PREEMPT_DYNAMIC gostub", "gostub", kernel.processors(), total, total - total / 4);
    }

    private record View(Kernel kernel, Process process, AddressSpace memory) implements ProcessView {
        @Override
        public int number() {
            return process.id();
        }

        @Override
        public int parent() {
            return process.kin().parent() == 0 ? 1 : process.kin().parent();
        }

        @Override
        public int group() {
            return process.group();
        }

        @Override
        public int session() {
            return process.session();
        }

        @Override
        public String executable() {
            return process.program().path();
        }

        @Override
        public byte[] commandLine() {
            return zeroEnded(process.program().arguments());
        }

        @Override
        public byte[] environment() {
            return zeroEnded(process.program().environment());
        }

        private static byte[] zeroEnded(List<String> strings) {
            StringBuilder text = new StringBuilder();
            strings.forEach(string -> text.append(string).append('\0'));
            return GuestText.bytes(text.toString());
        }

        @Override
        public byte[] auxiliaryVector() {
            return process.program().auxiliaryVector().clone();
        }

        @Override
        public List<MappedRegion> mappings() {
            return process.memory().mappings().stream().map(this::region).toList();
        }

        private MappedRegion region(Mapping mapping) {
            String permissions = Protection.text(mapping.protection()) + (mapping.shared() ? "s" : "p");
            boolean file = !mapping.backing().anonymous();
            String name = mapping.backing().name();
            return new MappedRegion(
                    mapping.start(),
                    mapping.end(),
                    permissions,
                    file ? mapping.offsetBytes() : 0,
                    0,
                    0,
                    name,
                    process.memory().privateBytes(mapping));
        }

        @Override
        public boolean holdsMemory() {
            return process.isAlive() && process.memory() == memory;
        }

        @Override
        public int peek(long address, byte[] into, int at, int lengthBytes) {
            return memory.peek(address, into, at, lengthBytes);
        }

        @Override
        public int poke(long address, byte[] from, int at, int lengthBytes) {
            int done = 0;
            while (done < lengthBytes) {
                Mapping mapping = memory.mappingAt(address + done);
                // What is shared and may not be written has no copy of its own to be written to (FOLL_FORCE,
                // check_vma_flags of mm/gup.c).
                if (mapping == null || mapping.shared() && (mapping.protection() & Protection.WRITE) == 0) {
                    break;
                }
                int part = (int) Math.min(lengthBytes - done, mapping.end() - address - done);
                int put = memory.poke(address + done, from, at + done, part);
                done += put;
                if (put < part) {
                    break;
                }
            }
            return done;
        }

        @Override
        public boolean isResident(long address) {
            return memory.isResident(address);
        }

        @Override
        public FileTable files() {
            return process.files();
        }

        @Override
        public FileSystemContext context() {
            return process.directories();
        }

        @Override
        public List<Integer> users() {
            Credentials who = process.credentials();
            return List.of(who.realUser(), who.effectiveUser(), who.savedUser(), who.effectiveUser());
        }

        @Override
        public List<Integer> groups() {
            Credentials who = process.credentials();
            return List.of(who.realGroup(), who.effectiveGroup(), who.savedGroup(), who.effectiveGroup());
        }

        @Override
        public List<Integer> supplementaryGroups() {
            return process.credentials().supplementary();
        }

        @Override
        public List<Long> capabilities() {
            Capabilities sets = process.credentials().capabilities();
            return List.of(sets.inheritable(), sets.permitted(), sets.effective(), sets.bounding(), sets.ambient());
        }

        @Override
        public boolean hasNoNewPrivileges() {
            return process.credentials().capabilities().noNewPrivileges();
        }

        @Override
        public long setting(ProcessSetting setting) {
            return process.setting(setting);
        }

        @Override
        public void set(ProcessSetting setting, long value) {
            process.set(setting, value);
        }

        @Override
        public void rename(int task, String name) {
            kernel.task(task).ifPresent(renamed -> renamed.rename(name));
        }

        @Override
        public long timerSlackNanos(int task) {
            return kernel.task(task).map(Task::timerSlackNanos).orElse(0L);
        }

        @Override
        public void setTimerSlackNanos(int task, long nanos) {
            kernel.task(task).ifPresent(changed -> changed.setTimerSlackNanos(nanos));
        }

        @Override
        public List<TaskView> tasks() {
            if (kernel.process(number()).isEmpty()) {
                return List.of();
            }
            Stream<TaskView> ended = process.endedLeader().stream().map(this::ended);
            return Stream.concat(ended, process.tasks().stream().map(this::task))
                    .toList();
        }

        private TaskView ended(EndedLeader leader) {
            return new TaskView(
                    number(),
                    leader.name(),
                    'Z',
                    leader.cpuTime() - leader.systemTime(),
                    leader.systemTime(),
                    signals(leader.pending(), leader.blocked()));
        }

        private TaskView task(Task task) {
            char state = switch (task.state()) {
                case TaskState.Running _, TaskState.Entering _, TaskState.Retrying _, TaskState.Completed _ -> 'R';
                // A parent that has lent its memory waits so that only SIGKILL ends it.
                case TaskState.Blocked(Block block) -> block.condition() instanceof WaitCondition.Released ? 'D' : 'S';
                case TaskState.Dead _ -> 'Z';
            };
            return new TaskView(
                    task.id(),
                    task.name(),
                    process.isStopped() ? 'T' : state,
                    task.cpuTime() - task.systemTime(),
                    task.systemTime(),
                    signals(task.pendingSet(), task.signalMask()));
        }

        private SignalSets signals(long pending, long blocked) {
            long ignored = 0;
            long caught = 0;
            for (int signal = 1; signal <= Signals.SIGRTMAX; signal++) {
                long handler = process.action(signal).handler();
                ignored |= handler == Signals.SIG_IGN ? Signals.bit(signal) : 0;
                caught |= process.action(signal).isHandler() ? Signals.bit(signal) : 0;
            }
            long shared = process.pendingSet();
            return new SignalSets(pending & ~shared, shared, blocked, ignored, caught);
        }

        @Override
        public long startNanos() {
            return Clock.UPTIME_AT_START_NANOS;
        }
    }
}
