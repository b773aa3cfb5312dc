package dev.gostub.emulator.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.emulator.cpu.Cpu;
import dev.gostub.emulator.cpu.FloatFormat;
import dev.gostub.emulator.memory.AddressSpace;
import dev.gostub.emulator.memory.GuestFault;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways through the JVM's arithmetic against the specification, which makes no use of it. */
class ScalarFloatTest {
    private static final int ROUNDS = 200_000;
    private static final long[] DOUBLES = {
        0,
        Long.MIN_VALUE,
        1,
        0x000fffffffffffffL,
        0x0010000000000000L,
        0x0010000000000001L,
        0x7fefffffffffffffL,
        0x7ff0000000000000L,
        0x7ff0000000000001L,
        0x7ff8000000000000L,
        0x3ff0000000000000L,
        0x3fefffffffffffffL,
        0x4330000000000000L
    };
    private static final int[] SINGLES = {
        0,
        Integer.MIN_VALUE,
        1,
        0x007fffff,
        0x00800000,
        0x00800001,
        0x7f7fffff,
        0x7f800000,
        0x7f800001,
        0x7fc00000,
        0x3f800000,
        0x3f7fffff,
        0x4b000000
    };

    private final SplittableRandom random = new SplittableRandom(11);
    private final Cpu cpu = new Cpu(new AddressSpace());

    @ParameterizedTest
    @EnumSource(FloatArithmetic.class)
    void doublesGetWhatTheSpecificationSays(FloatArithmetic f) {
        for (int i = 0; i < ROUNDS; i++) compare(f, FloatFormat.DOUBLE, aDouble(), aDouble());
    }

    @ParameterizedTest
    @EnumSource(FloatArithmetic.class)
    void singlesGetWhatTheSpecificationSays(FloatArithmetic f) {
        for (int i = 0; i < ROUNDS; i++) compare(f, FloatFormat.SINGLE, aSingle(), aSingle());
    }

    /** An independent look at the specification itself: it must round as the JVM does. */
    @Test
    void specificationRoundsToNearestLikeTheJvm() {
        cpu.mxcsr = Cpu.MXCSR_DEFAULT;
        for (int i = 0; i < ROUNDS; i++) {
            double a = Double.longBitsToDouble(random.nextLong());
            double b = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : a * (random.nextDouble() * 4 - 2);
            same(a + b, FloatArithmetic.ADD, a, b);
            same(a - b, FloatArithmetic.SUB, a, b);
            same(a * b, FloatArithmetic.MUL, a, b);
            same(a / b, FloatArithmetic.DIV, a, b);
            same(Math.sqrt(b), FloatArithmetic.SQRT, a, b);
        }
    }

    private void same(double expected, FloatArithmetic f, double a, double b) {
        long bits = f.exact(cpu, FloatFormat.DOUBLE, Double.doubleToRawLongBits(a), Double.doubleToRawLongBits(b));
        if (Double.isNaN(expected)) assertEquals(Double.NaN, Double.longBitsToDouble(bits));
        else assertEquals(Double.doubleToRawLongBits(expected), bits, () -> f + " " + a + " " + b);
    }

    private void compare(FloatArithmetic f, FloatFormat format, long a, long b) {
        int mxcsr = mxcsr();
        cpu.mxcsr = mxcsr;
        long expected = f.exact(cpu, format, a, b);
        String faultExpected = raise();
        int expectedMxcsr = cpu.mxcsr;
        cpu.mxcsr = mxcsr;
        long actual = f.apply(cpu, format, a, b, 0);
        String fault = raise();
        String what = "%s %s %x %x mxcsr %x".formatted(f, format, a, b, mxcsr);
        assertEquals(expected, actual, what);
        assertEquals(faultExpected, fault, what);
        assertEquals(expectedMxcsr, cpu.mxcsr, what);
    }

    private String raise() {
        try {
            Elementwise.raise(cpu);
            return "none";
        } catch (GuestFault fault) {
            return fault.getMessage();
        }
    }

    private int mxcsr() {
        int mxcsr = Cpu.MXCSR_DEFAULT | (random.nextInt(3) == 0 ? 0 : 0x20);
        if (random.nextInt(8) == 0) mxcsr |= random.nextInt(4) << 13;
        if (random.nextInt(8) == 0) mxcsr |= random.nextInt(2) << 15 | random.nextInt(2) << 6;
        if (random.nextInt(8) == 0) mxcsr &= ~(random.nextInt(64) << 7);
        return mxcsr;
    }

    private long aDouble() {
        return switch (random.nextInt(4)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)] ^ (random.nextBoolean() ? Long.MIN_VALUE : 0);
            case 1 -> random.nextLong();
            case 2 -> Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 8.0);
            default -> Double.doubleToRawLongBits((random.nextDouble() - 0.5) * 100);
        };
    }

    private long aSingle() {
        int bits = switch (random.nextInt(4)) {
            case 0 -> SINGLES[random.nextInt(SINGLES.length)] ^ (random.nextBoolean() ? Integer.MIN_VALUE : 0);
            case 1 -> random.nextInt();
            case 2 -> Float.floatToRawIntBits(random.nextInt(-1000, 1000) / 8f);
            default -> Float.floatToRawIntBits((float) ((random.nextDouble() - 0.5) * 100));
        };
        return bits & 0xffffffffL;
    }
}
