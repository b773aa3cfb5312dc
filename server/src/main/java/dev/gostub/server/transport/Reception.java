package dev.gostub.server.transport;

import dev.gostub.server.session.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is served: one client at a time. Others wait in line, because the first may be about to go (a client that
 * reconnects is often faster than we notice that it has gone), and are refused after two seconds, or at once if the line
 * is long; but not while a session whose client has gone is coming to its end, which on a slow machine takes what it takes. A client that has never sent a packet, such as a port scanner, gives way.
 */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final long PATIENCE_MILLIS = 2000;
    private static final long NOTICE_MILLIS = 100;
    private static final int LINE_LIMIT = 4;

    private final BlockingQueue<Optional<Session>> admitted = new LinkedBlockingQueue<>();
    private Optional<Session> current = Optional.empty();
    private boolean currentHasLeft;
    private final Deque<Session> waiting = new ArrayDeque<>();
    private boolean closed;

    /** Network thread: a client has connected. */
    synchronized void arrived(Session session, ScheduledExecutorService timer) {
        if (closed) {
            session.hangUp();
        } else if (current.isEmpty()) {
            admit(session);
        } else if (waiting.size() < LINE_LIMIT) {
            waiting.add(session);
            current.filter(served -> !served.hasSpoken()).ifPresent(Session::hangUp);
            beginToWait(session, timer);
        } else {
            // The network thread may have accepted several before it could notice that they are gone again.
            var _ = timer.schedule(() -> judge(session, timer), NOTICE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void beginToWait(Session session, ScheduledExecutorService timer) {
        var _ = timer.schedule(() -> refuse(session, timer), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void judge(Session session, ScheduledExecutorService timer) {
        if (waiting.size() < LINE_LIMIT) {
            arrived(session, timer);
        } else {
            refused(session);
        }
    }

    private void admit(Session session) {
        current = Optional.of(session);
        currentHasLeft = false;
        admitted.add(current);
    }

    private synchronized void refuse(Session session, ScheduledExecutorService timer) {
        if (currentHasLeft) {
            beginToWait(session, timer);
        } else if (waiting.remove(session)) {
            refused(session);
        }
    }

    private static void refused(Session session) {
        LOG.warn("refused {}: another debugger is connected", session.peer());
        session.hangUp();
    }

    /** Network thread: a client's connection is closed. */
    synchronized void left(Session session) {
        waiting.remove(session);
        currentHasLeft |= current.filter(session::equals).isPresent();
    }

    /** Session thread: the session that was served is over. */
    synchronized void finished() {
        current = Optional.empty();
        if (!waiting.isEmpty() && !closed) {
            admit(waiting.remove());
        }
    }

    /** Session thread: true if {@link #next} would not wait. */
    boolean hasVisitors() {
        return !admitted.isEmpty();
    }

    /** Session thread: waits for the next client; empty once the reception is closed. */
    Optional<Session> next() throws InterruptedException {
        return admitted.take();
    }

    /** Any thread: nobody is served any more. */
    synchronized void close() {
        closed = true;
        current.ifPresent(Session::hangUp);
        waiting.forEach(Session::hangUp);
        admitted.add(Optional.empty());
    }
}
