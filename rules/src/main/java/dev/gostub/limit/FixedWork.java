package dev.gostub.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A fixed piece of work of the two kinds that tests wait for: computing in a JVM, and starting processes, of which most are JVMs. The reference
 * is a virtual machine with two cores of a server of 2023, nothing else running, November 2026.
 */
final class FixedWork {
    private static final int ROUNDS = 40_000_000;
    private static final int STARTS = 3;
    private static final double REFERENCE_COMPUTING_NANOS = 70e6;
    private static final double REFERENCE_STARTING_NANOS = 150e6;

    private FixedWork() {}

    /** How many times longer it takes than on the reference; the slower of the two kinds counts. */
    static double slowness() {
        return Math.max(computing() / REFERENCE_COMPUTING_NANOS, starting() / REFERENCE_STARTING_NANOS);
    }

    static double computing() {
        long start = System.nanoTime();
        long mixed = 1;
        for (int i = 0; i < ROUNDS; i++) {
            mixed ^= mixed << 13;
            mixed ^= mixed >>> 7;
            mixed ^= mixed << 17;
        }
        // Never true, which no compiler knows: xorshift does not come to zero.
        if (mixed == 0) throw new IllegalStateException("not computed");
        return System.nanoTime() - start;
    }

    static double starting() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long start = System.nanoTime();
        try {
            for (int i = 0; i < STARTS; i++) {
                new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        } catch (IOException noProcess) {
            throw new UncheckedIOException(noProcess);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return System.nanoTime() - start;
    }
}
