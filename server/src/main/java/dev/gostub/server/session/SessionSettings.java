package dev.gostub.server.session;

import dev.gostub.server.handler.EndCause;
import dev.gostub.server.handler.Personality;
import dev.gostub.server.target.Target;

/**
 * What all sessions of a server have in common.
 *
 * @param target what they work on, one after the other
 * @param personality for which kind of client
 * @param log where packets are written down
 * @param listener is told when a session is over
 */
public record SessionSettings(Target target, Personality personality, PacketLog log, SessionListener listener) {
    /** For a session that nobody is to notice: on the same target, without a log or a listener. */
    public SessionSettings unnoticed() {
        return new SessionSettings(target, personality, PacketLog.none(), _ -> {});
    }

    /** Tells the listener that there will be no more sessions, see {@link EndCause#UNSERVED}. */
    public void unserved() {
        listener.sessionEnded(EndCause.UNSERVED);
    }

    /** A session with the client at the other end of {@code connection}. */
    public Session open(Connection connection) {
        return new Session(this, connection);
    }
}
