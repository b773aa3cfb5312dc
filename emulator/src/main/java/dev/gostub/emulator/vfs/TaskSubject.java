package dev.gostub.emulator.vfs;

import dev.gostub.emulator.abi.Errno;
import dev.gostub.emulator.vfs.ProcessView.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The task that a directory of /proc shows: it is looked at whenever somebody asks, and may have ended by then. What has ended and was not waited for, and a leader that went before its threads,
 * has a name and numbers but neither memory nor files.
 *
 * @param number of the task
 * @param hadMemory when the path was walked: what is opened then shows that memory, or nothing once it is gone
 */
record TaskSubject(ProcessView process, int number, boolean hadMemory) {
    static TaskSubject of(ProcessView process, int number) {
        return new TaskSubject(
                process,
                number,
                process.task(number).filter(task -> !task.isZombie()).isPresent());
    }

    boolean exists() {
        return process.task(number).isPresent();
    }

    /** The task now; ESRCH once nobody asks for it any more. */
    TaskView task() throws FileFailure {
        return process.task(number).orElseThrow(() -> new FileFailure(Errno.ESRCH));
    }

    /** Has it what a task gives back when it ends. */
    boolean isAlive() {
        return process.task(number).filter(task -> !task.isZombie()).isPresent();
    }

    ProcessText text(GuestClock clock) throws FileFailure {
        TaskView now = task();
        boolean memory = hadMemory && process.holdsMemory();
        return new ProcessText(process, now, memory ? process.mappings() : List.of(), clock);
    }

    /** What is to be had only from a task that is alive. */
    <T> Optional<T> whileAlive(Supplier<T> what) {
        return isAlive() ? Optional.of(what.get()) : Optional.empty();
    }

    /** What opening the memory in some form says where there is none (mm_access of kernel/fork.c). */
    void requireMemory() throws FileFailure {
        if (!hadMemory) {
            throw new FileFailure(Errno.ESRCH);
        }
    }
}
