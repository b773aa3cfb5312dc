package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.cpu.SoftFloat;

/** FMA: VFMADD, VFMSUB, VFNMADD, VFNMSUB, VFMADDSUB, VFMSUBADD in their three operand orders. */
final class FusedMultiplyAdd {
    private FusedMultiplyAdd() {}

    /** x * y + w, rounded once. */
    static long exact(Cpu c, FloatFormat f, long x, long y, long w) {
        SoftFloat s = c.soft;
        s.modes(c.mxcsr);
        s.unpack(s.a, x, f);
        s.unpack(s.b, y, f);
        s.unpack(s.c, w, f);
        s.multiplyAdd();
        return s.pack(f);
    }
}
