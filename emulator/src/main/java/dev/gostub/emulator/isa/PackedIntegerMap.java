package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.FormTable;

/** Integer SIMD and full-width vector moves in the maps 0F, 0F38 and 0F3A: Intel SDM vol. 2, tables, in opcode order. */
final class PackedIntegerMap {
    private PackedIntegerMap() {}

    // spotless:off
    static void fill(FormTable t, FormTable t38, FormTable t3a) {
        t.op(0xef, "PXOR Vdq,Wdq", PackedLogic.PXOR).p66();
    }
    // spotless:on
}
