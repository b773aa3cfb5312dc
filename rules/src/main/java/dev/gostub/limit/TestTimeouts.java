package dev.gostub.limit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Sets JUnit's timeout of every test, the net below all other limits, as they are: by the machine's pace. Found by JUnit as a service; what a
 * command line says ({@code -Djunit.jupiter.execution.timeout.default}) stands.
 */
public final class TestTimeouts implements LauncherSessionListener {
    private static final String DEFAULT = "junit.jupiter.execution.timeout.default";
    private static final String THREAD = "junit.jupiter.execution.timeout.thread.mode.default";

    /** Long: the first tests of a machine fetch toolchains and make images. */
    private static final TimeLimit TEST = TimeLimit.seconds(20 * 60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.getProperties().putIfAbsent(DEFAULT, TEST.here().toSeconds() + " s");
        System.getProperties().putIfAbsent(THREAD, "SEPARATE_THREAD");
    }
}
