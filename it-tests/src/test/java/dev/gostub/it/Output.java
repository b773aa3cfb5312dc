package dev.gostub.it;

import dev.gostub.limit.Deadline;
import dev.gostub.limit.TimeLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has written to one stream so far; can wait for more. */
final class Output {
    /** What a process that has ended has written is in the pipe; a child of it that lives on may keep the pipe open. */
    private static final TimeLimit REST = TimeLimit.seconds(5);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    static Output of(String name, InputStream stream) {
        Output output = new Output();
        Thread.ofPlatform().daemon().name(name).start(() -> output.drain(stream));
        return output;
    }

    private void drain(InputStream stream) {
        byte[] buffer = new byte[1 << 16];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException closed) {
            append(buffer, 0); // the process was destroyed: what came before counts
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void append(byte[] buffer, int n) {
        bytes.write(buffer, 0, n);
        notifyAll();
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized int lengthBytes() {
        return bytes.size();
    }

    /** Waits for the stream's end, so that nothing is missing in {@link #text}. */
    synchronized void awaitEnd() throws InterruptedException {
        Deadline deadline = REST.start();
        while (!ended && !deadline.isOver()) {
            wait(deadline.leftMillis());
        }
    }

    /** Waits until a text has been written: what a program prints may arrive after its debugger knows. */
    void await(String text) throws InterruptedException {
        await(Pattern.compile(Pattern.quote(text)), 0);
    }

    /**
     * The first match of a pattern in what comes at or after a position of the text.
     *
     * @throws AssertionError if it does not come in time or the stream ends without it
     */
    synchronized Matcher await(Pattern pattern, int from) throws InterruptedException {
        Deadline deadline = TimeLimit.ANSWER.start();
        while (true) {
            String text = text();
            Matcher matcher = pattern.matcher(text);
            if (from <= text.length() && matcher.find(from)) {
                return matcher;
            }
            if (ended || deadline.isOver()) {
                String tail = text.substring(Math.min(from, text.length()));
                String why = ended ? "ended without " : "no sign within " + TimeLimit.ANSWER + " of ";
                throw new AssertionError(why + pattern + " in:\n" + tail);
            }
            wait(deadline.leftMillis());
        }
    }
}
