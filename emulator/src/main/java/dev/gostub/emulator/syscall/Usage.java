package dev.gostub.emulator.syscall;

import dev.gostub.emulator.abi.Scheduling;
import dev.gostub.emulator.abi.TimeLayouts;
import dev.gostub.emulator.kernel.Process;
import dev.gostub.emulator.kernel.Task;

/** Processor time as {@code getrusage(2)} and {@code times(2)} tell it, in nanoseconds: of the program's instructions, and inside the kernel. */
record Usage(long user, long system) {
    static Usage of(Task task) {
        return new Usage(task.cpuTime() - task.systemTime(), task.systemTime());
    }

    static Usage of(Process process) {
        return new Usage(process.cpuTime() - process.systemTime(), process.systemTime());
    }

    /** That of the children that a process has waited for, and of theirs. */
    static Usage ofChildren(Process process) {
        long system = process.kin().childrenSystemTime();
        return new Usage(process.kin().childrenTime() - system, system);
    }

    Usage plus(Usage other) {
        return new Usage(user + other.user, system + other.system);
    }

    /** A {@code struct rusage} that tells of processor time only. */
    byte[] toBytes() {
        byte[] b = new byte[Scheduling.RUSAGE_BYTES];
        TimeLayouts.putTimeval(b, 0, user);
        TimeLayouts.putTimeval(b, TimeLayouts.TIMEVAL_BYTES, system);
        return b;
    }
}
