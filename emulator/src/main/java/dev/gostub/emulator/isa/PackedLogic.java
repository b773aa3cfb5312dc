package dev.gostub.emulator.isa;

import dev.gostub.emulator.decode.Instruction;

/** PXOR, POR, PAND, PANDN and their floating-point twins. */
public enum PackedLogic implements Lanewise {
    PXOR,
    POR,
    PAND,
    PANDN;

    @Override
    public Op lower(Instruction i) {
        Op hot = PackedOps.logic(this, i);
        return hot != null ? hot : general(i);
    }

    @Override
    public long lane(long a, long b) {
        return switch (this) {
            case PXOR -> a ^ b;
            case POR -> a | b;
            case PAND -> a & b;
            case PANDN -> ~a & b;
        };
    }
}
