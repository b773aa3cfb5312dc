package dev.gostub.emulator.vfs;

import java.util.List;
import java.util.Optional;

/** A process as /proc shows it. */
public interface ProcessView {
    int number();

    int parent();

    int group();

    int session();

    /** Absolute path of the program. */
    String executable();

    /** Arguments, each ended by a zero byte. */
    byte[] commandLine();

    /** The first environment, each variable ended by a zero byte. */
    byte[] environment();

    /** The auxiliary vector as it lies on the initial stack. */
    byte[] auxiliaryVector();

    /** Mapped regions, ascending. */
    List<MappedRegion> mappings();

    /** Has the process the memory still that it had when this view was made: it may have ended, or run another program. */
    boolean holdsMemory();

    /** Reads its memory whatever the protection; the number of bytes that exist from the address on. */
    int peek(long address, byte[] into, int at, int lengthBytes);

    /** Writes its memory whatever the protection; the number of bytes written. */
    int poke(long address, byte[] from, int at, int lengthBytes);

    /** Is the page of an address in memory. */
    boolean isResident(long address);

    FileTable files();

    FileSystemContext context();

    /** Real, effective, saved and file system user, as {@code /proc/PID/status} shows them. */
    List<Integer> users();

    /** The same of the group. */
    List<Integer> groups();

    List<Integer> supplementaryGroups();

    /** Inheritable, permitted, effective, bounding and ambient capabilities, as {@code /proc/PID/status} shows them. */
    List<Long> capabilities();

    boolean hasNoNewPrivileges();

    /** What was set through /proc, see {@link ProcessSetting}. */
    long setting(ProcessSetting setting);

    void set(ProcessSetting setting, long value);

    void rename(int task, String name);

    long timerSlackNanos(int task);

    /** 0 for what it started with. */
    void setTimerSlackNanos(int task, long nanos);

    /** Tasks, ascending; the first is the one with the process's number, which stays as a zombie. None once the process was waited for. */
    List<TaskView> tasks();

    /** The task of a number, of those above. */
    default Optional<TaskView> task(int number) {
        return tasks().stream().filter(task -> task.number() == number).findFirst();
    }

    /** Moment of the start on the monotonic clock. */
    long startNanos();

    /**
     * One line of {@code /proc/PID/maps}, and of {@code smaps}.
     *
     * @param end first address behind it
     * @param permissions as in {@code r-xp}
     * @param path path, or a name such as {@code [stack]}, or empty
     * @param privateBytes what the process has of its own in there
     */
    record MappedRegion(
            long start,
            long end,
            String permissions,
            long offset,
            long device,
            long inode,
            String path,
            long privateBytes) {}

    /**
     * A task.
     *
     * @param state letter of {@code /proc/PID/stat}: R, S, T or Z
     * @param userNanos time it has run
     * @param systemNanos time it has spent inside the kernel
     */
    record TaskView(int number, String name, char state, long userNanos, long systemNanos, SignalSets signals) {
        public boolean isZombie() {
            return state == 'Z';
        }
    }

    /** Signal sets as bit masks, signal 1 in bit 0. */
    record SignalSets(long pending, long sharedPending, long blocked, long ignored, long caught) {
        /** No signal in any set. */
        public static final SignalSets NONE = new SignalSets(0, 0, 0, 0, 0);
    }
}
