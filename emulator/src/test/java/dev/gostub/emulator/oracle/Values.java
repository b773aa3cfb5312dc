package dev.gostub.emulator.oracle;

import java.util.random.RandomGenerator;

/** Random operands with a liking for the edges. */
final class Values {
    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        7,
        8,
        15,
        16,
        31,
        32,
        63,
        64,
        0x7f,
        0x80,
        0xff,
        0x100,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -128,
        -32768,
        0x5555555555555555L,
        0xaaaaaaaaaaaaaaaaL
    };

    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        1.5,
        2.5,
        -2.5,
        3,
        1e-320,
        -1e-310,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        1e300,
        1e-300,
        2147483647.5,
        -2147483648.5,
        9.3e18,
        -9.3e18,
        4294967296.0,
        0.1,
        1.0 / 3,
        123456.789,
        65504,
        1e-8
    };

    private static final float[] FLOATS = {
        0,
        -0.0f,
        1,
        -1,
        0.5f,
        1.5f,
        2.5f,
        -3.5f,
        1e-40f,
        -1e-42f,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        1e38f,
        1e-38f,
        2.1474836e9f,
        -2.1474836e9f,
        9.3e18f,
        0.1f,
        1.0f / 3,
        65504,
        3e-5f
    };

    private Values() {}

    static long general(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> random.nextLong();
            case 2 -> random.nextInt(256);
            case 3 -> random.nextInt();
            case 4 -> random.nextLong() >>> random.nextInt(64);
            case 5 -> 1L << random.nextInt(64);
            default -> EDGES[random.nextInt(EDGES.length)];
        };
    }

    /** Four lanes of one kind. */
    static void vector(RandomGenerator random, long[] lanes, int from) {
        int kind = random.nextInt(8);
        for (int i = from; i < from + 4; i++) {
            lanes[i] = switch (kind) {
                case 0, 1 -> Double.doubleToRawLongBits(real(random));
                case 2, 3 -> pair(single(random), single(random));
                case 4 -> bytes(random);
                case 5 -> i > from && random.nextBoolean() ? lanes[from] : general(random);
                default -> general(random);
            };
        }
    }

    private static long pair(int low, int high) {
        return (long) high << 32 | low & 0xffffffffL;
    }

    private static double real(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 1 -> random.nextInt(-1000, 1000) / 8.0;
            case 2 -> Double.longBitsToDouble(random.nextLong());
            default ->
                Double.longBitsToDouble(
                        (0x3ffL + random.nextInt(-70, 70)) << 52 | random.nextLong() & 0x800fffffffffffffL);
        };
    }

    private static int single(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Float.floatToRawIntBits(FLOATS[random.nextInt(FLOATS.length)]);
            case 1 -> Float.floatToRawIntBits(random.nextInt(-1000, 1000) / 8.0f);
            case 2 -> random.nextInt();
            default -> 0x7f + random.nextInt(-40, 40) << 23 | random.nextInt() & 0x807fffff;
        };
    }

    private static long bytes(RandomGenerator random) {
        byte[] few = {0, 1, -1, 127, -128, (byte) random.nextInt(), (byte) random.nextInt(16), 'a'};
        long value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | few[random.nextInt(few.length)] & 0xff;
        return value;
    }
}
