package dev.gostub.emulator.decode;

/** A decoded operand. */
public sealed interface Operand {
    /** Width in bits; 0 where the instruction alone knows. */
    int bits();

    /** A general register; {@code high} is AH, CH, DH or BH, and then number is that of RAX, RCX, RDX or RBX. */
    record General(int number, int bits, boolean high) implements Operand {}

    /** Memory. */
    record InMemory(Place place, int bits) implements Operand {}

    /** An immediate, sign-extended from its encoding to 64 bits. */
    record Immediate(long value, int bits) implements Operand {}

    /** A vector register. */
    record Vector(int number, int bits) implements Operand {}

    /** An MMX register. */
    record Mmx(int number, int bits) implements Operand {}

    /** A segment register by its encoding (ES, CS, SS, DS, FS, GS). */
    record Segment(int number, int bits) implements Operand {}

    /** An x87 register relative to the top of the stack. */
    record Stack(int index, int bits) implements Operand {}
}
