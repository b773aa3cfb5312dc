package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.FormTable;

/** Floating-point SIMD in the maps 0F, 0F38 and 0F3A, and the state it needs (MXCSR, FXSAVE): Intel SDM vol. 2, tables, in opcode order. */
final class FloatMap {
    private FloatMap() {}

    // spotless:off
    static void fill(FormTable t, FormTable t38, FormTable t3a) {
    }
    // spotless:on
}
