/**
 * Differential tests of the instruction set: random instances of every form of the tables, executed by the engine and by the host's real processor, and the final states compared. Where the host is not amd64 Linux with a
 * C compiler the tests are skipped, visibly. Start reading at {@code DifferentialTest}.
 */
@NullMarked
package dev.gostub.emulator.oracle;

import org.jspecify.annotations.NullMarked;
