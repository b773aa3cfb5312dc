/**
 * Linux's numbers and struct layouts for amd64, and nothing else.
 *
 * <p>Every constant carries Linux's own identifier, every layout is a record that can be written to and read from
 * little-endian bytes. The package has no behaviour and imports no other package of the machine. Sources: the uapi headers
 * ({@code include/uapi/linux}, {@code include/uapi/asm-generic}, {@code arch/x86/include/uapi/asm}).
 */
@NullMarked
package dev.gostub.emulator.abi;

import org.jspecify.annotations.NullMarked;
