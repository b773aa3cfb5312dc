package dev.gostub.server.session;

/** How long an answer may take: on the network thread, which has to hear the client, a moment; elsewhere for ever. Used by the thread that answers. */
final class Patience {
    private static final long MOMENT_NANOS = 5_000_000;

    private boolean limited;
    private boolean ranOut;
    private long end;

    /** The answer that begins now may take a moment. */
    void limit() {
        limited = true;
        ranOut = false;
        end = System.nanoTime() + MOMENT_NANOS;
    }

    /** Answers may take what they take again. */
    void lift() {
        limited = false;
        ranOut = false;
    }

    /** Asked while the answer is on its way: is it to be given up. */
    boolean isOver() {
        ranOut = ranOut || limited && System.nanoTime() - end > 0;
        return ranOut;
    }

    /** True if the answer has been given up. */
    boolean ranOut() {
        return ranOut;
    }
}
