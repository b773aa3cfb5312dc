package dev.gostub.bench;

/** All five kernels in one process, four rounds, the best of each and their geometric mean: the engine's headline figure, as short as possible for use beside other tools. */
public final class Mips {
    private static final int ROUNDS = 4;

    private Mips() {}

    /** Prints one line a kernel and the geometric mean. */
    public static void main(String[] arguments) {
        Kernel[] kernels = Kernel.values();
        double[] best = new double[kernels.length];
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < kernels.length; k++) {
                KernelRun run = new KernelRun(kernels[k]);
                long start = System.nanoTime();
                long instructions = run.toEnd();
                best[k] = Math.max(best[k], instructions * 1e3 / (System.nanoTime() - start));
            }
        }
        double product = 1;
        for (int k = 0; k < kernels.length; k++) {
            System.out.printf("%-6s %5.0f MIPS%n", kernels[k].name().toLowerCase(java.util.Locale.ROOT), best[k]);
            product *= best[k];
        }
        System.out.printf("geomean %4.0f MIPS%n", Math.pow(product, 1.0 / kernels.length));
    }
}
