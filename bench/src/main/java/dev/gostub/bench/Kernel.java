package dev.gostub.bench;

/** The kernels of {@code src/guest/kernels.c} in the order of its table, with their two arguments and the result that proves the run. */
public enum Kernel {
    FIB(34, 0, 5702887),
    SIEVE(Kernel.DATA, 3_000_000, 216816),
    SORT(Kernel.DATA, 500_000, 8386328),
    HASH(Kernel.DATA, 5_000, -1534791007849308808L),
    CHASE(Kernel.DATA, 15_000_000, 15337320800L);

    static final long DATA = 0x10000000L;

    final long first;
    final long second;
    final long result;

    Kernel(long first, long second, long result) {
        this.first = first;
        this.second = second;
        this.result = result;
    }
}
