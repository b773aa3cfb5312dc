package dev.gostub.emulator.isa;

/** PXOR, POR, PAND, PANDN and their floating-point twins. */
public enum PackedLogic implements Lanewise {
    PXOR,
    POR,
    PAND,
    PANDN;

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
