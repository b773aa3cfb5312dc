package dev.gostub.emulator.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Arithmetic on elements side by side against the same on one element at a time. */
class SwarTest {
    private static final int ROUNDS = 20_000;
    private static final int[] WIDTHS = {8, 16, 32};

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void additionAndSubtractionKeepCarriesInside() {
        check("add", (a, b, h, w) -> Swar.add(a, b, h), (a, b, bits) -> a + b);
        check("sub", (a, b, h, w) -> Swar.sub(a, b, h), (a, b, bits) -> a - b);
    }

    @Test
    void comparisonsGiveOnesOrZeros() {
        check("equal", Swar::equal, (a, b, bits) -> a == b ? -1 : 0);
        check("greater", Swar::greater, (a, b, bits) -> a > b ? -1 : 0);
        check("below", Swar::below, (a, b, bits) -> unsigned(a, bits) < unsigned(b, bits) ? -1 : 0);
    }

    @Test
    void saturationStopsAtTheLimits() {
        check("adds", Swar::addSigned, (a, b, bits) -> Math.clamp(a + b, -1L << bits - 1, (1L << bits - 1) - 1));
        check("subs", Swar::subSigned, (a, b, bits) -> Math.clamp(a - b, -1L << bits - 1, (1L << bits - 1) - 1));
        check(
                "addus",
                Swar::addUnsignedSaturated,
                (a, b, bits) -> Math.min(unsigned(a, bits) + unsigned(b, bits), (1L << bits) - 1));
        check("subus", Swar::subUnsignedSaturated, (a, b, bits) -> Math.max(unsigned(a, bits) - unsigned(b, bits), 0));
    }

    @Test
    void averagesRoundUp() {
        check(
                "avg",
                (a, b, h, w) -> Swar.average(a, b, h),
                (a, b, bits) -> unsigned(a, bits) + unsigned(b, bits) + 1 >> 1);
    }

    @Test
    void signsAndAbsoluteValuesKeepTheLeastNumber() {
        check("abs", (a, b, h, w) -> Swar.absolute(a, h, w), (a, b, bits) -> Math.abs(a));
        check("sign", Swar::signed, (a, b, bits) -> a * Long.signum(b));
    }

    @Test
    void shiftsLoseWhatLeavesTheElement() {
        for (int count = 0; count < 70; count++) {
            int n = count;
            check("left " + n, (a, b, h, w) -> Swar.shiftLeft(a, n, h, w), (a, b, bits) -> n >= bits ? 0 : a << n);
            check(
                    "right " + n,
                    (a, b, h, w) -> Swar.shiftRight(a, n, h, w),
                    (a, b, bits) -> n >= bits ? 0 : unsigned(a, bits) >> n);
            check(
                    "signed " + n,
                    (a, b, h, w) -> Swar.shiftRightSigned(a, n, h, w),
                    (a, b, bits) -> a >> Math.min(n, bits - 1));
        }
    }

    @Test
    void maskCollectsTheTopBits() {
        for (int i = 0; i < ROUNDS; i++) {
            long x = value();
            int want = 0;
            for (int k = 0; k < 8; k++) want |= (int) (x >>> 8 * k + 7 & 1) << k;
            assertEquals(want, Swar.mask8(x), () -> Long.toHexString(x));
        }
    }

    private void check(String name, OnLong fast, OnElement slow) {
        for (int bits : WIDTHS) {
            long h = Long.divideUnsigned(-1L, (1L << bits) - 1) << bits - 1;
            for (int i = 0; i < ROUNDS / WIDTHS.length / 10; i++) {
                long a = value();
                long b = value();
                long want = 0;
                for (int k = 64 - bits; k >= 0; k -= bits) {
                    long element = slow.of(a << 64 - bits - k >> 64 - bits, b << 64 - bits - k >> 64 - bits, bits);
                    want = want << bits | unsigned(element, bits);
                }
                long result = want;
                assertEquals(
                        want,
                        fast.of(a, b, h, bits - 1),
                        () -> "%s of %d bits: %x, %x; wanted %x".formatted(name, bits, a, b, result));
            }
        }
    }

    private static long unsigned(long x, int bits) {
        return x & (1L << bits) - 1;
    }

    /** With a liking for equal and extreme elements. */
    private long value() {
        long x = 0;
        for (int k = 0; k < 8; k++) {
            x = x << 8
                    | switch (random.nextInt(4)) {
                        case 0 -> 0x80;
                        case 1 -> 0xff;
                        case 2 -> 0;
                        default -> random.nextInt(256);
                    };
        }
        return x;
    }

    private interface OnLong {
        long of(long a, long b, long h, int w);
    }

    private interface OnElement {
        long of(long a, long b, int bits);
    }
}
