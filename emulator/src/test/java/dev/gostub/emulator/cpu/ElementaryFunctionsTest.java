package dev.gostub.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against the JVM's doubles, which are good to about one unit in the last place; the differential test cannot compare them bit for bit. */
class ElementaryFunctionsTest {
    private static final int ROUNDS = 300;

    private final SoftFloat soft = new SoftFloat();
    private final ElementaryFunctions functions = new ElementaryFunctions(soft);
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void sineCosineAndTangentAreThoseOfTheJvmWithinThreeUnits() {
        compare(StrictMath::sin, ElementaryFunctions::sine, 3);
        compare(StrictMath::cos, ElementaryFunctions::cosine, 3);
        compare(StrictMath::tan, ElementaryFunctions::tangent, 3);
    }

    @Test
    void powerLessOneIsThatOfTheJvm() {
        double ln2 = StrictMath.log(2);
        compare(x -> StrictMath.expm1(x * ln2), ElementaryFunctions::powerLessOne, 0.999);
    }

    @Test
    void logarithmsAreThoseOfTheJvm() {
        UnpackedFloat one = unpacked(1);
        double ln2 = StrictMath.log(2);
        compare(x -> StrictMath.log1p(Math.abs(x)) / ln2, (f, u) -> f.logarithmOfOneMore(positive(u), one), 0.4);
        compare(x -> StrictMath.log(Math.abs(x)) / ln2, (f, u) -> f.logarithm(positive(u), one), 1000);
    }

    @Test
    void anglesAreThoseOfTheJvmInAllQuadrants() {
        for (int i = 0; i < ROUNDS; i++) {
            double y = value(100);
            double x = value(100);
            functions.angle(unpacked(y), unpacked(x));
            close(StrictMath.atan2(y, x), "atan2 " + y + " " + x);
        }
    }

    @Test
    void tinyArgumentsComeBackInexact() {
        functions.sine(unpacked(0x1p-200));
        assertEquals(0x1p-200, Double.longBitsToDouble(soft.pack(FloatFormat.DOUBLE)));
        assertEquals(SoftFloat.PRECISION, soft.flags);
    }

    private void compare(
            DoubleUnaryOperator expected, BiConsumer<ElementaryFunctions, UnpackedFloat> actual, double range) {
        for (int i = 0; i < ROUNDS; i++) {
            double x = value(range);
            actual.accept(functions, unpacked(x));
            close(expected.applyAsDouble(x), "of " + x);
        }
    }

    private void close(double expected, String what) {
        double actual = Double.longBitsToDouble(soft.pack(FloatFormat.DOUBLE));
        assertEquals(expected, actual, Math.max(4 * Math.ulp(expected), 1e-15 * Math.abs(expected)), what);
    }

    private double value(double range) {
        double x = (random.nextDouble() * 2 - 1) * range;
        return x == 0 ? range / 2 : x;
    }

    private UnpackedFloat unpacked(double x) {
        UnpackedFloat u = new UnpackedFloat();
        soft.unpack(u, Double.doubleToRawLongBits(x), FloatFormat.DOUBLE);
        return u;
    }

    private static UnpackedFloat positive(UnpackedFloat u) {
        u.negative = false;
        return u;
    }
}
