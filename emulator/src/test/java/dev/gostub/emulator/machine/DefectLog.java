package dev.gostub.emulator.machine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gostub.emulator.kernel.Defects;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What is logged about our own mistakes while it is open; the console is spared. */
final class DefectLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Defects.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    DefectLog() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    /** The lines, none below ERROR. */
    List<String> lines() {
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The line that came last, with the top of its stack. */
    Optional<String> last() {
        return appender.list.isEmpty() ? Optional.empty() : Optional.of(text(appender.list.getLast()));
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            text.append(": ").append(event.getThrowableProxy().getClassName());
            text.append(": ").append(event.getThrowableProxy().getMessage());
            var frames = event.getThrowableProxy().getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(frames.length, 8); i++) {
                text.append("\n    ").append(frames[i]);
            }
        }
        return text.toString();
    }

    void clear() {
        appender.list.clear();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
