/**
 * Puts a program into an address space: ELF64 segments, the initial stack with arguments, environment and auxiliary vector, the program
 * break. It works on bytes and knows neither files nor processes. Start reading at {@link dev.gostub.emulator.loader.ElfImage}.
 */
@NullMarked
package dev.gostub.emulator.loader;

import org.jspecify.annotations.NullMarked;
