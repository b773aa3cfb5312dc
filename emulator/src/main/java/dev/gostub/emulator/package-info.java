/**
 * The machine: one amd64 processor core's worth of host thread, memory, Linux and time, all of it data in a JVM. It knows
 * nothing of debuggers or packets; what a debugger needs is offered by {@code machine} and {@code timeline}. Everything
 * outside {@code host} is deterministic: same program, same inputs, same run. Start reading at {@code machine}.
 */
@NullMarked
package dev.gostub.emulator;

import org.jspecify.annotations.NullMarked;
