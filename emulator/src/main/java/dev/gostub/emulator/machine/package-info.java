/**
 * The machine put together: one kernel, its files, the engines of its processes, and the loop that gives tasks their turns until there is a
 * reason to stop. What a debugger needs is here: plans, stop events, tasks, memory, breakpoints, snapshots. It knows nothing of packets.
 * Start reading at {@link dev.gostub.emulator.machine.Machine}.
 */
@NullMarked
package dev.gostub.emulator.machine;

import org.jspecify.annotations.NullMarked;
