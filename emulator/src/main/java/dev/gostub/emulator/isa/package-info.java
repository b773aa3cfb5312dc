/**
 * The instruction set: the opcode maps in the words of the manual (Intel SDM vol. 2, appendix A), and the semantics, one class per family. A family lowers a decoded instruction
 * to an {@link dev.gostub.emulator.isa.Op}: for the hot shapes a small class with the operands in its fields, for the rest one general op, which is the specification. It knows nothing of blocks beyond
 * {@link dev.gostub.emulator.isa.Blocks}, and nothing of Linux. Start reading at {@link dev.gostub.emulator.isa.OneByteMap} and {@link dev.gostub.emulator.isa.BinaryArithmetic}.
 */
@NullMarked
package dev.gostub.emulator.isa;

import org.jspecify.annotations.NullMarked;
