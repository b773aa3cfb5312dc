package dev.gostub.emulator.isa;

/** Packed integer multiplication. */
public enum PackedMultiply implements Lanewise {
    PMULLW,
    PMULHW,
    PMULHUW,
    PMULHRSW,
    PMULUDQ,
    PMULDQ,
    PMULLD,
    PMADDWD,
    PMADDUBSW;

    @Override
    public long lane(long a, long b) {
        return switch (this) {
            case PMULUDQ -> (a & 0xffffffffL) * (b & 0xffffffffL);
            case PMULDQ -> (long) (int) a * (int) b;
            case PMULLD -> (a * b & 0xffffffffL) | (a >>> 32) * (b >>> 32) << 32;
            case PMADDWD -> pairs(a, b) & 0xffffffffL | (long) pairs(a >>> 32, b >>> 32) << 32;
            default -> words(a, b);
        };
    }

    private static int pairs(long a, long b) {
        return (short) a * (short) b + (short) (a >>> 16) * (short) (b >>> 16);
    }

    private long words(long a, long b) {
        long result = 0;
        for (int k = 48; k >= 0; k -= 16)
            result = result << 16 | word((int) (a >>> k) & 0xffff, (int) (b >>> k) & 0xffff) & 0xffff;
        return result;
    }

    private int word(int a, int b) {
        return switch (this) {
            case PMULLW -> a * b;
            case PMULHW -> (short) a * (short) b >> 16;
            case PMULHUW -> a * b >>> 16;
            case PMULHRSW -> ((short) a * (short) b >> 14) + 1 >> 1;
            // unsigned bytes of the first source with signed bytes of the second
            case PMADDUBSW -> saturate((a & 0xff) * (byte) b + (a >>> 8) * (b << 16 >> 24));
            default -> throw new IllegalStateException(name());
        };
    }

    private static int saturate(int x) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, x));
    }
}
