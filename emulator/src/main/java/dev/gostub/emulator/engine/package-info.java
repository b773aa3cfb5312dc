/**
 * Runs instructions: builds blocks of linked operations, keeps them per address space, runs chains for an exact number of instructions, steps, stops at breakpoints, faults and system calls. It knows nothing
 * of Linux or of tasks. Start reading at {@link dev.gostub.emulator.engine.Engine}.
 */
@NullMarked
package dev.gostub.emulator.engine;

import org.jspecify.annotations.NullMarked;
