package dev.gostub.emulator.vfs;

import java.util.List;
import java.util.Optional;

/** What /proc and /sys ask the kernel. Everything is asked at the moment somebody reads. */
public interface Processes {
    /** The process whose system call is being done: {@code /proc/self}. */
    int currentProcess();

    /** The task whose system call is being done: {@code /proc/thread-self}. */
    int currentTask();

    /** Numbers of all processes, ascending. */
    List<Integer> numbers();

    /** The process of a number. */
    Optional<ProcessView> process(int number);

    /** The kinds of System V objects: the files of {@code /proc/sysvipc}. */
    enum Ipc {
        SHM,
        SEM,
        MSG
    }

    /** What the file of a kind says. */
    String ipcTable(Ipc kind);

    /** The machine as a whole. */
    SystemView system();

    /**
     * What {@code uname(2)} and {@code sysinfo(2)} tell.
     *
     * @param version the text of {@code uname -v}
     */
    record SystemView(
            String release, String version, String hostName, int cpus, long memoryBytes, long freeMemoryBytes) {}
}
