package dev.gostub.server.transport;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How the event loop waits: for a moment after a packet it goes on asking for the session thread's reply and the client's next packet, before it sleeps in {@code select}. A client that
 * steps sends the next one within that moment, and waking a sleeping thread takes longer than all else in a step (bench/compare, raw {@code vCont;s}). Used by the loop's own thread only.
 */
final class LingeringSelect implements SelectStrategy {
    static final long NANOS = 100_000;

    private final int processors;
    private final LongSupplier nanoTime;
    private boolean lingers;
    private long end;

    /** On this machine. */
    LingeringSelect() {
        this(Runtime.getRuntime().availableProcessors(), System::nanoTime);
    }

    LingeringSelect(int processors, LongSupplier nanoTime) {
        this.processors = processors;
        this.nanoTime = nanoTime;
    }

    /** A packet has come. */
    void begin() {
        lingers = processors > 1;
        end = nanoTime.getAsLong() + NANOS;
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
        lingers = nanoTime.getAsLong() - end < 0;
        if (ready == 0) {
            Thread.onSpinWait();
            return CONTINUE;
        }
        return ready;
    }
}
