package dev.gostub.emulator.cpu;

/** A {@link Cpu} at one moment; the arrays are never changed after capture. */
public record CpuSnapshot(
        long[] r,
        long[] v,
        long rip,
        long rflags,
        long fsBase,
        long gsBase,
        int mxcsr,
        int[] selectors,
        X87.Snapshot x87,
        long random) {}
