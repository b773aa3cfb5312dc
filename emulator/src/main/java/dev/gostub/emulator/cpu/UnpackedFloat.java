package dev.gostub.emulator.cpu;

/** A floating-point number of any format in parts (SDM vol. 1, 4.8.3): sign, exponent, significand, and what kind of number it is. */
public final class UnpackedFloat {
    /** Kinds of numbers. FINITE is not zero; UNSUPPORTED are encodings of 80 bits that only the 8087 knew. */
    public static final int ZERO = 0, FINITE = 1, INFINITE = 2, QUIET = 3, SIGNALLING = 4, UNSUPPORTED = 5;

    public int kind;
    public boolean negative;
    /** The value is {@code significand * 2^(exponent - 63)}. */
    public int exponent;
    /** Bit 63 is set for finite numbers; for NaNs it is, too, bit 62 tells quiet ones, and the payload follows. */
    public long significand;
    /** It was encoded as a denormal number. */
    public boolean denormal;

    /** From the encoded parts; the integer bit is explicit. */
    public void set(boolean negative, int field, long significand, FloatFormat f) {
        this.negative = negative;
        this.significand = significand;
        this.denormal = false;
        if (field == 2 * f.maximum + 1) {
            kind = significand << 1 == 0 ? INFINITE : (significand & 1L << 62) != 0 ? QUIET : SIGNALLING;
        } else if (significand == 0) {
            kind = ZERO;
        } else {
            kind = FINITE;
            int zeros = Long.numberOfLeadingZeros(significand);
            this.significand = significand << zeros;
            exponent = Math.max(field, 1) - f.maximum - zeros;
            denormal = field == 0;
        }
    }

    /** From an x87 register. */
    public void setExtended(int signExponent, long significand) {
        int field = signExponent & 0x7fff;
        set((signExponent & 0x8000) != 0, field, significand, FloatFormat.EXTENDED);
        if (field != 0 && significand >= 0) kind = UNSUPPORTED;
    }

    public void set(UnpackedFloat o) {
        kind = o.kind;
        negative = o.negative;
        exponent = o.exponent;
        significand = o.significand;
        denormal = o.denormal;
    }

    public void set(int kind, boolean negative) {
        this.kind = kind;
        this.negative = negative;
        this.significand = kind == ZERO ? 0 : Long.MIN_VALUE;
        this.denormal = false;
    }

    public void setFinite(boolean negative, int exponent, long significand) {
        this.kind = FINITE;
        this.negative = negative;
        this.exponent = exponent;
        this.significand = significand;
        this.denormal = false;
    }

    public boolean isNaN() {
        return kind >= QUIET;
    }

    public boolean isZero() {
        return kind == ZERO;
    }

    public boolean isInfinite() {
        return kind == INFINITE;
    }

    /** Negative, zero or positive as this number is less than, equal to or greater than another; neither is a NaN. */
    public int compare(UnpackedFloat other) {
        if (isZero() && other.isZero()) return 0;
        if (isZero()) return other.negative ? 1 : -1;
        if (other.isZero() || negative != other.negative) return negative ? -1 : 1;
        int order;
        if (isInfinite() || other.isInfinite()) order = Boolean.compare(isInfinite(), other.isInfinite());
        else if (exponent != other.exponent) order = Integer.compare(exponent, other.exponent);
        else order = Long.compareUnsigned(significand, other.significand);
        return negative ? -order : order;
    }
}
