package dev.gostub.emulator.isa;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.decode.Instruction;
import dev.gostub.emulator.decode.Operand;

/**
 * An op with a vector register as destination and one or two sources, in the shapes {@code Vdq,Wdq} (the destination is the first source), {@code Vx,Wx} and {@code Vx,Hx,Wx}, each with or without an
 * immediate behind. Encodings with VEX clear the lanes above the result, legacy encodings keep them.
 */
abstract class VectorOp extends Op {
    /** Index of the destination's lowest lane. */
    final int d;
    /** Index of the first source's lowest lane; the destination's if there is only one source. */
    final int a;
    /** The last source: the only one that can be memory. */
    final Lanes b;
    /** 64-bit lanes of the destination. */
    final int lanes;
    /** Zero if the lanes above the result are cleared, all ones if they are kept. */
    final long keep;

    /** @param aligned the manual demands alignment of legacy encodings: all but those that say they do not */
    VectorOp(Instruction i, boolean aligned) {
        boolean vex = i.form().isVex();
        int sources = i.operandCount();
        while (i.operand(sources - 1) instanceof Operand.Immediate) sources--;
        d = register(i.operand(0));
        a = register(i.operand(sources == 3 ? 1 : 0));
        b = Lanes.of(i.operand(sources - 1), aligned && !vex);
        lanes = i.operand(0).bits() / 64;
        keep = vex ? 0 : -1L;
    }

    VectorOp(Instruction i) {
        this(i, true);
    }

    /** Index into {@link Cpu#v} of a vector register's lowest lane. */
    static int register(Operand operand) {
        return ((Operand.Vector) operand).number() * Cpu.LANES;
    }

    /** Clears or keeps the upper half of the destination after a result of 128 bits. */
    final void upper(long[] v) {
        v[d + 2] &= keep;
        v[d + 3] &= keep;
    }
}
