/**
 * The files that the guest sees: the host's tree, read-only, under a private overlay in memory; /proc, /dev and /sys; pipes, event
 * counters, timers and epoll sets.
 *
 * <p>Start at {@link dev.gostub.emulator.vfs.Vfs}. Nothing here blocks: an operation that would have to wait returns {@code -EAGAIN},
 * and every file tells its readiness; the kernel turns that into a waiting task. Path operations throw the checked {@link
 * dev.gostub.emulator.vfs.FileFailure}, transfers return a count or a negative errno, as Linux does inside. Bytes are handed over in
 * arrays, so the package knows no memory, no task and no system call. What the package needs to know of processes and clocks it
 * asks for in {@link dev.gostub.emulator.vfs.Processes} and {@link dev.gostub.emulator.vfs.GuestClock}.
 */
@NullMarked
package dev.gostub.emulator.vfs;

import org.jspecify.annotations.NullMarked;
