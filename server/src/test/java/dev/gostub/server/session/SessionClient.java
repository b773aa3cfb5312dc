package dev.gostub.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gostub.limit.TimeLimit;
import dev.gostub.server.handler.EndCause;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The client's end of a session without a network: sends payloads, receives payloads, plays transcripts. */
final class SessionClient implements Connection, AutoCloseable {
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<EndCause> end = new LinkedBlockingQueue<>();
    private final Session session;
    private final Thread thread;
    private volatile boolean acknowledging = true;
    private volatile boolean closed;
    private final AtomicLong sentBytes = new AtomicLong();
    private String lastTold = "";

    private SessionClient(Target target, Personality personality) {
        session = new SessionSettings(target, personality, PacketLog.none(), end::add).open(this);
        thread = new Thread(session::run, "session under test");
        thread.start();
    }

    static SessionClient gdb(Target target) {
        return new SessionClient(target, Personality.gdb());
    }

    static SessionClient lldb(Target target) {
        return new SessionClient(target, Personality.lldb());
    }

    /** A gdb that has introduced itself with the features that matter. */
    static SessionClient introducedGdb(Target target) {
        SessionClient client = gdb(target);
        client.ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+;no-resumed+");
        return client;
    }

    /** A dlv that has introduced itself. */
    static SessionClient introducedDlv(Target target) {
        SessionClient client = lldb(target);
        assertEquals("OK", client.ask("QThreadSuffixSupported"));
        client.ask("qSupported:swbreak+;hwbreak+;no-resumed+;xmlRegisters=i386");
        return client;
    }

    /** Takes a reply with its run-lengths written out, as gdb's {@code read_frame} does. */
    @Override
    public void send(byte[] payload) {
        sentBytes.addAndGet(payload.length);
        String sent = new String(payload, StandardCharsets.ISO_8859_1);
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) == '*') {
                reply.repeat(reply.charAt(reply.length() - 1), sent.charAt(++i) - 29);
            } else {
                reply.append(sent.charAt(i));
            }
        }
        replies.add(reply.toString());
    }

    /** How many bytes of payload have come so far. */
    long sentBytes() {
        return sentBytes.get();
    }

    @Override
    public void sendLastAcknowledged(byte[] payload) {
        acknowledging = false;
        send(payload);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String peer() {
        return "test";
    }

    boolean isAcknowledging() {
        return acknowledging;
    }

    boolean isClosed() {
        return closed;
    }

    void tell(String payload) {
        lastTold = payload;
        session.receive(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    void tellOversized() {
        session.receiveOversized();
    }

    void interrupt() {
        session.interrupt();
    }

    void hangUp() {
        session.hangUp();
    }

    /** The next packet from the server. */
    String next() {
        try {
            return TimeLimit.NEAR.next(replies).orElseThrow(() -> new AssertionError("no reply to " + lastTold));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    String ask(String payload) {
        tell(payload);
        return next();
    }

    /** Nothing is owed and nothing unasked has come: a question is answered with its own answer. */
    void isInStep() {
        assertEquals("OK", ask("QNonStop:0"));
        assertTrue(replies.isEmpty(), () -> "unasked: " + replies);
    }

    /** Waits until the session thread waits for a packet: it sends a reply before it has finished with it. */
    void settled() {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    int unread() {
        return replies.size();
    }

    /** How the session ended; waits for it. */
    EndCause end() {
        try {
            EndCause cause = TimeLimit.NEAR.next(end).orElseThrow(() -> new AssertionError("the session goes on"));
            thread.join();
            return cause;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Disconnects and waits. */
    EndCause leave() {
        hangUp();
        return end();
    }

    /**
     * Plays lines {@code -> SENT} and {@code <- EXPECTED}. An expected line that ends in {@code …} need only begin so.
     * {@code \ooo} stands for a byte.
     */
    void play(String transcript) {
        Optional<String> sent = Optional.empty();
        for (String line : transcript.lines().toList()) {
            String text = line.length() < 3 ? "" : unescaped(line.substring(3));
            if (line.startsWith("->")) {
                sent = Optional.of(text);
                tell(text);
            } else if (line.startsWith("<-")) {
                String reply = next();
                boolean open = text.endsWith("…");
                String expected = open ? text.substring(0, text.length() - 1) : text;
                assertEquals(expected, open ? head(reply, expected.length()) : reply, "reply to " + sent.orElse(""));
            }
        }
        isInStep();
    }

    private static String head(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                plain.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
