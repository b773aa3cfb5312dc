package dev.gostub.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.gostub.emulator.abi.GuestText;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Logback without a configuration file: one line a message, to standard error, WARN and above unless told otherwise. Found
 * by Logback as a service; reading XML would cost more than the rest of the start.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Line line = new Line();
        line.setContext(context);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(line);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sets the level of everything that logs. */
    static void level(String name) {
        if (name.equals(GuestOptions.DEFAULT_LOG_LEVEL)) return; // and Logback need not even be loaded yet
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(name));
        }
    }

    /** {@code gostub: WARN Decoder: message}, then the stack trace if there is one. */
    private static final class Line extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            String name = event.getLoggerName();
            StringBuilder text = new StringBuilder("gostub: ")
                    .append(event.getLevel())
                    .append(' ')
                    .append(name.substring(name.lastIndexOf('.') + 1))
                    .append(": ")
                    .append(event.getFormattedMessage()
                            .lines()
                            .map(GuestText::shown)
                            .collect(Collectors.joining("\n")))
                    .append(System.lineSeparator());
            if (event.getThrowableProxy() != null) {
                text.append(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            return text.toString();
        }
    }
}
