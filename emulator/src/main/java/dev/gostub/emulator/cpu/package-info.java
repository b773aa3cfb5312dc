/**
 * The architectural state of one hardware thread: general registers, RIP, RFLAGS (lazy, behind {@link dev.gostub.emulator.cpu.Flags}), vectors, x87, MXCSR and segment bases.
 * It holds a reference to the memory it works on, and nothing of instructions or of Linux. Start reading at {@link dev.gostub.emulator.cpu.Cpu}.
 */
@NullMarked
package dev.gostub.emulator.cpu;

import org.jspecify.annotations.NullMarked;
