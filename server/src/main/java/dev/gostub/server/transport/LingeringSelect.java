package dev.gostub.server.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * How the event loop waits: for a moment after a packet it goes on asking for the session thread's reply and the client's next packet, before it sleeps in {@code select}. A client that
 * steps sends the next one within that moment, and waking a sleeping thread takes longer than all else in a step (bench/compare, raw {@code vCont;s}). Used by the loop's own thread only.
 */
final class LingeringSelect implements SelectStrategy {
    private static final long NANOS = 100_000;

    private final boolean alone = Runtime.getRuntime().availableProcessors() == 1;
    private boolean lingers;
    private long end;

    /** A packet has come. */
    void begin() {
        lingers = !alone;
        end = System.nanoTime() + NANOS;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        if (!lingers) {
            return SELECT;
        }
        int ready = selectNow.get();
        lingers = System.nanoTime() - end < 0;
        if (ready == 0) {
            Thread.onSpinWait();
            return CONTINUE;
        }
        return ready;
    }
}
