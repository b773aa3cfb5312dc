package dev.gostub.emulator.decode;

/**
 * A memory operand: {@code segment + base + (index * 2^scale) + displacement}. A missing base or index is register 16, which is always zero. RIP-relative operands come with the address already in the displacement.
 *
 * @param index a vector register for VSIB forms
 * @param segment 4 for FS, 5 for GS, -1 for segments with base 0
 * @param address32 the sum (without the segment's base) is cut to 32 bits
 */
public record Place(int base, int index, int scale, long displacement, int segment, boolean address32) {
    /** Number of the register that is always zero. */
    public static final int NO_REGISTER = 16;

    /** No segment base, 64-bit addressing: what hot operations are made for. */
    public boolean plain() {
        return segment < 0 && !address32;
    }

    public boolean indexed() {
        return index != NO_REGISTER;
    }
}
