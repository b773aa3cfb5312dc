package dev.gostub.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gostub.server.handler.Personality;
import dev.gostub.server.session.Connection;
import dev.gostub.server.session.PacketLog;
import dev.gostub.server.session.Session;
import dev.gostub.server.session.SessionSettings;
import dev.gostub.server.target.FakeTarget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is served and who is refused, by a clock that the test advances. */
class ReceptionTest {
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Reception reception = new Reception();
    private final TreeSet<String> refused = new TreeSet<>();

    @BeforeEach
    void stopTheClock() {
        clock.freezeTime();
    }

    private Session arrive(String name) {
        SessionSettings settings =
                new SessionSettings(FakeTarget.running(0xeb), Personality.gdb(), PacketLog.none(), _ -> {});
        Session session = settings.open(new Visitor(name));
        reception.arrived(session, clock.eventLoop());
        return session;
    }

    private Session arriveAndSpeak(String name) {
        Session session = arrive(name);
        session.receive("?".getBytes(StandardCharsets.ISO_8859_1));
        return session;
    }

    private void pass(long millis) {
        clock.advanceTimeBy(1_000_000 * millis, TimeUnit.NANOSECONDS);
        clock.runScheduledPendingTasks();
    }

    @Test
    void clientIsRefusedAtOnceWhenTheLineIsLong() {
        arriveAndSpeak("served");
        for (String name : List.of("second", "third", "fourth", "fifth", "sixth")) arrive(name);
        pass(100);
        assertEquals(List.of("sixth"), List.copyOf(refused));
        pass(1900);
        assertEquals(List.of("fifth", "fourth", "second", "sixth", "third"), List.copyOf(refused));
    }

    @Test
    void clientBehindALongLineStaysIfTheLineHasBecomeShort() {
        arriveAndSpeak("served");
        Session second = arrive("second");
        for (String name : List.of("third", "fourth", "fifth", "sixth")) arrive(name);
        reception.left(second);
        pass(100);
        assertEquals(List.of(), List.copyOf(refused));
    }

    @Test
    void nobodyIsRefusedWhileASessionWhoseClientHasGoneComesToItsEnd() throws InterruptedException {
        Session first = arriveAndSpeak("first");
        Session second = arrive("second");
        arrive("third");
        reception.left(first);
        pass(60_000);
        assertEquals(List.of(), List.copyOf(refused));
        assertEquals(first, reception.next().orElseThrow());
        reception.finished();
        assertEquals(second, reception.next().orElseThrow());
        second.receive("?".getBytes(StandardCharsets.ISO_8859_1));
        pass(2000);
        assertEquals(List.of("third"), List.copyOf(refused), "second is served and goes on");
    }

    /** Takes down when it is hung up on. */
    private final class Visitor implements Connection {
        private final String name;

        private Visitor(String name) {
            this.name = name;
        }

        @Override
        public void send(byte[] payload) {}

        @Override
        public void sendLastAcknowledged(byte[] payload) {}

        @Override
        public void close() {
            refused.add(name);
        }

        @Override
        public String peer() {
            return name;
        }
    }
}
