package dev.gostub.app;

import dev.gostub.emulator.machine.Machine;
import dev.gostub.emulator.memory.Watch;
import dev.gostub.server.target.StopReason;
import dev.gostub.server.target.ThreadId;
import dev.gostub.server.target.WatchKind;
import dev.gostub.server.target.Watchpoints;
import java.util.LinkedHashMap;
import java.util.Map;

/** The watchpoints of one process: any number, of any length and alignment. */
final class MachineWatchpoints implements Watchpoints {
    private final Machine machine;
    private final Map<Watch, WatchKind> inserted = new LinkedHashMap<>();

    MachineWatchpoints(Machine machine) {
        this.machine = machine;
    }

    @Override
    public void insert(WatchKind kind, long address, long lengthBytes) {
        Watch watch = watch(kind, address, lengthBytes);
        inserted.put(watch, kind);
        machine.watch(watch);
    }

    @Override
    public void remove(WatchKind kind, long address, long lengthBytes) {
        Watch watch = watch(kind, address, lengthBytes);
        inserted.remove(watch);
        machine.unwatch(watch);
    }

    void removeAll() {
        inserted.keySet().forEach(machine::unwatch);
        inserted.clear();
    }

    /** The stop that a hit of {@code watch} is. */
    StopReason stop(ThreadId thread, Watch watch) {
        return new StopReason.Watchpoint(thread, inserted.getOrDefault(watch, WatchKind.ACCESS), watch.start());
    }

    private static Watch watch(WatchKind kind, long address, long lengthBytes) {
        return new Watch(address, lengthBytes, kind != WatchKind.WRITE, kind != WatchKind.READ);
    }
}
