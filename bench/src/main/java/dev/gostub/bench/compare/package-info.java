/**
 * The side-by-side comparison behind {@code bench/compare}: our command beside qemu-x86_64, gdbserver and the native
 * machine, in one run on one machine, because only the ratios mean something. It starts programs and measures from
 * outside; it knows nothing of the emulator. Start reading at {@link dev.gostub.bench.compare.Compare}.
 */
@NullMarked
package dev.gostub.bench.compare;

import org.jspecify.annotations.NullMarked;
