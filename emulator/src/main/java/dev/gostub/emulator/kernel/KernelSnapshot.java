package dev.gostub.emulator.kernel;

import dev.gostub.emulator.host.EntropySnapshot;
import dev.gostub.emulator.vfs.SeekableObject;
import java.util.List;
import java.util.Map;

/** A {@link Kernel} at one moment, with its processes, their memory and their tasks; the files behind the descriptors are not part of it. */
public record KernelSnapshot(
        int nextId,
        Clock.Snapshot clock,
        EntropySnapshot entropy,
        List<Process.Snapshot> processes,
        List<Task.Snapshot> tasks,
        Scheduler.Snapshot scheduler,
        List<Map.Entry<WaitCondition.FutexKey, List<Integer>>> futexes,
        List<Map.Entry<WaitCondition.FutexKey, Integer>> lockOwners,
        long signalsSent,
        Ipc.Snapshot ipc,
        List<SeekableObject> mappedFiles,
        long timeoutOrder) {}
