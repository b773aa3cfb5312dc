package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.OperandCode;
import org.jspecify.annotations.Nullable;

/** The memory operand of an x87 instruction that works on ST(0): a float, a double or (opcodes DA and DE) an integer of 16 or 32 bits. */
final class X87Operand {
    private final Access source;
    private final @Nullable FloatFormat format;
    private final int unused;

    X87Operand(Instruction i) {
        this.source = Access.of(i, 0);
        boolean integer = i.opcode() == 0xda || i.opcode() == 0xde;
        this.format = integer
                ? null
                : i.form().operand(0).type() == OperandCode.Type.D ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
        this.unused = 64 - i.operand(0).bits();
    }

    /** The operand's bits; may fault, so it comes before anything else. */
    long read(Cpu c) {
        return source.read(c);
    }

    /** Makes the bits that were read the second operand of {@code s}. */
    void unpack(SoftFloat s, long bits) {
        if (format != null) {
            s.unpack(s.b, bits, format);
        } else {
            s.fromInteger(bits << unused >> unused);
            s.b.set(s.r);
        }
    }
}
