package dev.gostub.limit;

import java.util.function.DoubleSupplier;

/** By how much limits are stretched: measured when first asked for, and again when a limit is about to be called exceeded. It only grows. */
final class Pace {
    static final double LEAST = 1;
    /** A machine slower still is not to be had; what waits thirty times as long hangs. */
    static final double MOST = 30;

    static final Pace HERE = new Pace(FixedWork::slowness);

    private final DoubleSupplier slowness;
    private double factor;

    Pace(DoubleSupplier slowness) {
        this.slowness = slowness;
    }

    synchronized double factor() {
        return factor == 0 ? measuredAgain() : factor;
    }

    synchronized double measuredAgain() {
        factor = Math.max(factor, Math.clamp(slowness.getAsDouble(), LEAST, MOST));
        return factor;
    }
}
