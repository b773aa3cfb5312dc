package dev.gostub.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A debug server with one program, listening; gone after {@link #close}. */
final class Server implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("(?:gostub: listening on [^\\s:]+:|Listening on port )(\\d+)\\R");

    final Running process;
    final int port;

    private Server(Running process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Serves a file in an environment with just a PATH. */
    static Server of(Path program, String... arguments) throws IOException, InterruptedException {
        return start(Subject.chosen()
                .debug(List.of(), Map.of("PATH", "/usr/bin:/bin"), program.toString(), List.of(arguments)));
    }

    static Server ofSample(String name) throws IOException, InterruptedException {
        return start(Subject.chosen().debugSample(name));
    }

    static Server start(ProcessBuilder builder) throws IOException, InterruptedException {
        if (Subject.chosen() == Subject.NATIVE) {
            Tool.need("gdbserver");
        }
        Running process = Running.start(builder);
        try {
            Matcher ready = process.err.await(READY, 0);
            return new Server(process, Integer.parseInt(ready.group(1)));
        } catch (AssertionError late) {
            process.close();
            throw late;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
