package dev.gostub.app;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.kernel.SignalInformation;
import dev.gostub.emulator.kernel.Task;
import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.memory.Mapping;
import dev.gostub.emulator.memory.Protection;
import dev.gostub.server.arch.Amd64Registers;
import dev.gostub.server.target.BreakpointKind;
import dev.gostub.server.target.Errno;
import dev.gostub.server.target.Inferior;
import dev.gostub.server.target.MemoryRegion;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.TargetException;
import dev.gostub.server.target.ThreadId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The machine's program while it lives. */
final class MachineInferior implements Inferior {
    private final Machine machine;
    /** What is inserted where: the machine knows one kind only. */
    private final Map<Long, Set<BreakpointKind>> breakpoints = new TreeMap<>();

    private final MachineWatchpoints watchpoints;
    private StopReason stop = new StopReason.NoneLeft();

    MachineInferior(Machine machine) {
        this.machine = machine;
        this.watchpoints = new MachineWatchpoints(machine);
    }

    MachineWatchpoints watchpoints() {
        return watchpoints;
    }

    Machine machine() {
        return machine;
    }

    /** Remembers why it stands, for {@code siginfo}. */
    void stopped(StopReason reason) {
        stop = reason;
    }

    Task task(ThreadId thread) throws TargetException {
        if (thread.pid() == pid() && thread.tid() <= Integer.MAX_VALUE) {
            var task = machine.task((int) thread.tid());
            if (task.isPresent()) return task.get();
        }
        throw new TargetException(Errno.ESRCH, "no thread " + thread);
    }

    @Override
    public long pid() {
        return machine.process().id();
    }

    @Override
    public List<ThreadId> threads() {
        return machine.tasks().stream().map(MachineTarget::id).toList();
    }

    @Override
    public String threadName(ThreadId thread) throws TargetException {
        return task(thread).name();
    }

    @Override
    public int core(ThreadId thread) throws TargetException {
        return task(thread).processor();
    }

    @Override
    public byte[] registers(ThreadId thread) throws TargetException {
        Task task = task(thread);
        return RegisterBlock.read(task.cpu(), task.systemCall());
    }

    @Override
    public void writeRegisters(ThreadId thread, byte[] block) throws TargetException {
        Task task = task(thread);
        // dlv writes all registers back when it has changed none; a wait must not end by that.
        if (Arrays.equals(block, RegisterBlock.read(task.cpu(), task.systemCall()))) return;
        RegisterBlock.write(task.cpu(), block);
        task.enterCall(RegisterBlock.systemCall(block));
        machine.registersWritten(task);
    }

    @Override
    public byte[] register(ThreadId thread, int offset, int lengthBytes) throws TargetException {
        Cpu cpu = task(thread).cpu();
        if (lengthBytes == Long.BYTES) {
            switch (offset) {
                case Amd64Registers.RIP_OFFSET:
                    return bytes(cpu.rip);
                case Amd64Registers.RSP_OFFSET:
                    return bytes(cpu.r[Cpu.RSP]);
                case Amd64Registers.RBP_OFFSET:
                    return bytes(cpu.r[Cpu.RBP]);
                default:
                    break;
            }
        }
        return Inferior.super.register(thread, offset, lengthBytes);
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    @Override
    public byte[] readMemory(long address, int lengthBytes) {
        return machine.peek(address, lengthBytes);
    }

    @Override
    public void writeMemory(long address, byte[] bytes) throws TargetException {
        if (machine.peek(address, bytes.length).length < bytes.length || machine.poke(address, bytes) < bytes.length) {
            throw new TargetException(Errno.EFAULT, "cannot write memory at 0x" + Long.toHexString(address));
        }
    }

    @Override
    public MemoryRegion region(long address) {
        long gap = 0;
        for (Mapping mapping : machine.process().memory().mappings()) {
            if (Long.compareUnsigned(address, mapping.start()) < 0) {
                return MemoryRegion.gap(gap, mapping.start() - gap);
            }
            if (Long.compareUnsigned(address, mapping.end()) < 0) {
                String permissions = Protection.text(mapping.protection());
                String name = mapping.backing().name();
                return new MemoryRegion(mapping.start(), mapping.lengthBytes(), permissions, name);
            }
            gap = mapping.end();
        }
        return MemoryRegion.gap(gap, -gap);
    }

    @Override
    public void insertBreakpoint(BreakpointKind kind, long address) throws TargetException {
        if (machine.peek(address, 1).length == 0) {
            throw new TargetException(Errno.EFAULT, "no memory at 0x" + Long.toHexString(address));
        }
        breakpoints
                .computeIfAbsent(address, _ -> EnumSet.noneOf(BreakpointKind.class))
                .add(kind);
        machine.insertBreakpoint(address);
    }

    @Override
    public void removeBreakpoint(BreakpointKind kind, long address) {
        Set<BreakpointKind> kinds = breakpoints.get(address);
        if (kinds != null && kinds.remove(kind) && kinds.isEmpty()) {
            breakpoints.remove(address);
            machine.removeBreakpoint(address);
        }
    }

    void removeBreakpoints() {
        breakpoints.keySet().forEach(machine::removeBreakpoint);
        watchpoints.removeAll();
        breakpoints.clear();
    }

    /** How a breakpoint that was hit was inserted; software if both ways, as a real machine meets that first. */
    BreakpointKind kindAt(long address) {
        Set<BreakpointKind> kinds = breakpoints.getOrDefault(address, Set.of(BreakpointKind.SOFTWARE));
        return kinds.contains(BreakpointKind.SOFTWARE) ? BreakpointKind.SOFTWARE : BreakpointKind.HARDWARE;
    }

    @Override
    public byte[] auxiliaryVector() {
        return machine.process().program().auxiliaryVector();
    }

    @Override
    public String executable() {
        return machine.process().program().path();
    }

    @Override
    public List<String> arguments() {
        List<String> all = machine.process().program().arguments();
        return all.subList(Math.min(1, all.size()), all.size());
    }

    @Override
    public byte[] signalInformation(ThreadId thread) throws TargetException {
        Task task = task(thread);
        return stop instanceof StopReason.OfThread mine && mine.thread().equals(thread)
                ? StopInformation.of(mine, task).toBytes()
                : task.lastSignal().toBytes();
    }

    @Override
    public void writeSignalInformation(ThreadId thread, byte[] information) throws TargetException {
        int signal = ByteBuffer.wrap(information).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        task(thread).setLastSignal(SignalInformation.of(signal, information));
        // From now on what was written is read, whatever the stop was about.
        if (stop instanceof StopReason.OfThread mine && mine.thread().equals(thread)) {
            stop = new StopReason.NoneLeft();
        }
    }
}
