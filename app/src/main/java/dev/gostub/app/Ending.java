package dev.gostub.app;

/** The end of this process by a signal, whatever its other threads are doing. */
final class Ending {
    private static final int SIGNAL_STATUS = 128;
    /** What shutdown hooks may take, which put the terminal's modes back. */
    private static final long PATIENCE_MILLIS = 80;

    private Ending() {}

    /** Does not return. The exit status is the one that a shell would show. */
    static void bySignal(int number) {
        Thread limit = new Thread(() -> halt(number), "end");
        limit.setDaemon(true);
        limit.start();
        System.exit(SIGNAL_STATUS + number);
    }

    private static void halt(int number) {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(SIGNAL_STATUS + number);
    }
}
