package dev.gostub.emulator.cpu;

/**
 * A binary floating-point format (SDM vol. 1, 4.2.2, 4.2.3 and table 4-3).
 */
public enum FloatFormat {
    /** 16 bits: only converted from and to (F16C). */
    HALF(11, 15),
    SINGLE(24, 127),
    DOUBLE(53, 1023),
    /** 80 bits with an explicit integer bit: the x87 registers. */
    EXTENDED(64, 16383);

    /** Bits of the significand, the integer bit among them. */
    final int precision;
    /** Greatest exponent of a finite number, and the bias. */
    final int maximum;
    /** Least exponent of a normal number. */
    final int minimum;

    FloatFormat(int precision, int maximum) {
        this.precision = precision;
        this.maximum = maximum;
        this.minimum = 1 - maximum;
    }

    /** Bits of the significand that are stored, in the formats that leave the integer bit out. */
    private int stored() {
        return precision - 1;
    }

    /** The bits of a number whose significand fits this format; not for {@link #EXTENDED}. */
    long pack(boolean negative, int exponentField, long significand) {
        long bits = (long) exponentField << stored() | significand << 1 >>> 64 - stored();
        return negative ? bits | 1L << signBit() : bits;
    }

    private int signBit() {
        return this == HALF ? 15 : this == SINGLE ? 31 : 63;
    }

    /** Takes the bits of a number apart; not for {@link #EXTENDED}. */
    void unpack(long bits, UnpackedFloat u) {
        int field = (int) (bits >>> stored()) & 2 * maximum + 1;
        long fraction = bits << 64 - stored() >>> 1;
        u.set((bits >>> signBit() & 1) != 0, field, field == 0 ? fraction : fraction | Long.MIN_VALUE, this);
    }
}
