/**
 * Bytes to {@link dev.gostub.emulator.decode.Instruction}: prefixes, ModRM/SIB, VEX, immediates, by tables of {@link dev.gostub.emulator.decode.Form}s in the words of the manual (Intel SDM vol. 2,
 * appendix A). It does not know what an instruction does: a form carries an opaque {@link dev.gostub.emulator.decode.Semantics}. Start reading at {@link dev.gostub.emulator.decode.Decoder}.
 */
@NullMarked
package dev.gostub.emulator.decode;

import org.jspecify.annotations.NullMarked;
