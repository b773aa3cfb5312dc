package dev.gostub.emulator.isa;

/** Shifts of each element by a count of its own. */
public enum VariableShift implements Lanewise {
    VPSLLVD,
    VPSLLVQ,
    VPSRLVD,
    VPSRLVQ,
    VPSRAVD;

    @Override
    public long lane(long a, long b) {
        return switch (this) {
            case VPSLLVQ -> Long.compareUnsigned(b, 63) > 0 ? 0 : a << b;
            case VPSRLVQ -> Long.compareUnsigned(b, 63) > 0 ? 0 : a >>> b;
            default ->
                doubleword((int) a, (int) b) & 0xffffffffL
                        | (long) doubleword((int) (a >>> 32), (int) (b >>> 32)) << 32;
        };
    }

    private int doubleword(int a, int count) {
        boolean outside = (count & ~31) != 0;
        return switch (this) {
            case VPSLLVD -> outside ? 0 : a << count;
            case VPSRLVD -> outside ? 0 : a >>> count;
            default -> a >> (outside ? 31 : count);
        };
    }
}
