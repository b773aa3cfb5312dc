/**
 * What Linux does, as data: processes, tasks, the deterministic scheduler, signals, futexes, timers, clocks. A task that waits is a value
 * ({@link dev.gostub.emulator.kernel.TaskState}), never a parked thread, so that a snapshot can hold it. The package knows neither system call numbers nor
 * instructions: {@code syscall} unpacks arguments and calls it, {@code machine} runs the tasks. Start reading at {@link dev.gostub.emulator.kernel.Kernel}.
 */
@NullMarked
package dev.gostub.emulator.kernel;

import org.jspecify.annotations.NullMarked;
