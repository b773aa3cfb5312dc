package dev.gostub.emulator.host;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where no name server answers (a host that hides them, or whose resolver asks in other ways), this computer's resolver does, a moment later. */
final class NameService {
    private static final Duration MOMENT = Duration.ofMillis(1500);

    private final NetworkQueue events;
    /** Queries that nobody has answered yet; a query that is sent again takes the place of the one before. */
    private final Map<Query, byte[]> open = new ConcurrentHashMap<>();

    private record Query(int link, int identifier) {}

    NameService(NetworkQueue events) {
        this.events = events;
    }

    /** A query has been sent. */
    void asked(int link, HostAddress server, byte[] message) {
        Query query = new Query(link, NameAnswers.identifier(message));
        open.put(query, message);
        var _ = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(MOMENT);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            if (open.remove(query, message)) {
                Optional<byte[]> answer = NameAnswers.to(message);
                answer.ifPresent(bytes -> events.add(new NetworkEvent.Datagram(link, server, bytes)));
            }
        });
    }

    /** Is a query of this link open. */
    boolean waits(int link) {
        return open.keySet().stream().anyMatch(query -> query.link == link);
    }

    /** Somebody has answered. */
    void answered(int link, byte[] message) {
        open.remove(new Query(link, NameAnswers.identifier(message)));
    }
}
