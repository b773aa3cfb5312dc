package dev.gostub.server.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * How the event loop waits: for a moment it goes on asking whether the session thread has put a reply into its queue, before it sleeps in {@code select}. A step takes less
 * time than it takes to wake a sleeping thread (bench/compare, raw {@code vCont;s}). Used by the loop's own thread only.
 */
final class AwaitedReply implements SelectStrategy {
    /** Rounds of the loop, a tenth to a quarter of a microsecond each. */
    private static final int ROUNDS = 200;

    private final boolean alone = Runtime.getRuntime().availableProcessors() == 1;
    private int rounds;

    /** A packet has been handed to its session. */
    void begin() {
        rounds = alone ? 0 : ROUNDS;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            rounds = 0;
            return selectNow.get();
        }
        if (rounds > 0) {
            rounds--;
            Thread.onSpinWait();
            return CONTINUE;
        }
        return SELECT;
    }
}
