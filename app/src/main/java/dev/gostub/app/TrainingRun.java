package dev.gostub.app;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Goes once through what every start needs, so that the JVM's AOT cache holds those classes loaded and linked. The launcher
 * runs it once per build. It must not fail on a machine where a socket cannot be opened: the cache then only holds less.
 */
final class TrainingRun {
    private TrainingRun() {}

    static int run() throws UserError {
        Arguments.parse(List.of("debug", "--listen", ":0", "--seed", "1", "hello", "x"));
        Arguments.parse(List.of("run", "--env", "A=1", "hello", "x"));
        Arguments.parse(List.of("lldb-server", "gdbserver", ":1", "--", "hello"));
        LoggerFactory.getLogger(TrainingRun.class).debug("Logback is loaded");
        return 0;
    }
}
