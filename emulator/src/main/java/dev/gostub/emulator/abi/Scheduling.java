package dev.gostub.emulator.abi;

/** {@code sched_*(2)}, {@code getrusage(2)}, {@code getrandom(2)} ({@code linux/sched.h}, {@code linux/resource.h}, {@code linux/random.h}). */
public final class Scheduling {
    // spotless:off
    public static final int SCHED_OTHER = 0, SCHED_FIFO = 1, SCHED_RR = 2, SCHED_BATCH = 3, SCHED_IDLE = 5, SCHED_DEADLINE = 6;
    public static final int RUSAGE_SELF = 0, RUSAGE_CHILDREN = -1, RUSAGE_THREAD = 1, RUSAGE_BYTES = 144;
    public static final int GRND_NONBLOCK = 1, GRND_RANDOM = 2, GRND_INSECURE = 4;
    public static final int PRIO_PROCESS = 0, PRIO_PGRP = 1, PRIO_USER = 2;
    // spotless:on

    private Scheduling() {}
}
